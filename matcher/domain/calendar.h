#ifndef TROUPE_MATCHER_DOMAIN_CALENDAR_H_
#define TROUPE_MATCHER_DOMAIN_CALENDAR_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "matcher/base/day.h"
#include "matcher/base/ids.h"

namespace troupe {

// What a run of days is taken up with.
struct CalendarEntry {
  enum class Kind : uint8_t {  // Stored: never renumber.
    kBusy = 1,
    kHeld = 2,
    kBooked = 3,
    kTravel = 4,
    kPending = 5,  // A hold's confirmation is undecided: neither free nor booked.
  };
  Kind kind = Kind::kBusy;
  DaySpan days;
  ProjectId project;  // Zero: private, or not known.
  std::string note;
  // The number of the hold that it is derived from, in the profile's agenda;
  // 0: stated by the client. kPending is always of a hold.
  uint32_t hold = 0;
  std::string source;  // Which import it belongs to; empty: none.

  friend bool operator==(const CalendarEntry&, const CalendarEntry&) = default;
};

// When a person is free, held and booked. A day without an entry is free; a
// held day is free but contended; any other entry makes its days not free. What
// recurs is apart from it: CalendarRule. Profile::BusySpans knows both.
class Calendar {
 public:
  Calendar() = default;
  explicit Calendar(std::vector<CalendarEntry> entries) : entries_(std::move(entries)) {}

  const std::vector<CalendarEntry>& entries() const { return entries_; }

  // The entries that the owner wrote, and then those of `other` that holds have.
  Calendar WithHoldsOf(const Calendar& other) const;

  // Days that are not free: sorted, disjoint, not touching.
  std::vector<DaySpan> BusySpans() const;

  // The days of each hold: sorted; several holds may take the same days.
  std::vector<DaySpan> Holds() const;

  // Days that are held, whether free or not: sorted, disjoint, not touching.
  std::vector<DaySpan> HeldSpans() const;

  friend bool operator==(const Calendar&, const Calendar&) = default;

 private:
  std::vector<CalendarEntry> entries_;
};

// `spans` as the same days in sorted, disjoint spans that do not touch.
std::vector<DaySpan> Union(std::vector<DaySpan> spans);

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_CALENDAR_H_
