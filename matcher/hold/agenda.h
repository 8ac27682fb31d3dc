#ifndef TROUPE_MATCHER_HOLD_AGENDA_H_
#define TROUPE_MATCHER_HOLD_AGENDA_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "matcher/base/ids.h"
#include "matcher/domain/calendar.h"
#include "matcher/domain/profile.h"
#include "matcher/domain/hold_counts.h"
#include "matcher/hold/days.h"
#include "matcher/hold/hold.h"

namespace troupe {

// A seat whose booking went with its person: it is to be told, and names the
// hold until then.
struct OrphanedSeat {
  ProjectId project;
  uint32_t hold = 0;

  friend bool operator==(const OrphanedSeat&, const OrphanedSeat&) = default;
};

// All holds of one person, those that ended included. A value; it lies on the
// shard of its profile and is written as a whole. BrokenInvariants (audit.h)
// says what is always true of it.
struct Agenda {
  ProfileId profile;
  std::vector<Hold> holds;     // By number, ascending.
  uint32_t last_number = 0;    // Ever given.
  uint64_t last_position = 0;  // Ever given.
  HoldCounts counts;
  // Of whoever had the profile before it was deleted.
  std::vector<OrphanedSeat> orphaned_seats;

  const Hold* Find(uint32_t number) const;  // nullptr if there is none.
  Hold* Find(uint32_t number);

  friend bool operator==(const Agenda&, const Agenda&) = default;
};

// What stays of an agenda when its profile is deleted: nothing of any hold but
// which seats name one, and the last number, so that no other hold has it as
// long as a seat does. nullopt: nothing stays.
std::optional<Agenda> RemainsOf(const Agenda& agenda);

// The days that are booked, travel included.
Days BookedDaysOf(const Agenda& agenda);

// The days on which a confirmation is undecided.
Days PendingDaysOf(const Agenda& agenda);

// The entries of the profile's calendar that belong to holds: kBooked and
// kTravel of bookings, kPending of undecided confirmations, kHeld for the other
// days of active holds. By hold, then by day; `hold` and `project` are set.
std::vector<CalendarEntry> CalendarOf(const Agenda& agenda);

// `entries` with those of holds (any with `hold`) replaced by CalendarOf.
Calendar WithHolds(const Calendar& calendar, const Agenda& agenda);

// The days that the person's own entries and rules take up: not those of holds,
// and not those that are merely held. What commands take as `busy`. Only days
// that can matter to a hold: from kCalendarHorizonDays before `today` on, to
// twice that after it.
Days OwnBusyDays(const Profile& profile, Day today);

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_AGENDA_H_
