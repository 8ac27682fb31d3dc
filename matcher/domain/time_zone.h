#ifndef TROUPE_MATCHER_DOMAIN_TIME_ZONE_H_
#define TROUPE_MATCHER_DOMAIN_TIME_ZONE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "matcher/base/day.h"

namespace troupe {

// Where the days of a person who states no zone begin and end.
inline constexpr char kDefaultTimeZone[] = "Asia/Shanghai";

// When a day begins at some place, as the IANA time zone database says; ICU
// brings the database, so that nothing is read from the disk. Days between
// which a place sets its clocks are 23 to 25 hours long. Immutable.
//
//   const TimeZone zone = TimeZone::Of(profile.time_zone);
//   const absl::Time deadline = zone.StartOf(first_day);
class TimeZone {
 public:
  // "Asia/Shanghai", "UTC"; nullopt for what is no name of the database, an
  // abbreviation as "CST" included.
  static std::optional<TimeZone> Find(absl::string_view name);

  // The same, and kDefaultTimeZone for anything else, as no name.
  static TimeZone Of(absl::string_view name);

  // What Windows calls a zone, "China Standard Time", in the database's words;
  // empty if it is unknown.
  static std::string NameOfWindowsZone(absl::string_view windows_name);

  // Every zone of the database once, under one of its names.
  static std::vector<std::string> Names();

  TimeZone(const TimeZone&) = default;
  TimeZone& operator=(const TimeZone&) = default;
  ~TimeZone();

  const std::string& name() const { return name_; }

  // True for two names of one zone: "Asia/Chongqing" is "Asia/Shanghai".
  bool IsSameAs(const TimeZone& other) const;

  // The day it is there at `time`.
  Day DayAt(absl::Time time) const;
  // When `day` begins there: the first instant of it.
  absl::Time StartOf(Day day) const;
  // When the clocks there show `second` (0 to 86,399) of `day`: the first time
  // if they show it twice; if never, as if they had not been set.
  absl::Time At(Day day, int32_t second) const;

  // Seconds ahead of UTC.
  int32_t OffsetAt(absl::Time time) const;

 private:
  struct Rules;
  TimeZone(std::string name, std::shared_ptr<const Rules> rules);

  std::string name_;
  std::shared_ptr<const Rules> rules_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_TIME_ZONE_H_
