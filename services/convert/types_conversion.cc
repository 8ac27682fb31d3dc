#include "services/convert/types_conversion.h"

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "services/convert/message_fields.h"
#include "services/convert/resource_names.h"

namespace troupe {
namespace {

constexpr int32_t kFirstYear = 1870;
constexpr int32_t kLastYear = 2200;
// 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z, as Timestamp says.
constexpr int64_t kFirstSecond = -62'135'596'800;
constexpr int64_t kLastSecond = 253'402'300'799;
constexpr int32_t kNanosOfSecond = 1'000'000'000;
constexpr int32_t kNanosOfMicro = 1'000;

static_assert(v1::Gender_MAX == static_cast<int>(Gender::kNonBinary));
static_assert(v1::Findability_MAX == static_cast<int>(Findability::kHidden));

// A month has at most as many days as the civil calendar does not carry over.
bool IsDayOfMonth(const v1::Date& date) {
  return 1 <= date.day() && date.day() <= 31 &&
         absl::CivilDay(date.year(), date.month(), date.day()).day() == date.day();
}

Day BoundFromWire(bool there, const v1::Date& wire, const Field& field) {
  if (there) return FromWire(wire, field);
  field.Report("is not given", "give a date");
  return Day();
}

}  // namespace

Day FromWire(const v1::Date& wire, const Field& field) {
  if (wire.year() < kFirstYear || kLastYear < wire.year()) {
    field["year"].Report(absl::StrCat("is ", wire.year()),
                         absl::StrCat("give ", kFirstYear, " to ", kLastYear));
  } else if (wire.month() < 1 || 12 < wire.month()) {
    field["month"].Report(absl::StrCat("is ", wire.month()), "give 1 to 12");
  } else if (!IsDayOfMonth(wire)) {
    field["day"].Report(absl::StrCat("is ", wire.day(), ", which the month does not have"),
                        "give a day of the month");
  } else {
    return Day(absl::CivilDay(wire.year(), wire.month(), wire.day()));
  }
  return Day();
}

v1::Date ToWire(Day day) {
  const absl::CivilDay civil = day.civil();
  v1::Date wire;
  wire.set_year(static_cast<int32_t>(civil.year()));
  wire.set_month(civil.month());
  wire.set_day(civil.day());
  return wire;
}

DaySpan FromWire(const v1::DateRange& wire, const Field& field) {
  return {.start = BoundFromWire(wire.has_start(), wire.start(), field["start"]),
          .limit = BoundFromWire(wire.has_limit(), wire.limit(), field["limit"])};
}

v1::DateRange ToWire(const DaySpan& span) {
  v1::DateRange wire;
  *wire.mutable_start() = ToWire(span.start);
  *wire.mutable_limit() = ToWire(span.limit);
  return wire;
}

Money FromWire(const v1::Money& wire, const Field&) {
  return {.currency = wire.currency_code(), .units = wire.units(), .nanos = wire.nanos()};
}

v1::Money ToWire(const Money& money) {
  v1::Money wire;
  wire.set_currency_code(money.currency);
  wire.set_units(money.units);
  wire.set_nanos(money.nanos);
  return wire;
}

Label FromWire(const v1::Label& wire, const Field&) {
  return {.id = wire.id(), .name = wire.name()};
}

v1::Label ToWire(const Label& label) {
  v1::Label wire;
  wire.set_id(label.id);
  wire.set_name(label.name);
  return wire;
}

ExternalId FromWire(const v1::ExternalId& wire, const Field&) {
  return {.source = wire.source(), .id = wire.id()};
}

v1::ExternalId ToWire(const ExternalId& id) {
  v1::ExternalId wire;
  wire.set_source(id.source);
  wire.set_id(id.id);
  return wire;
}

Attached FromWire(const v1::Attached& wire, const Field& field) {
  return {.profile = ReadProfileName(field["profile"], wire.profile()),
          .roles = ReadTexts(wire.roles())};
}

v1::Attached ToWire(const Attached& attached) {
  v1::Attached wire;
  wire.set_profile(FormatName(attached.profile));
  WriteTexts(attached.roles, *wire.mutable_roles());
  return wire;
}

Findability FromWire(v1::Findability wire, const Field& field) {
  return ReadEnum<Findability>(field, wire, v1::Findability_IsValid(wire),
                               "state FINDABILITY_FINDABLE or FINDABILITY_HIDDEN");
}

v1::Findability ToWire(Findability findability) {
  return static_cast<v1::Findability>(findability);
}

Gender FromWire(v1::Gender wire, const Field& field) {
  return ReadEnum<Gender>(field, wire, v1::Gender_IsValid(wire),
                          "state GENDER_FEMALE, GENDER_MALE or GENDER_NON_BINARY");
}

v1::Gender ToWire(Gender gender) { return static_cast<v1::Gender>(gender); }

absl::Time FromWire(const google::protobuf::Timestamp& wire, const Field& field) {
  if (wire.seconds() < kFirstSecond || kLastSecond < wire.seconds() || wire.nanos() < 0 ||
      kNanosOfSecond <= wire.nanos()) {
    field.Report("is not a time", "give seconds of the years 1 to 9999 and 0 to 999999999 nanos");
    return absl::UnixEpoch();
  }
  return absl::FromUnixSeconds(wire.seconds()) +
         absl::Microseconds(wire.nanos() / kNanosOfMicro);
}

google::protobuf::Timestamp ToWire(absl::Time time) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  const absl::Duration rest = time - absl::FromUnixSeconds(seconds);
  google::protobuf::Timestamp wire;
  wire.set_seconds(seconds);
  wire.set_nanos(static_cast<int32_t>(absl::ToInt64Microseconds(rest)) * kNanosOfMicro);
  return wire;
}

std::optional<IntRange> PlayingAgeFromWire(std::optional<int32_t> from,
                                           std::optional<int32_t> to, const Field& field) {
  if (from.has_value() != to.has_value()) {
    field[from.has_value() ? "playing_age_to" : "playing_age_from"].Report(
        "is not given", "give both ages, or neither");
  }
  if (!from.has_value() || !to.has_value()) return std::nullopt;
  return IntRange{.from = *from, .to = *to};
}

}  // namespace troupe
