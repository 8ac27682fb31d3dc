#ifndef TROUPE_SERVICES_CONVERT_CALENDAR_CONVERSION_H_
#define TROUPE_SERVICES_CONVERT_CALENDAR_CONVERSION_H_

#include <vector>

#include "google/protobuf/repeated_field.h"
#include "matcher/base/ids.h"
#include "matcher/domain/calendar.h"
#include "matcher/domain/calendar_rule.h"
#include "matcher/domain/field.h"
#include "matcher/domain/profile.h"
#include "troupe/v1/profile.pb.h"

namespace troupe {

using WireCalendar = google::protobuf::RepeatedPtrField<v1::CalendarEntry>;
using WireCalendarRules = google::protobuf::RepeatedPtrField<v1::CalendarRule>;

// The calendar that the list `field` holds, without the entries that holds have;
// see types_conversion.h.
Calendar FromWire(const WireCalendar& wire, const Field& field);

std::vector<CalendarRule> FromWire(const WireCalendarRules& wire, const Field& field);

// Every entry and rule of `owner` as it is: for the profile's owner.
WireCalendar FullCalendar(const Calendar& calendar, ProfileId owner);
WireCalendarRules FullCalendarRules(const std::vector<CalendarRule>& rules);

// Which days are busy and which are held, as joined runs, so that nothing
// tells one engagement from the next: for everybody else.
// Rules are worked out.
WireCalendar PublicCalendar(const Profile& profile);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_CALENDAR_CONVERSION_H_
