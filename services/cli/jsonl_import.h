#ifndef TROUPE_SERVICES_CLI_JSONL_IMPORT_H_
#define TROUPE_SERVICES_CLI_JSONL_IMPORT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/cli/session.h"

namespace troupe {

// What an import of JSON lines is told.
struct JsonlImportOptions {
  std::vector<std::string> files;
  bool projects = false;   // Else profiles.
  std::string request_id;  // Empty: a new one.
  std::string rejects;
};

// Imports files of one record a line, in protobuf JSON; an unknown field makes
// a line bad. Memory: what is sent but not answered. Errors as ImportTmdb.
absl::Status ImportJsonl(const JsonlImportOptions& options, Session& session);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_JSONL_IMPORT_H_
