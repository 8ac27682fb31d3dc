#include "services/convert/operation_names.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "services/convert/name_reading.h"
#include "services/convert/placement_names.h"
#include "services/convert/staffing_names.h"

namespace troupe {
namespace {

constexpr absl::string_view kOperations = "/operations/";
constexpr absl::string_view kOperatedForm =
    "give rounds/ or trainingPlans/ and 16 lower-case hexadecimal digits";
constexpr absl::string_view kOperationForm =
    "give rounds/ or trainingPlans/, 16 lower-case hexadecimal digits, /operations/ and a number "
    "from 1";

std::optional<OperatedId> OperatedIn(absl::string_view name) {
  if (const auto round = RoundIn(name)) return *round;
  if (const auto plan = TrainingPlanIn(name)) return *plan;
  return std::nullopt;
}

std::optional<OperationName> OperationIn(absl::string_view name) {
  const size_t at = name.find(kOperations);
  if (at == absl::string_view::npos) return std::nullopt;
  const std::optional<OperatedId> resource = OperatedIn(name.substr(0, at));
  const std::optional<uint32_t> number = PartNumber(name.substr(at + kOperations.size()));
  if (!resource.has_value() || !number.has_value()) return std::nullopt;
  return OperationName{*resource, *number};
}

}  // namespace

std::string FormatName(const OperationName& operation) {
  return absl::StrCat(
      std::visit([](const auto& id) { return FormatName(id); }, operation.resource), kOperations,
      operation.number);
}

absl::StatusOr<OperationName> ParseOperationName(absl::string_view name,
                                                 absl::string_view field) {
  return OrInvalid(OperationIn(name), name, field, kOperationForm);
}

absl::StatusOr<OperatedId> ParseOperatedName(absl::string_view name, absl::string_view field) {
  return OrInvalid(OperatedIn(name), name, field, kOperatedForm);
}

}  // namespace troupe
