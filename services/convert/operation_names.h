#ifndef TROUPE_SERVICES_CONVERT_OPERATION_NAMES_H_
#define TROUPE_SERVICES_CONVERT_OPERATION_NAMES_H_

#include <cstdint>
#include <string>
#include <variant>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/placement/placement_ids.h"
#include "matcher/staffing/training_plan.h"

namespace troupe {

// What operations work on.
using OperatedId = std::variant<RoundId, TrainingPlanId>;

inline uint64_t ValueOf(const OperatedId& id) {
  return std::visit([](const auto& of) { return of.value(); }, id);
}

// One operation on a resource:
//
//   rounds/00000000000004d2/operations/3
struct OperationName {
  OperatedId resource;
  uint32_t number = 0;
};
std::string FormatName(const OperationName& operation);

// INVALID_ARGUMENT about `field` that does not echo `name`.
absl::StatusOr<OperationName> ParseOperationName(absl::string_view name,
                                                 absl::string_view field);
// Of the resource itself.
absl::StatusOr<OperatedId> ParseOperatedName(absl::string_view name, absl::string_view field);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_OPERATION_NAMES_H_
