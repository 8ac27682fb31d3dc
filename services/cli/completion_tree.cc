#include "services/cli/completion_tree.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace troupe {
namespace {

CompletionValues ValuesOf(const std::string& type_name) {
  if (type_name == "FILE") return {.kind = CompletionValues::Kind::kFile};
  if (type_name == "ROLE") return {.kind = CompletionValues::Kind::kRole};
  if (type_name == "PLACE") return {.kind = CompletionValues::Kind::kPlace};
  if (type_name.find('|') == std::string::npos) return {};
  return {.kind = CompletionValues::Kind::kWords, .words = absl::StrSplit(type_name, '|')};
}

void AddOptions(const CLI::App& app, CompletionCommand& command) {
  for (const CLI::Option* option : app.get_options([](const CLI::Option*) { return true; })) {
    const CompletionValues values = ValuesOf(option->get_type_name());
    if (option->get_positional()) {
      command.words.insert(command.words.end(), values.words.begin(), values.words.end());
      continue;
    }
    for (const std::string& name : option->get_lnames()) {
      command.options.push_back({.name = absl::StrCat("--", name),
                                 .help = option->get_description(),
                                 .takes_value = option->get_items_expected_max() > 0,
                                 .values = values});
    }
  }
}

CompletionCommand CommandOf(const CLI::App& app, const std::string& path) {
  CompletionCommand command{.path = path, .help = app.get_description()};
  AddOptions(app, command);
  for (const CLI::App* inner : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (inner->get_name().empty()) {  // A group of options, not a command.
      AddOptions(*inner, command);
    } else {
      command.commands.push_back(CommandOf(*inner, absl::StrCat(path, "/", inner->get_name())));
    }
  }
  return command;
}

// The program's own options may stand behind every command.
void Inherit(const std::vector<CompletionOption>& options, CompletionCommand& command) {
  for (CompletionCommand& inner : command.commands) {
    for (const CompletionOption& option : options) {
      if (option.name != "--help" && option.name != "--version") inner.options.push_back(option);
    }
    Inherit(options, inner);
  }
}

}  // namespace

CompletionCommand CompletionTree(const CLI::App& app) {
  CompletionCommand tree = CommandOf(app, "");
  const std::vector<CompletionOption> own = tree.options;
  Inherit(own, tree);
  return tree;
}

}  // namespace troupe
