#ifndef TROUPE_SERVICES_CLI_ERROR_TEXT_H_
#define TROUPE_SERVICES_CLI_ERROR_TEXT_H_

#include <ostream>

#include "absl/status/status.h"

namespace troupe {

// Tells a user what went wrong and how to mend it: the error, each bad field
// with its fix, and the stable reason to look up.
void PrintError(const absl::Status& status, std::ostream& err);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_ERROR_TEXT_H_
