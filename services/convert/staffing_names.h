#ifndef TROUPE_SERVICES_CONVERT_STAFFING_NAMES_H_
#define TROUPE_SERVICES_CONVERT_STAFFING_NAMES_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/staffing/training_plan.h"

namespace troupe {

// Resource names of staffing, as resource_names.h has those of the rest:
//
//   trainingPlans/00000000000004d2
std::string FormatName(TrainingPlanId id);

std::optional<TrainingPlanId> TrainingPlanIn(absl::string_view name);
// INVALID_ARGUMENT about `field` that does not echo `name`.
absl::StatusOr<TrainingPlanId> ParseTrainingPlanName(absl::string_view name,
                                                     absl::string_view field);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_STAFFING_NAMES_H_
