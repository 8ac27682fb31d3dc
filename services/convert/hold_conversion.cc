#include "services/convert/hold_conversion.h"

#include <vector>

#include "matcher/domain/field_rules.h"
#include "matcher/hold/hold_rules.h"
#include "matcher/hold/ladder.h"
#include "services/convert/opening_conversion.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

static_assert(v1::Hold::State_MAX == static_cast<int>(HoldState::kCancelled));
static_assert(v1::HoldEvent::Kind_MAX == static_cast<int>(HoldEvent::Kind::kOvertaken));
static_assert(v1::HoldReason_MAX == static_cast<int>(HoldEvent::Reason::kBookingCancelled));
static_assert(v1::HoldSide_MAX == static_cast<int>(Side::kHolder));
static_assert(v1::HoldChallenge::Phase_MAX == static_cast<int>(Challenge::Phase::kConfirm));

using WireDates = google::protobuf::RepeatedPtrField<v1::DateRange>;

void WriteDays(const Days& days, WireDates& wire) {
  for (const DaySpan& span : days.Spans()) *wire.Add() = ToWire(span);
}

// Neighbouring days of one place are one run.
void WriteRanks(const std::vector<DayRank>& ranks, v1::Hold& wire) {
  for (size_t i = 0; i < ranks.size();) {
    size_t end = i + 1;
    while (end < ranks.size() && ranks[end].day == ranks[end - 1].day + 1 &&
           ranks[end].rank == ranks[i].rank && ranks[end].holds == ranks[i].holds) {
      ++end;
    }
    v1::HoldRank& run = *wire.add_ranks();
    *run.mutable_dates() = ToWire(DaySpan{.start = ranks[i].day, .limit = ranks[end - 1].day + 1});
    run.set_rank(ranks[i].rank);
    run.set_holds(ranks[i].holds);
    i = end;
  }
}

}  // namespace

static v1::HoldEnd ToWire(const HoldEnd& end) {
  v1::HoldEnd wire;
  *wire.mutable_end_time() = ToWire(end.time);
  wire.set_reason(static_cast<v1::HoldReason>(end.reason));
  wire.set_side(static_cast<v1::HoldSide>(end.side));
  wire.set_text(end.text);
  return wire;
}

static v1::HoldEvent ToWire(const HoldEvent& event) {
  v1::HoldEvent wire;
  wire.set_kind(static_cast<v1::HoldEvent::Kind>(event.kind));
  *wire.mutable_event_time() = ToWire(event.time);
  wire.set_side(static_cast<v1::HoldSide>(event.side));
  wire.set_reason(static_cast<v1::HoldReason>(event.reason));
  wire.set_text(event.text);
  if (event.terms.has_value()) *wire.mutable_terms() = ToWire(*event.terms);
  WriteDays(event.days, *wire.mutable_dates());
  return wire;
}

namespace {

void WriteWish(ProfileId profile, const Hold& hold, v1::Hold& wire) {
  wire.set_name(FormatName(HoldId{.profile = profile, .number = hold.number}));
  wire.set_etag(FormatEtag(hold.revision));
  wire.set_opening(FormatName(hold.opening));
  wire.set_organization(FormatName(hold.holder));
  wire.set_role(hold.role);
  wire.set_place(hold.place);
  *wire.mutable_window() = ToWire(hold.window);
  wire.set_travel_days(hold.travel_days);
  if (hold.terms != HoldTerms()) *wire.mutable_terms() = ToWire(hold.terms);
  *wire.mutable_place_time() = ToWire(hold.placed);
  *wire.mutable_expire_time() = ToWire(hold.deadline);
}

void WriteStanding(const Hold& hold, v1::Hold& wire) {
  WriteDays(hold.days, *wire.mutable_dates());
  wire.set_state(static_cast<v1::Hold::State>(hold.state));
  if (hold.counter_offer.has_value()) {
    *wire.mutable_counter_offer()->mutable_terms() = ToWire(hold.counter_offer->terms);
    wire.mutable_counter_offer()->set_side(static_cast<v1::HoldSide>(hold.counter_offer->by));
  }
  if (hold.challenge.has_value()) {
    wire.mutable_challenge()->set_phase(
        static_cast<v1::HoldChallenge::Phase>(hold.challenge->phase));
    *wire.mutable_challenge()->mutable_due_time() = ToWire(hold.challenge->deadline);
  }
  wire.set_pending(hold.IsUndecided());
  if (hold.booked.has_value()) WriteDays(hold.booked->work, *wire.mutable_work_dates());
  wire.set_seat(hold.seat);
  if (hold.end.has_value()) *wire.mutable_end() = ToWire(*hold.end);
}

}  // namespace

v1::HoldTerms ToWire(const HoldTerms& terms) {
  v1::HoldTerms wire;
  if (terms.day_rate.has_value()) *wire.mutable_day_rate() = ToWire(*terms.day_rate);
  wire.set_conditions(terms.conditions);
  return wire;
}

HoldTerms FromWire(const v1::HoldTerms& wire, const Field& field) {
  HoldTerms terms{.conditions = wire.conditions()};
  if (wire.has_day_rate()) {
    terms.day_rate = FromWire(wire.day_rate(), field["day_rate"]);
    CheckMoney(field["day_rate"], terms.day_rate);
  }
  CheckText(field["conditions"], terms.conditions, kMostConditionsBytes);
  return terms;
}

v1::Hold ToWire(const Agenda& agenda, const Hold& hold) {
  v1::Hold wire;
  WriteWish(agenda.profile, hold, wire);
  WriteStanding(hold, wire);
  WriteRanks(RanksOf(agenda, hold), wire);
  for (const HoldEvent& event : hold.history) *wire.add_events() = ToWire(event);
  wire.set_event_count(static_cast<int32_t>(hold.events));
  return wire;
}

}  // namespace troupe
