#ifndef TROUPE_MATCHER_BASE_DAY_H_
#define TROUPE_MATCHER_BASE_DAY_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace troupe {

// A civil day, without a zone, as a number of days since 1970-01-01.
class Day {
 public:
  constexpr Day() = default;
  constexpr explicit Day(int32_t since_epoch) : since_epoch_(since_epoch) {}
  explicit Day(absl::CivilDay day)
      : since_epoch_(static_cast<int32_t>(day - absl::CivilDay(1970, 1, 1))) {}

  // Reads "2026-11-23"; nullopt for anything else, a 30th of February included.
  static std::optional<Day> Parse(absl::string_view text);

  constexpr int32_t since_epoch() const { return since_epoch_; }
  absl::CivilDay civil() const { return absl::CivilDay(1970, 1, 1) + since_epoch_; }
  std::string ToString() const;  // "2026-11-23"

  friend constexpr auto operator<=>(const Day&, const Day&) = default;
  friend constexpr Day operator+(Day day, int32_t days) { return Day(day.since_epoch_ + days); }
  friend constexpr Day operator-(Day day, int32_t days) { return Day(day.since_epoch_ - days); }
  friend constexpr int32_t operator-(Day a, Day b) { return a.since_epoch_ - b.since_epoch_; }

 private:
  int32_t since_epoch_ = 0;
};

// Days from `start`, included, to `limit`, not included.
struct DaySpan {
  Day start;
  Day limit;

  constexpr int32_t length() const { return limit - start; }
  constexpr bool IsEmpty() const { return limit <= start; }
  constexpr bool Contains(Day day) const { return start <= day && day < limit; }
  constexpr bool Overlaps(const DaySpan& other) const {
    return start < other.limit && other.start < limit;
  }
  std::string ToString() const;  // "2026-11-23..2026-11-30", the last day included
  friend constexpr auto operator<=>(const DaySpan&, const DaySpan&) = default;
};

// Calendars reach this far ahead of today; nothing later is searchable.
inline constexpr int32_t kCalendarHorizonDays = 400;

}  // namespace troupe

#endif  // TROUPE_MATCHER_BASE_DAY_H_
