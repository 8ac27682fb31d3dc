#include "services/profile/profile_rules.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/domain/field.h"
#include "services/convert/resource_names.h"
#include "services/rpc/resource_errors.h"

namespace troupe {

absl::Status CheckNotBooked(const Profile& profile, Day today) {
  Violations bookings;
  const Field root(&bookings);
  const Field calendar = root["calendar"];
  const std::vector<CalendarEntry>& entries = profile.calendar.entries();
  for (size_t i = 0; i < entries.size(); ++i) {
    const CalendarEntry& entry = entries[i];
    if (entry.kind != CalendarEntry::Kind::kBooked || entry.days.limit <= today) continue;
    const std::string project =
        entry.project ? absl::StrCat(" for ", FormatName(entry.project)) : "";
    const Field booking = calendar[i];
    booking.Report(absl::StrCat("books ", entry.days.ToString(), project),
                       "cancel the booking first");
  }
  return StillInUse("PROFILE_BOOKED", "the profile is booked: cancel its bookings first", bookings);
}

}  // namespace troupe
