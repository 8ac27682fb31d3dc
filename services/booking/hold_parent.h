#ifndef TROUPE_SERVICES_BOOKING_HOLD_PARENT_H_
#define TROUPE_SERVICES_BOOKING_HOLD_PARENT_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "matcher/base/ids.h"
#include "matcher/domain/field.h"

namespace troupe {

// What holds are asked for of: a person, or a project.
struct HoldParent {
  std::optional<ProfileId> profile;
  std::optional<ProjectId> project;
};

// The one that `name` is of; reports on `field` if it is of neither.
HoldParent ReadHoldParent(const Field& field, absl::string_view name);

}  // namespace troupe

#endif  // TROUPE_SERVICES_BOOKING_HOLD_PARENT_H_
