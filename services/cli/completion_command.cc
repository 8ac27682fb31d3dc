#include <memory>
#include <string>

#include "services/cli/command.h"
#include "services/cli/completion_script.h"
#include "services/cli/option_values.h"

namespace troupe {
namespace {

std::string ScriptFor(const std::string& shell, const CompletionCommand& tree) {
  if (shell == "bash") return BashCompletion(tree);
  return shell == "zsh" ? ZshCompletion(tree) : FishCompletion(tree);
}

}  // namespace

void AddCompletionCommand(CLI::App& app, Action& chosen) {
  auto shell = std::make_shared<std::string>();
  CLI::App& command = *app.add_subcommand(
      "completion", "Print a script that completes commands: source <(troupe completion bash)");
  RequireOneOf({"bash", "zsh", "fish"},
               *command.add_option("SHELL", *shell, "The shell")->required());
  command.callback([shell, &app, &chosen] {
    chosen = [shell, &app](Session& session) {
      session.out() << ScriptFor(*shell, CompletionTree(app));
      return absl::OkStatus();
    };
  });
}

}  // namespace troupe
