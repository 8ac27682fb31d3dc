#ifndef TROUPE_SERVICES_CONVERT_TYPES_CONVERSION_H_
#define TROUPE_SERVICES_CONVERT_TYPES_CONVERSION_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "matcher/base/day.h"
#include "matcher/domain/casting.h"
#include "matcher/domain/field.h"
#include "matcher/domain/label.h"
#include "matcher/domain/money.h"
#include "matcher/domain/opening.h"
#include "matcher/domain/ownership.h"
#include "troupe/v1/opening.pb.h"
#include "troupe/v1/types.pb.h"

namespace troupe {

// The values that resources are made of. FromWire reports to `field`, the
// field that holds the message, what cannot be read, and then returns some
// value that is of no use. The rules of the domain are left to validation.

// A day of the years 1870 to 2200.
Day FromWire(const v1::Date& wire, const Field& field);
v1::Date ToWire(Day day);

// Both days must be there; whether `limit` is the later is left to validation.
DaySpan FromWire(const v1::DateRange& wire, const Field& field);
v1::DateRange ToWire(const DaySpan& span);

Money FromWire(const v1::Money& wire, const Field& field);
v1::Money ToWire(const Money& money);

Label FromWire(const v1::Label& wire, const Field& field);
v1::Label ToWire(const Label& label);

ExternalId FromWire(const v1::ExternalId& wire, const Field& field);
v1::ExternalId ToWire(const ExternalId& id);

Attached FromWire(const v1::Attached& wire, const Field& field);
v1::Attached ToWire(const Attached& attached);

// UNSPECIFIED is a value like the others: whether it will do is left to
// validation.
Findability FromWire(v1::Findability wire, const Field& field);
v1::Findability ToWire(Findability findability);
Gender FromWire(v1::Gender wire, const Field& field);
v1::Gender ToWire(Gender gender);

// Times on the wire have whole microseconds; a finer part is cut off.
absl::Time FromWire(const google::protobuf::Timestamp& wire, const Field& field);
google::protobuf::Timestamp ToWire(absl::Time time);

// The ages from `from` to `to`, which are the fields playing_age_from and
// playing_age_to of `field`. Both or none must be there.
std::optional<IntRange> PlayingAgeFromWire(std::optional<int32_t> from,
                                           std::optional<int32_t> to, const Field& field);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_TYPES_CONVERSION_H_
