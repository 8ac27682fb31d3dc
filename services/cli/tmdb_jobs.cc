#include "services/cli/tmdb_jobs.h"

#include <utility>

#include "matcher/base/status_macros.h"
#include "matcher/domain/credit.h"
#include "matcher/domain/data_table.h"
#include "matcher/domain/role_taxonomy.h"
#include "services/cli/cli_tables.h"

namespace troupe {

absl::StatusOr<TmdbJobs> TmdbJobs::Parse(absl::string_view table) {
  TROUPE_ASSIGN_OR_RETURN(const std::vector<DataRow> rows,
                          ReadDataTable("tmdb_jobs", table, {"job", "role"}));
  TmdbJobs jobs;
  for (const DataRow& row : rows) {
    const std::string& role = row.cells[1];
    if (role != kOtherRole && ShippedRoles().Find(role) == nullptr) {
      return row.Error("names no role of the taxonomy");
    }
    if (!jobs.roles_.emplace(row.cells[0], role).second) return row.Error("repeats a job");
  }
  return jobs;
}

const std::string& TmdbJobs::RoleOf(absl::string_view job) const {
  static const std::string* const other = new std::string(kOtherRole);
  const auto at = roles_.find(job);
  return at == roles_.end() ? *other : at->second;
}

const TmdbJobs& ShippedTmdbJobs() {
  static const TmdbJobs* const jobs = new TmdbJobs(TmdbJobs::Parse(data::kTmdbJobs).value());
  return *jobs;
}

}  // namespace troupe
