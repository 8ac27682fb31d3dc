#ifndef TROUPE_SERVICES_CLI_COMPLETION_TREE_H_
#define TROUPE_SERVICES_CLI_COMPLETION_TREE_H_

#include <CLI/App.hpp>
#include <string>
#include <vector>

namespace troupe {

// What may stand in place of a value on the command line.
struct CompletionValues {
  enum class Kind {
    kNothing,  // Free text, or no value.
    kFile,
    kRole,   // An id of the taxonomy.
    kPlace,  // An id of the gazetteer.
    kWords,  // One of `words`.
  };
  Kind kind = Kind::kNothing;
  std::vector<std::string> words;
};

// An option of a command, and what its value may be.
struct CompletionOption {
  std::string name;  // "--format"
  std::string help;
  bool takes_value = false;
  CompletionValues values;
};

// One command with what may follow it. Commands within commands have a path:
// "/list/profiles"; that of the program itself is "".
struct CompletionCommand {
  std::string path;
  std::string help;
  std::vector<CompletionCommand> commands;
  std::vector<CompletionOption> options;
  std::vector<std::string> words;  // What a positional may be, where it is a choice.

  std::string name() const { return path.substr(path.rfind('/') + 1); }
};

// All commands of `app`, as it parses them. What kind of value an option takes
// is read from its type name: "FILE", "ROLE", "PLACE" or "this|that".
CompletionCommand CompletionTree(const CLI::App& app);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_COMPLETION_TREE_H_
