#ifndef TROUPE_SERVICES_CLI_PLACEMENT_ROUND_PAGES_H_
#define TROUPE_SERVICES_CLI_PLACEMENT_ROUND_PAGES_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/cli/connection.h"
#include "troupe/v1/cohort.pb.h"
#include "troupe/v1/placement_service.pb.h"
#include "troupe/v1/program.pb.h"
#include "troupe/v1/round.pb.h"

namespace troupe {

// Hand out what the caller's organization has, page after page, until `take` says false.
absl::Status ForEachCohort(const Connection& connection,
                           const std::function<bool(const v1::Cohort&)>& take);
absl::Status ForEachProgram(const Connection& connection,
                            const std::function<bool(const v1::Program&)>& take);
absl::Status ForEachRound(const Connection& connection,
                          const std::function<bool(const v1::Round&)>& take);
absl::Status ForEachPlacement(const std::string& round, bool unplaced_only,
                              const Connection& connection,
                              const std::function<bool(const v1::GraduatePlacement&)>& take);

// The name of the round that `text` means: "rounds/...", or the id of its files. NOT_FOUND,
// reason ROUND_NOT_FOUND, if no round has that id.
absl::StatusOr<std::string> RoundNameOf(const std::string& text, const Connection& connection);

absl::StatusOr<v1::Round> GetRound(const std::string& name, const Connection& connection);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_PLACEMENT_ROUND_PAGES_H_
