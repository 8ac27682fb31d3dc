#ifndef TROUPE_MATCHER_HOLD_ADVANCE_H_
#define TROUPE_MATCHER_HOLD_ADVANCE_H_

#include <optional>

#include "absl/time/time.h"
#include "matcher/hold/agenda.h"
#include "matcher/hold/moment.h"

namespace troupe {

// What time does to holds: they expire; challenged ones are released; a
// challenger that could confirm and did not falls to last.

// When the next of that is due; nullopt if nothing is until somebody acts. What
// waits for an undecided confirmation is not due before the decision.
std::optional<absl::Time> NextDue(const Agenda& agenda);

// Does all that is due by moment.now, in the order of (time, hold number), each
// as of the time when it was due: one jump and many small steps come to the
// same. Nothing and no notices if NextDue is later.
Notices Advance(Agenda& agenda, const Moment& moment);

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_ADVANCE_H_
