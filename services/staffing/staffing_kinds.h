#ifndef TROUPE_SERVICES_STAFFING_STAFFING_KINDS_H_
#define TROUPE_SERVICES_STAFFING_STAFFING_KINDS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/base/violation.h"
#include "matcher/staffing/training_plan.h"
#include "services/convert/staffing_names.h"
#include "services/convert/training_plan_conversion.h"
#include "services/log/entity.h"
#include "services/log/view.h"
#include "services/records/training_plan_record.h"
#include "services/rpc/resource_operations.h"
#include "services/staffing/training_plan_rules.h"
#include "troupe/v1/staffing_service.pb.h"

namespace troupe {

// What the standard methods need to know of it; see stored_resource.h.
struct TrainingPlanKind {
  using Record = TrainingPlan;
  using Wire = v1::TrainingPlan;
  using Id = TrainingPlanId;

  static constexpr EntityKind kEntity = EntityKind::kTrainingPlan;
  static constexpr char kNoun[] = "training_plan";
  static constexpr char kPlural[] = "training_plans";

  static absl::StatusOr<TrainingPlanId> ParseName(absl::string_view name,
                                                  absl::string_view field) {
    return ParseTrainingPlanName(name, field);
  }
  static std::string Serialize(const TrainingPlan& plan) { return SerializeTrainingPlan(plan); }
  static absl::StatusOr<TrainingPlan> Parse(absl::string_view bytes) {
    return ParseTrainingPlan(bytes);
  }
  static Violations Validate(const TrainingPlan& plan) { return ValidateTrainingPlan(plan); }
  static absl::Status CheckChange(const TrainingPlan& stored, const TrainingPlan& next,
                                  const ViewSnapshot& now, Violations& found) {
    return CheckPlanChange(stored, next, now, found);
  }
  static absl::Status CheckKept(const TrainingPlan&, const TrainingPlan&) {
    return absl::OkStatus();
  }
  static absl::Status CheckBegin(const TrainingPlan&) { return absl::OkStatus(); }
  static absl::Status CheckDelete(const TrainingPlan& stored, const ViewSnapshot& now) {
    return CheckPlanIdle(stored, now);
  }
  static absl::Status AddToDelete(const TrainingPlan& stored, const ViewSnapshot& now,
                                  std::vector<Mutation>& mutations) {
    return AddPlanDeletion(stored, now, mutations);
  }
  static void Number(TrainingPlan&) {}
};

using PlanOperations = ResourceOperations<TrainingPlanKind>;
using BegunPlan = BegunOperation<TrainingPlanKind>;

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_STAFFING_KINDS_H_
