#ifndef TROUPE_SERVICES_CLI_COMPLETION_SCRIPT_H_
#define TROUPE_SERVICES_CLI_COMPLETION_SCRIPT_H_

#include <string>

#include "services/cli/completion_tree.h"

namespace troupe {

// Scripts that complete commands, options and values of `tree` in a shell. Ids
// of roles and places come from the program itself.
std::string BashCompletion(const CompletionCommand& tree);
std::string ZshCompletion(const CompletionCommand& tree);
std::string FishCompletion(const CompletionCommand& tree);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_COMPLETION_SCRIPT_H_
