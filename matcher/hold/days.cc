#include "matcher/hold/days.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace troupe {

Days::Days(std::vector<Day> days) : days_(std::move(days)) {
  std::sort(days_.begin(), days_.end());
  days_.erase(std::unique(days_.begin(), days_.end()), days_.end());
}

Days Days::Of(DaySpan span) { return Of(absl::MakeConstSpan(&span, 1)); }

Days Days::Of(absl::Span<const DaySpan> spans) {
  std::vector<Day> days;
  for (const DaySpan& span : spans) {
    for (Day day = span.start; day < span.limit; day = day + 1) days.push_back(day);
  }
  return Days(std::move(days));
}

bool Days::Contains(Day day) const { return std::binary_search(begin(), end(), day); }

bool Days::ContainsAll(const Days& other) const {
  return std::includes(begin(), end(), other.begin(), other.end());
}

bool Days::Meets(const Days& other) const {
  return std::any_of(begin(), end(), [&](Day day) { return other.Contains(day); });
}

Days Days::And(const Days& other) const {
  Days both;
  std::set_intersection(begin(), end(), other.begin(), other.end(),
                        std::back_inserter(both.days_));
  return both;
}

Days Days::Or(const Days& other) const {
  Days either;
  std::set_union(begin(), end(), other.begin(), other.end(), std::back_inserter(either.days_));
  return either;
}

Days Days::Without(const Days& other) const {
  Days rest;
  std::set_difference(begin(), end(), other.begin(), other.end(),
                      std::back_inserter(rest.days_));
  return rest;
}

std::vector<DaySpan> Days::Spans() const {
  std::vector<DaySpan> spans;
  for (Day day : days_) {
    if (!spans.empty() && spans.back().limit == day) {
      spans.back().limit = day + 1;
    } else {
      spans.push_back({.start = day, .limit = day + 1});
    }
  }
  return spans;
}

std::string Days::ToString() const {
  return absl::StrJoin(Spans(), ", ", [](std::string* out, const DaySpan& span) {
    absl::StrAppend(out, span.length() == 1 ? span.start.ToString() : span.ToString());
  });
}

}  // namespace troupe
