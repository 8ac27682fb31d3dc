#ifndef TROUPE_SERVICES_RECORDS_TRAINING_PLAN_RECORD_H_
#define TROUPE_SERVICES_RECORDS_TRAINING_PLAN_RECORD_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/staffing/training_plan.h"

namespace troupe {

// The bytes of a training plan as stored: the same for equal ones.
std::string SerializeTrainingPlan(const TrainingPlan& plan);

// The plan that `bytes` hold. Returns DATA_LOSS, reason RECORD_UNREADABLE.
absl::StatusOr<TrainingPlan> ParseTrainingPlan(absl::string_view bytes);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RECORDS_TRAINING_PLAN_RECORD_H_
