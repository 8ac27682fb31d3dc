#include "services/booking/hold_sides.h"

#include "matcher/base/status_macros.h"
#include "services/booking/hold_errors.h"
#include "services/convert/resource_names.h"
#include "services/rpc/resource_errors.h"

namespace troupe {

HoldSides SidesOf(const OrganizationId& caller, const StoredAgenda& stored, const Hold& hold) {
  return {.person = stored.profile.ownership.owner == caller, .holder = hold.holder == caller};
}

absl::StatusOr<const Hold*> FindHold(const OrganizationId& caller, const StoredAgenda& stored,
                                     HoldId id) {
  const Hold* const hold = stored.agenda.Find(id.number);
  if (hold == nullptr || !SidesOf(caller, stored, *hold).Any()) return HoldNotFound(id);
  return hold;
}

absl::Status CheckEtag(absl::string_view etag, const Hold& hold) {
  if (etag.empty()) return absl::OkStatus();
  TROUPE_ASSIGN_OR_RETURN(const uint64_t revision, ParseEtag(etag, "etag"));
  return revision == hold.revision ? absl::OkStatus() : StaleEtag("hold");
}

Side AnsweringSide(const Hold& hold) {
  return hold.counter_offer.has_value() ? OtherSide(hold.counter_offer->by) : Side::kPerson;
}

}  // namespace troupe
