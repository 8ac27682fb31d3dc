#ifndef TROUPE_SERVICES_ICAL_MOMENT_H_
#define TROUPE_SERVICES_ICAL_MOMENT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "matcher/base/day.h"
#include "matcher/domain/time_zone.h"
#include "services/ical/content_lines.h"
#include "services/ical/file_zones.h"

namespace troupe {

// A DATE or DATE-TIME of RFC 5545.
struct Moment {
  bool is_date = false;
  Day day;             // In `zone`.
  int32_t second = 0;  // Of the day; 0 for a date.
  TimeZone zone;       // The person's, where the file states none.

  absl::Time time() const { return zone.At(day, second); }
  Day DayIn(const TimeZone& there) const { return is_date ? day : there.DayAt(time()); }
};

// The moment that `value`, a value of `line` or a part of it, states. Reports
// to `line` what is wrong with it.
std::optional<Moment> ReadMoment(const ContentLine& line, absl::string_view value,
                                 FileZones& zones, Violations& found);

// How long "P1DT2H" is, in seconds from 0 on; nullopt, reported, for anything
// else.
std::optional<int64_t> ReadDuration(const ContentLine& line, absl::string_view value,
                                    Violations& found);

// `value` in quotes if it is made of what dates and numbers are made of, and so
// tells nothing of a person; else empty. " \"20261301\"".
std::string Shown(absl::string_view value);

}  // namespace troupe

#endif  // TROUPE_SERVICES_ICAL_MOMENT_H_
