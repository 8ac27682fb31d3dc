#include "matcher/hold/answer_hold.h"

#include <string>
#include <utility>

#include "matcher/base/status_macros.h"
#include "matcher/hold/agenda_draft.h"
#include "matcher/hold/due.h"
#include "matcher/hold/hold_rules.h"
#include "matcher/hold/ladder.h"
#include "matcher/hold/refusal.h"

namespace troupe {
namespace {

using Kind = HoldEvent::Kind;
using Reason = HoldEvent::Reason;

HoldEvent Asked(Kind kind, Side by, const Moment& moment, absl::string_view text = "") {
  return {.time = moment.now,
          .kind = kind,
          .side = by,
          .reason = Reason::kAsked,
          .text = std::string(text)};
}

absl::Status CheckText(absl::string_view text) {
  return CheckLength("reason", text, kMostReasonBytes);
}

void AcceptCounterOffer(AgendaDraft& draft, Hold& hold, Side by, const Moment& moment) {
  hold.terms = hold.counter_offer->terms;
  hold.counter_offer.reset();
  HoldEvent event = Asked(Kind::kCounterAccepted, by, moment);
  event.terms = hold.terms;
  draft.Tell(hold, std::move(event));
}

// Both have agreed to the terms, whoever made them.
void MarkAccepted(AgendaDraft& draft, Hold& hold, const Moment& moment) {
  if (hold.state == HoldState::kAccepted) return;
  hold.state = HoldState::kAccepted;
  draft.Tell(hold, Asked(Kind::kAccepted, Side::kPerson, moment));
}

absl::Status CheckMayAccept(const Hold& hold, Side by) {
  if (hold.counter_offer.has_value()) {
    if (hold.counter_offer->by != by) return absl::OkStatus();
    return Refused("OWN_COUNTER_OFFER", "the counter-offer is yours: the other side answers it");
  }
  if (by == Side::kHolder) {
    return Refused("NOT_YOURS_TO_ACCEPT",
                   "there is no counter-offer to accept: the person's side accepts the hold");
  }
  if (hold.state == HoldState::kAccepted) {
    return Refused("ALREADY_ACCEPTED", "the hold is accepted: there is nothing to accept");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Notices> AcceptHold(Agenda& agenda, uint32_t number, Side by,
                                   const Moment& moment) {
  AgendaDraft draft(agenda);
  AdvanceTo(draft, moment.now);
  TROUPE_ASSIGN_OR_RETURN(Hold* const hold, draft.Changeable(number));
  TROUPE_RETURN_IF_ERROR(CheckMayAccept(*hold, by));
  if (hold->counter_offer.has_value()) AcceptCounterOffer(draft, *hold, by, moment);
  MarkAccepted(draft, *hold, moment);
  return draft.Finish(agenda);
}

absl::StatusOr<Notices> DeclineHold(Agenda& agenda, uint32_t number, Side by,
                                    absl::string_view text, const Moment& moment) {
  TROUPE_RETURN_IF_ERROR(CheckText(text));
  AgendaDraft draft(agenda);
  AdvanceTo(draft, moment.now);
  TROUPE_ASSIGN_OR_RETURN(Hold* const hold, draft.Changeable(number));
  if (hold->counter_offer.has_value()) {
    const bool own = hold->counter_offer->by == by;
    hold->counter_offer.reset();
    draft.Tell(*hold, Asked(own ? Kind::kCounterWithdrawn : Kind::kCounterDeclined, by, moment,
                            text));
    return draft.Finish(agenda);
  }
  if (by != Side::kPerson) {
    return Refused("NOT_YOURS_TO_DECLINE", "the hold is yours: release it instead");
  }
  draft.End(*hold, HoldState::kDeclined, Asked(Kind::kDeclined, by, moment, text));
  draft.Settle(moment.now);
  return draft.Finish(agenda);
}

absl::StatusOr<Notices> MakeCounterOffer(Agenda& agenda, uint32_t number, Side by,
                                         const HoldTerms& terms, const Moment& moment) {
  TROUPE_RETURN_IF_ERROR(CheckLength("terms.conditions", terms.conditions, kMostConditionsBytes));
  AgendaDraft draft(agenda);
  AdvanceTo(draft, moment.now);
  TROUPE_ASSIGN_OR_RETURN(Hold* const hold, draft.Changeable(number));
  if (hold->counter_offer.has_value() && hold->counter_offer->by != by) {
    return Refused("COUNTER_OFFER_STANDING",
                   "the other side has made a counter-offer: accept or decline it first");
  }
  hold->counter_offer = CounterOffer{.terms = terms, .by = by};
  HoldEvent event = Asked(Kind::kCounterOffered, by, moment);
  event.terms = terms;
  draft.Tell(*hold, std::move(event));
  return draft.Finish(agenda);
}

absl::StatusOr<Notices> ReleaseHold(Agenda& agenda, uint32_t number, absl::string_view text,
                                    const Moment& moment) {
  TROUPE_RETURN_IF_ERROR(CheckText(text));
  AgendaDraft draft(agenda);
  AdvanceTo(draft, moment.now);
  TROUPE_ASSIGN_OR_RETURN(Hold* const hold, draft.Changeable(number));
  draft.End(*hold, HoldState::kReleased, Asked(Kind::kReleased, Side::kHolder, moment, text));
  draft.Settle(moment.now);
  return draft.Finish(agenda);
}

absl::StatusOr<Notices> ChallengeHold(Agenda& agenda, uint32_t number, const Moment& moment) {
  AgendaDraft draft(agenda);
  AdvanceTo(draft, moment.now);
  TROUPE_ASSIGN_OR_RETURN(Hold* const hold, draft.Changeable(number));
  if (hold->state != HoldState::kAccepted) {
    return Refused("NOT_ACCEPTED", "only an accepted hold may challenge: wait for the answer");
  }
  if (IsFirstEverywhere(draft.agenda(), *hold)) {
    return Refused("ALREADY_FIRST", "the hold is first on all its days: confirm it");
  }
  if (hold->challenge.has_value()) {
    return Refused("ALREADY_CHALLENGING", "the hold's challenge stands: wait for its deadline");
  }
  Challenge challenge = {.deadline = moment.now + kChallengePeriod};
  draft.Tell(*hold, Asked(Kind::kChallenging, Side::kHolder, moment));
  for (const Hold* above : Above(draft.agenda(), *hold)) {
    challenge.challenged.push_back(above->number);
    draft.Tell(*draft.agenda().Find(above->number),
               {.time = moment.now, .kind = Kind::kChallenged, .days = above->days.And(hold->days)});
  }
  hold->challenge = std::move(challenge);
  return draft.Finish(agenda);
}

}  // namespace troupe
