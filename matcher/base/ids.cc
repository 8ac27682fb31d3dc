#include "matcher/base/ids.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace troupe {

bool IsOrganizationSlug(absl::string_view slug) {
  constexpr size_t kMaxBytes = 63;
  if (slug.empty() || slug.size() > kMaxBytes) return false;
  if (!absl::ascii_islower(static_cast<unsigned char>(slug.front()))) return false;
  return std::all_of(slug.begin(), slug.end(), [](unsigned char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
  });
}

}  // namespace troupe
