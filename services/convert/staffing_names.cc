#include "services/convert/staffing_names.h"

#include "absl/strings/str_cat.h"
#include "services/convert/name_reading.h"

namespace troupe {
namespace {

constexpr absl::string_view kTrainingPlans = "trainingPlans/";
constexpr absl::string_view kTrainingPlanForm =
    "give trainingPlans/ and 16 lower-case hexadecimal digits";

}  // namespace

std::string FormatName(TrainingPlanId id) {
  return absl::StrCat(kTrainingPlans, Hex(id.value()));
}

std::optional<TrainingPlanId> TrainingPlanIn(absl::string_view name) {
  return IdIn<TrainingPlanId>(name, kTrainingPlans);
}

absl::StatusOr<TrainingPlanId> ParseTrainingPlanName(absl::string_view name,
                                                     absl::string_view field) {
  return OrInvalid(TrainingPlanIn(name), name, field, kTrainingPlanForm);
}

}  // namespace troupe
