#ifndef TROUPE_SERVICES_LOG_LOG_NAME_H_
#define TROUPE_SERVICES_LOG_LOG_NAME_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace troupe {

// Which log of a deployment. Each process that owns records has one; a view may
// follow several. Stored and sent: never renumber.
enum class LogName : uint8_t {
  kTroupe = 0,    // Of troupe-server: everything.
  kProfiles = 1,  // Of troupe-profiles.
  kProjects = 2,  // Of troupe-projects.
  kMatching = 3,  // Of troupe-matching.
};
inline constexpr size_t kLogNames = 4;

// "troupe", "profiles", "projects", "matching".
absl::string_view NameOf(LogName log);
std::optional<LogName> LogNamed(absl::string_view name);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_LOG_NAME_H_
