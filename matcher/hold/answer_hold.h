#ifndef TROUPE_MATCHER_HOLD_ANSWER_HOLD_H_
#define TROUPE_MATCHER_HOLD_ANSWER_HOLD_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/hold/agenda.h"
#include "matcher/hold/hold_terms.h"
#include "matcher/hold/moment.h"

namespace troupe {

// What both sides say to each other. Each command first does what is due
// (Advance), changes nothing if it fails, and answers what happened, what was
// due included. All fail with
//   NOT_FOUND HOLD_NOT_FOUND            there is no such hold;
//   FAILED_PRECONDITION HOLD_ENDED      it has ended, or is booked;
//   FAILED_PRECONDITION CONFIRMATION_PENDING  its confirmation is undecided: try
//                                       again once it is;
// and those said below.

// The side accepts the standing counter-offer of the other side; if there is
// none, the person accepts the offer. Accepting the person's own terms accepts
// the hold. FAILED_PRECONDITION: OWN_COUNTER_OFFER, it is the side's own;
// ALREADY_ACCEPTED; NOT_YOURS_TO_ACCEPT, the holder accepts only counter-offers.
absl::StatusOr<Notices> AcceptHold(Agenda& agenda, uint32_t hold, Side by, const Moment& moment);

// Drops the standing counter-offer: declined by the other side, withdrawn by the
// side that made it, and nothing else changes. If there is none, the person
// declines the hold, which ends it. `text`: why, at most kMostReasonBytes.
// FAILED_PRECONDITION NOT_YOURS_TO_DECLINE: the holder releases a hold instead.
absl::StatusOr<Notices> DeclineHold(Agenda& agenda, uint32_t hold, Side by, absl::string_view text,
                                    const Moment& moment);

// The side asks for other terms, in place of a counter-offer of its own. Order
// and deadline stay. FAILED_PRECONDITION COUNTER_OFFER_STANDING: the other side
// has made one; accept or decline it first.
absl::StatusOr<Notices> MakeCounterOffer(Agenda& agenda, uint32_t hold, Side by,
                                         const HoldTerms& terms, const Moment& moment);

// The holder gives the hold up.
absl::StatusOr<Notices> ReleaseHold(Agenda& agenda, uint32_t hold, absl::string_view text,
                                    const Moment& moment);

// The holder asks all holds above on any shared day to confirm or release within
// kChallengePeriod. FAILED_PRECONDITION: NOT_ACCEPTED; ALREADY_FIRST, it can be
// confirmed; ALREADY_CHALLENGING.
absl::StatusOr<Notices> ChallengeHold(Agenda& agenda, uint32_t hold, const Moment& moment);

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_ANSWER_HOLD_H_
