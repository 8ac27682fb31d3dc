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

Calendar Calendar::WithHoldsOf(const Calendar& other) const {
  std::vector<CalendarEntry> entries;
  for (const CalendarEntry& entry : entries_) {
    if (entry.hold == 0) entries.push_back(entry);
  }
  for (const CalendarEntry& entry : other.entries_) {
    if (entry.hold != 0) entries.push_back(entry);
  }
  return Calendar(std::move(entries));
}

std::vector<DaySpan> Calendar::BusySpans() const {
  std::vector<DaySpan> spans;
  for (const CalendarEntry& entry : entries_) {
    if (entry.kind != CalendarEntry::Kind::kHeld) spans.push_back(entry.days);
  }
  return Union(std::move(spans));
}

std::vector<DaySpan> Calendar::Holds() const {
  std::vector<DaySpan> spans;
  for (const CalendarEntry& entry : entries_) {
    if (entry.kind == CalendarEntry::Kind::kHeld) spans.push_back(entry.days);
  }
  std::sort(spans.begin(), spans.end());
  return spans;
}

std::vector<DaySpan> Calendar::HeldSpans() const { return Union(Holds()); }

}  // namespace troupe
