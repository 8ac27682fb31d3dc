#ifndef TROUPE_SERVICES_BOOKING_HOLD_SIDES_H_
#define TROUPE_SERVICES_BOOKING_HOLD_SIDES_H_

#include "absl/status/statusor.h"
#include "matcher/base/ids.h"
#include "matcher/hold/hold.h"
#include "matcher/hold/hold_terms.h"
#include "services/booking/agenda_writer.h"

namespace troupe {

// Which sides of a hold the caller is: one organization may own both the
// profile and the project.
struct HoldSides {
  bool person = false;
  bool holder = false;

  bool Any() const { return person || holder; }
  // The side that it speaks for where one alone would do: `first` if it is that.
  Side Preferring(Side first) const {
    const bool is_first = first == Side::kPerson ? person : holder;
    return is_first ? first : OtherSide(first);
  }
};

HoldSides SidesOf(const OrganizationId& caller, const StoredAgenda& stored, const Hold& hold);

// The hold, if the caller is a side of it; else NOT_FOUND, reason HOLD_NOT_FOUND.
absl::StatusOr<const Hold*> FindHold(const OrganizationId& caller, const StoredAgenda& stored,
                                     HoldId id);

// ABORTED, reason STALE_ETAG, unless `etag` is empty or that of `hold`.
absl::Status CheckEtag(absl::string_view etag, const Hold& hold);

// Who answers what stands: the side that did not make the counter-offer, or, if
// there is none, the person.
Side AnsweringSide(const Hold& hold);

}  // namespace troupe

#endif  // TROUPE_SERVICES_BOOKING_HOLD_SIDES_H_
