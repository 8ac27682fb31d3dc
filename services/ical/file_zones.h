#ifndef TROUPE_SERVICES_ICAL_FILE_ZONES_H_
#define TROUPE_SERVICES_ICAL_FILE_ZONES_H_

#include <map>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "matcher/base/day.h"
#include "matcher/domain/time_zone.h"

namespace troupe {

// The time zones that an iCalendar file speaks of. A TZID is taken for what it
// says, if it is a name of the IANA database (also behind a prefix, as
// "/mozilla.org/20050126_1/Asia/Shanghai") or of Windows, or if its VTIMEZONE
// says where it is; else for a zone of the database whose clocks show, from a
// month ago to where rules are worked out, what its VTIMEZONE says.
// Thread-compatible.
class FileZones {
 public:
  // `home` is preferred among zones that show the same.
  FileZones(TimeZone home, Day today) : home_(std::move(home)), today_(today) {}

  // What the file defines: the lines of a VTIMEZONE, BEGIN and END included, and
  // its X-LIC-LOCATION, if any.
  void Define(const std::string& id, std::string lines, std::string location);

  // nullopt if nothing of that is known.
  std::optional<TimeZone> Find(const std::string& id);

  const TimeZone& home() const { return home_; }
  const TimeZone& utc() const { return utc_; }

 private:
  struct Definition {
    std::string lines;
    std::string location;
  };

  std::optional<TimeZone> Resolve(const std::string& id) const;
  std::optional<TimeZone> WithClocksOf(const std::string& lines) const;

  const TimeZone home_;
  const TimeZone utc_ = TimeZone::Of("UTC");
  const Day today_;
  std::map<std::string, Definition> defined_;
  std::map<std::string, std::optional<TimeZone>> resolved_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_ICAL_FILE_ZONES_H_
