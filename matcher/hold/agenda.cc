#include "matcher/hold/agenda.h"

#include <algorithm>
#include <utility>

namespace troupe {
namespace {

using Kind = CalendarEntry::Kind;

void AddRuns(const Hold& hold, Kind kind, const Days& days, std::vector<CalendarEntry>& entries) {
  for (const DaySpan& run : days.Spans()) {
    entries.push_back({.kind = kind,
                       .days = run,
                       .project = hold.opening.project,
                       .hold = hold.number});
  }
}

}  // namespace

const Hold* Agenda::Find(uint32_t number) const {
  const auto at = std::lower_bound(holds.begin(), holds.end(), number,
                                   [](const Hold& hold, uint32_t n) { return hold.number < n; });
  return at != holds.end() && at->number == number ? &*at : nullptr;
}

Hold* Agenda::Find(uint32_t number) {
  return const_cast<Hold*>(std::as_const(*this).Find(number));
}

std::optional<Agenda> RemainsOf(const Agenda& agenda) {
  Agenda remains{.profile = agenda.profile,
                 .holds = {},
                 .last_number = agenda.last_number,
                 .last_position = 0,
                 .counts = {},
                 .orphaned_seats = agenda.orphaned_seats};
  for (const Hold& hold : agenda.holds) {
    if (!hold.IsBooked()) continue;
    remains.orphaned_seats.push_back({.project = hold.opening.project, .hold = hold.number});
  }
  if (remains.orphaned_seats.empty()) return std::nullopt;
  return remains;
}

Days BookedDaysOf(const Agenda& agenda) {
  Days booked;
  for (const Hold& hold : agenda.holds) {
    if (hold.IsBooked()) booked = booked.Or(hold.days);
  }
  return booked;
}

Days PendingDaysOf(const Agenda& agenda) {
  Days pending;
  for (const Hold& hold : agenda.holds) {
    if (hold.IsUndecided()) pending = pending.Or(hold.confirmation->days.All());
  }
  return pending;
}

std::vector<CalendarEntry> CalendarOf(const Agenda& agenda) {
  std::vector<CalendarEntry> entries;
  for (const Hold& hold : agenda.holds) {
    if (hold.IsBooked()) {
      AddRuns(hold, Kind::kBooked, hold.booked->work, entries);
      AddRuns(hold, Kind::kTravel, hold.booked->travel, entries);
    } else if (hold.IsActive()) {
      const Days pending = hold.IsUndecided() ? hold.confirmation->days.All() : Days();
      AddRuns(hold, Kind::kPending, pending, entries);
      AddRuns(hold, Kind::kHeld, hold.days.Without(pending), entries);
    }
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const CalendarEntry& a, const CalendarEntry& b) {
                     return std::pair(a.hold, a.days) < std::pair(b.hold, b.days);
                   });
  return entries;
}

Calendar WithHolds(const Calendar& calendar, const Agenda& agenda) {
  std::vector<CalendarEntry> entries;
  for (const CalendarEntry& entry : calendar.entries()) {
    if (entry.hold == 0) entries.push_back(entry);
  }
  for (CalendarEntry& entry : CalendarOf(agenda)) entries.push_back(std::move(entry));
  return Calendar(std::move(entries));
}

Days OwnBusyDays(const Profile& profile, Day today) {
  const DaySpan near{today - kCalendarHorizonDays, today + 2 * kCalendarHorizonDays};
  std::vector<DaySpan> spans;
  for (const CalendarEntry& entry : profile.TakenUp()) {
    if (entry.hold != 0 || entry.kind == Kind::kHeld || !entry.days.Overlaps(near)) continue;
    spans.push_back({std::max(entry.days.start, near.start), std::min(entry.days.limit, near.limit)});
  }
  return Days::Of(Union(std::move(spans)));
}

}  // namespace troupe
