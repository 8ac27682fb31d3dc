#ifndef TROUPE_SERVICES_CLI_STAFFING_PLAN_STORE_H_
#define TROUPE_SERVICES_CLI_STAFFING_PLAN_STORE_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/cli/connection.h"
#include "services/cli/session.h"
#include "troupe/v1/training_plan.pb.h"

namespace troupe {

// The system that external ids of plans which are read from files name.
inline constexpr char kPlanFilesSource[] = "plan-files";

// Hands out the plans of the caller's organization, without what they came to, page after
// page, until `take` says false.
absl::Status ForEachPlan(const Connection& connection,
                         const std::function<bool(const v1::TrainingPlan&)>& take);

absl::StatusOr<v1::TrainingPlan> GetPlan(const std::string& name, const Connection& connection);

// The name of the plan that `text` means: "trainingPlans/...", or the id of its files.
// NOT_FOUND, reason TRAINING_PLAN_NOT_FOUND, if no plan has that id.
absl::StatusOr<std::string> PlanNameOf(const std::string& text, const Connection& connection);

// Stores `plan`: changes the one of its name or, where it has none, of its external id, and
// creates it if there is none. Returns it as stored. Errors of the server.
absl::StatusOr<v1::TrainingPlan> StorePlan(v1::TrainingPlan plan, Session& session);

// Takes away what only the server gives, but for the name and etag.
void ClearGiven(v1::TrainingPlan& plan);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_STAFFING_PLAN_STORE_H_
