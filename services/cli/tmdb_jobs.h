#ifndef TROUPE_SERVICES_CLI_TMDB_JOBS_H_
#define TROUPE_SERVICES_CLI_TMDB_JOBS_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace troupe {

// Which role of the taxonomy a job of the source is. Immutable.
class TmdbJobs {
 public:
  // Reads a table with the columns job,role, where a role is one of the taxonomy
  // or "other". INVALID_ARGUMENT, naming the line, for anything else.
  static absl::StatusOr<TmdbJobs> Parse(absl::string_view table);

  // The role's id; "other" for a job that is no role, or is not in the table.
  const std::string& RoleOf(absl::string_view job) const;

 private:
  absl::flat_hash_map<std::string, std::string> roles_;
};

// The table that this build ships. It is never destroyed.
const TmdbJobs& ShippedTmdbJobs();

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_TMDB_JOBS_H_
