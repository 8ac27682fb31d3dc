#ifndef TROUPE_MATCHER_DOMAIN_RECURRENCE_H_
#define TROUPE_MATCHER_DOMAIN_RECURRENCE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "matcher/base/day.h"

namespace troupe {

// What is wrong with a text and how to mend it, for a FieldViolation.
struct TextFault {
  std::string problem;
  std::string fix;
};

// On which days something happens again: an RRULE of RFC 5545, in whole days.
// Its start is kept beside it. All of DAILY, WEEKLY, MONTHLY and YEARLY but
// BYWEEKNO, BYYEARDAY and what is finer than a day. Immutable once parsed.
//
//   const auto rule = Recurrence::Parse("FREQ=WEEKLY;BYDAY=SA,SU", &fault);
//   for (const Day day : rule->DaysIn(start, today, today + 400).days) ...
struct Recurrence {
  enum class Frequency { kDaily, kWeekly, kMonthly, kYearly };

  // "MO" is {0, 0}, "-1FR" is {-1, 4}.
  struct Weekday {
    int32_t nth = 0;      // Of the month or year; from the end if negative; 0: each.
    int32_t weekday = 0;  // 0 Monday to 6 Sunday.
    friend bool operator==(const Weekday&, const Weekday&) = default;
  };

  Frequency frequency = Frequency::kDaily;
  int32_t interval = 1;
  std::optional<int32_t> count;
  std::optional<Day> until;  // Included.
  std::vector<int32_t> months;
  std::vector<int32_t> month_days;  // From the end if negative.
  std::vector<Weekday> weekdays;
  std::vector<int32_t> positions;  // Within a period; from its end if negative.
  int32_t week_start = 0;          // 0 Monday.

  // Reads the value of an RRULE whose UNTIL, if any, is a date. nullopt, and
  // `fault`, for anything else; at most 500 bytes.
  static std::optional<Recurrence> Parse(absl::string_view text, TextFault* fault);

  // As RFC 5545 writes it; Parse gives it back.
  std::string ToString() const;

  // Those of its days that lie in [from, limit), and whether there may be some
  // at `limit` or later.
  struct Days {
    std::vector<Day> days;
    bool goes_on = false;
  };
  // The days, in order, of the rule that starts at `start`, which is one of them
  // only if the rule meets it. Costs a test a day of the periods that overlap
  // [from, limit); or [start, limit) with a count of other than plain days or weeks.
  Days DaysIn(Day start, Day from, Day limit) const;

  friend bool operator==(const Recurrence&, const Recurrence&) = default;

 private:
  struct Period;
  Period PeriodAt(Day start, int64_t number) const;
  int64_t FirstPeriodWith(Day start, Day day) const;
  std::optional<int64_t> CountBefore(Day start, int64_t number) const;
  void FindCandidates(Day start, const Period& period, std::vector<Day>& days) const;
  bool Meets(absl::CivilDay first, Day day, const Period& period) const;
  bool MeetsMonthDay(absl::CivilDay civil) const;
  bool MeetsWeekday(Day day, const Period& period) const;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_RECURRENCE_H_
