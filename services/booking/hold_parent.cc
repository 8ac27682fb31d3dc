#include "services/booking/hold_parent.h"

#include "absl/strings/match.h"
#include "services/convert/resource_names.h"

namespace troupe {

HoldParent ReadHoldParent(const Field& field, absl::string_view name) {
  if (absl::StartsWith(name, "projects/")) return {.project = ReadProjectName(field, name)};
  if (absl::StartsWith(name, "profiles/")) return {.profile = ReadProfileName(field, name)};
  field.Report(name.empty() ? "is empty" : "is not a name of this kind",
               "give profiles/ or projects/, and 16 lower-case hexadecimal digits");
  return {};
}

}  // namespace troupe
