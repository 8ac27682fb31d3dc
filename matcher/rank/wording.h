#ifndef TROUPE_MATCHER_RANK_WORDING_H_
#define TROUPE_MATCHER_RANK_WORDING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "matcher/base/day.h"

// How reasons name things to people.

namespace troupe {

// "Xi'an (西安)"; `id` itself if the gazetteer has no such place.
std::string PlaceName(absl::string_view id);

// "Director (导演)"; `id` itself if the taxonomy has no such role.
std::string RoleName(absl::string_view id);

// "1 day", "3 days".
std::string Counted(int64_t count, absl::string_view noun);

// "a", "a and b", "a, b and c"; or with another word between the last two.
std::string Listed(const std::vector<std::string>& items, absl::string_view word = "and");

// "2026-12-01..2026-12-03 and 2026-12-07". After four spans: "and 5 more days".
std::string ListedDays(const std::vector<DaySpan>& spans);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_WORDING_H_
