#include "matcher/base/day.h"

#include "absl/strings/str_cat.h"

namespace troupe {

std::optional<Day> Day::Parse(absl::string_view text) {
  absl::CivilDay day;
  // Abseil also takes signs, blanks and single digits, and years without limit.
  if (text.size() != 10 || !absl::ParseCivilTime(text, &day)) return std::nullopt;
  if (absl::FormatCivilTime(day) != text) return std::nullopt;
  return Day(day);
}

std::string Day::ToString() const { return absl::FormatCivilTime(civil()); }

std::string DaySpan::ToString() const {
  return absl::StrCat(start.ToString(), "..", (limit - 1).ToString());
}

}  // namespace troupe
