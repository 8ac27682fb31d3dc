#include "services/convert/outcome_conversion.h"

#include "absl/strings/str_cat.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

constexpr int32_t kFewestHundredths = 100;
constexpr int32_t kMostHundredths = 500;

static_assert(static_cast<int>(Outcome::Kind::kShown) == v1::OUTCOME_KIND_SHOWN);
static_assert(static_cast<int>(Outcome::Kind::kRated) == v1::OUTCOME_KIND_RATED);
static_assert(kOutcomeKinds == v1::OutcomeKind_ARRAYSIZE);
static_assert(static_cast<int>(Outcome::Reason::kDates) == v1::DECLINE_REASON_DATES);
static_assert(static_cast<int>(Outcome::Reason::kOther) == v1::DECLINE_REASON_OTHER);

Outcome::Kind KindFromWire(v1::OutcomeKind wire, const Field& field) {
  if (!v1::OutcomeKind_IsValid(wire)) {
    field.Report(absl::StrCat("is ", static_cast<int>(wire), ", which is no kind"),
                 "give one of OutcomeKind");
  } else if (wire == v1::OUTCOME_KIND_UNSPECIFIED) {
    field.Report("is not set", "say what came about: shown, invited, booked, ...");
  }
  return static_cast<Outcome::Kind>(wire);
}

Outcome::Reason ReasonFromWire(v1::DeclineReason wire, Outcome::Kind kind, const Field& field) {
  if (!v1::DeclineReason_IsValid(wire)) {
    field.Report(absl::StrCat("is ", static_cast<int>(wire), ", which is no reason"),
                 "give one of DeclineReason");
  } else if (wire != v1::DECLINE_REASON_UNSPECIFIED && kind != Outcome::Kind::kDeclined) {
    field.Report("is set, but nobody declined", "leave it out");
  }
  return static_cast<Outcome::Reason>(wire);
}

void CheckRating(int32_t hundredths, Outcome::Kind kind, const Field& field) {
  if (kind != Outcome::Kind::kRated) {
    if (hundredths != 0) field.Report("is set, but nobody was rated", "leave it out");
  } else if (hundredths < kFewestHundredths || hundredths > kMostHundredths) {
    field.Report(absl::StrCat("is ", hundredths), "give 100 to 500: one to five stars");
  }
}

}  // namespace

v1::Outcome ToWire(const Outcome& outcome) {
  v1::Outcome wire;
  wire.set_profile(FormatName(outcome.profile));
  wire.set_kind(static_cast<v1::OutcomeKind>(outcome.kind));
  *wire.mutable_time() = ToWire(outcome.time);
  wire.set_reason(static_cast<v1::DeclineReason>(outcome.reason));
  wire.set_rating_hundredths(outcome.rating_hundredths);
  return wire;
}

Outcome OutcomeFromWire(const v1::RecordOutcomeRequest& wire, const Field& message,
                        absl::Time now) {
  Outcome outcome{.kind = KindFromWire(wire.kind(), message["kind"]), .time = now};
  outcome.reason = ReasonFromWire(wire.reason(), outcome.kind, message["reason"]);
  outcome.rating_hundredths = wire.rating_hundredths();
  CheckRating(wire.rating_hundredths(), outcome.kind, message["rating_hundredths"]);
  if (!wire.has_time()) return outcome;
  const Field field = message["time"];
  outcome.time = FromWire(wire.time(), field);
  if (outcome.time > now) field.Report("is later than now", "leave it out, or give a past time");
  return outcome;
}

GroupAttribute GroupAttributeFromWire(v1::GroupAttribute wire, const Field& field) {
  switch (wire) {
    case v1::GROUP_ATTRIBUTE_GENDER:
      return GroupAttribute::kGender;
    case v1::GROUP_ATTRIBUTE_PLAYING_AGE:
      return GroupAttribute::kPlayingAge;
    case v1::GROUP_ATTRIBUTE_HOME:
      return GroupAttribute::kHome;
    case v1::GROUP_ATTRIBUTE_NEWCOMER:
      return GroupAttribute::kNewcomer;
    default:
      field.Report(wire == v1::GROUP_ATTRIBUTE_UNSPECIFIED ? "is not set" : "is no attribute",
                   "say what to group by: gender, playing age, home or newcomer");
      return GroupAttribute::kGender;
  }
}

}  // namespace troupe
