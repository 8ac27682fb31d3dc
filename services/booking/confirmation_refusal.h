#ifndef TROUPE_SERVICES_BOOKING_CONFIRMATION_REFUSAL_H_
#define TROUPE_SERVICES_BOOKING_CONFIRMATION_REFUSAL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "matcher/base/ids.h"
#include "matcher/hold/agenda.h"
#include "matcher/hold/seat_decision.h"

namespace troupe {

// Why the holds of a confirmation cannot be booked, each with its own reason, so
// that the answer names all of them. Says of no hold anything about others.
class ConfirmationRefusal {
 public:
  // `hold`, as of `agenda` if it is known, fails for `why`: an error of the
  // agenda's command.
  void Add(HoldId hold, const absl::Status& why, const Agenda* agenda);
  // The hold is not as the client has read it.
  void AddStale(HoldId hold);

  bool empty() const { return entries_.empty(); }

  // Trouble that is not about a hold comes as it is. Then, in this order: stale
  // holds (ABORTED STALE_ETAG), what is NOT_FOUND or PERMISSION_DENIED, and
  // FAILED_PRECONDITION with an entry for each hold and what it may do, under
  // their common reason or else CREW_NOT_CONFIRMED.
  absl::Status ToStatus() const;

 private:
  struct Entry {
    HoldId hold;
    absl::Status why;
    std::string options;  // What its holder may do instead.
  };
  std::vector<Entry> entries_;
};

// Why `decision`, an abort, was made, for who asked for it.
absl::Status RefusalOf(const SeatDecision& decision, const std::vector<SeatWish>& wishes);

}  // namespace troupe

#endif  // TROUPE_SERVICES_BOOKING_CONFIRMATION_REFUSAL_H_
