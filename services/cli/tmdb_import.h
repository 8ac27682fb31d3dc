#ifndef TROUPE_SERVICES_CLI_TMDB_IMPORT_H_
#define TROUPE_SERVICES_CLI_TMDB_IMPORT_H_

#include <optional>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "matcher/base/day.h"
#include "services/cli/session.h"
#include "troupe/v1/types.pb.h"

namespace troupe {

// What an import of film credits is told.
struct TmdbImportOptions {
  std::string movies;
  std::string credits;
  v1::Findability findability = v1::FINDABILITY_UNSPECIFIED;
  std::optional<Day> until;
  std::string drop_keywords;  // A file; empty: drop none.
  std::string request_id;     // Empty: a new one.
  std::string rejects;
};

// The ids in a file, one at the start of each line; empty lines and those that
// begin with # do not count. INVALID_ARGUMENT names the line.
absl::StatusOr<absl::flat_hash_set<int64_t>> ReadIds(const std::string& path);

// Imports a pair of Kaggle-shaped files: films as projects first, then people as
// profiles. Prints what was read and what became of it. FAILED_PRECONDITION,
// reason REJECTS, if anything was rejected, though all else went in.
absl::Status ImportTmdb(const TmdbImportOptions& options, Session& session);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_TMDB_IMPORT_H_
