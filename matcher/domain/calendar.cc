#include "matcher/domain/calendar.h"

#include <algorithm>
#include <utility>

namespace troupe {

std::vector<DaySpan> Union(std::vector<DaySpan> spans) {
  std::sort(spans.begin(), spans.end());
  std::vector<DaySpan> joined;
  for (const DaySpan& span : spans) {
    if (span.IsEmpty()) continue;
    if (!joined.empty() && span.start <= joined.back().limit) {
      joined.back().limit = std::max(joined.back().limit, span.limit);
    } else {
      joined.push_back(span);
    }
  }
  return joined;
}

std::vector<DaySpan> Calendar::BusySpans() const {
  std::vector<DaySpan> spans;
  for (const CalendarEntry& entry : entries_) {
    if (entry.kind != CalendarEntry::Kind::kHeld) spans.push_back(entry.days);
  }
  return Union(std::move(spans));
}

std::vector<DaySpan> Calendar::HeldSpans() const {
  std::vector<DaySpan> spans;
  for (const CalendarEntry& entry : entries_) {
    if (entry.kind == CalendarEntry::Kind::kHeld) spans.push_back(entry.days);
  }
  return Union(std::move(spans));
}

}  // namespace troupe
