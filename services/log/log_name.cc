#include "services/log/log_name.h"

namespace troupe {
namespace {

constexpr absl::string_view kNames[kLogNames] = {"troupe", "profiles", "projects", "matching"};

}  // namespace

absl::string_view NameOf(LogName log) { return kNames[static_cast<size_t>(log)]; }

std::optional<LogName> LogNamed(absl::string_view name) {
  for (size_t i = 0; i < kLogNames; ++i) {
    if (kNames[i] == name) return static_cast<LogName>(i);
  }
  return std::nullopt;
}

}  // namespace troupe
