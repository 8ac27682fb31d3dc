#ifndef TROUPE_SERVICES_CONVERT_CALENDAR_CONVERSION_H_
#define TROUPE_SERVICES_CONVERT_CALENDAR_CONVERSION_H_

#include "google/protobuf/repeated_field.h"
#include "matcher/domain/calendar.h"
#include "matcher/domain/field.h"
#include "troupe/v1/profile.pb.h"

namespace troupe {

using WireCalendar = google::protobuf::RepeatedPtrField<v1::CalendarEntry>;

// The calendar that the list `field` holds; see types_conversion.h.
Calendar FromWire(const WireCalendar& wire, const Field& field);

// Every entry as it is: for the profile's owner.
WireCalendar FullCalendar(const Calendar& calendar);

// Which days are busy and which are held, as joined runs, so that nothing
// tells one engagement from the next: for everybody else.
WireCalendar PublicCalendar(const Calendar& calendar);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_CALENDAR_CONVERSION_H_
