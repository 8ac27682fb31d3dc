#ifndef TROUPE_SERVICES_CONVERT_TYPES_CONVERSION_H_
#define TROUPE_SERVICES_CONVERT_TYPES_CONVERSION_H_

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "matcher/base/day.h"
#include "matcher/base/violation.h"
#include "matcher/domain/casting.h"
#include "matcher/domain/label.h"
#include "matcher/domain/money.h"
#include "matcher/domain/opening.h"
#include "matcher/domain/ownership.h"
#include "troupe/v1/opening.pb.h"
#include "troupe/v1/types.pb.h"

namespace troupe {

// The values that resources are made of. FromWire adds to `found` what cannot
// be read, with paths relative to the message (an empty path is the message
// itself), and then returns some value that is of no use.

// A day of the years 1870 to 2200.
Day FromWire(const v1::Date& wire, Violations& found);
v1::Date ToWire(Day day);

// Whether `limit` is after `start` is left to validation.
DaySpan FromWire(const v1::DateRange& wire, Violations& found);
v1::DateRange ToWire(const DaySpan& span);

Money FromWire(const v1::Money& wire);
v1::Money ToWire(const Money& money);

Label FromWire(const v1::Label& wire);
v1::Label ToWire(const Label& label);

ExternalId FromWire(const v1::ExternalId& wire);
v1::ExternalId ToWire(const ExternalId& id);

Attached FromWire(const v1::Attached& wire, Violations& found);
v1::Attached ToWire(const Attached& attached);

// UNSPECIFIED is a value like the others; whether it will do is left to
// validation.
Findability FromWire(v1::Findability wire, Violations& found);
v1::Findability ToWire(Findability findability);
Gender FromWire(v1::Gender wire, Violations& found);
v1::Gender ToWire(Gender gender);

// Times on the wire have whole microseconds; a finer part is cut off.
absl::Time FromWire(const google::protobuf::Timestamp& wire, Violations& found);
google::protobuf::Timestamp ToWire(absl::Time time);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_TYPES_CONVERSION_H_
