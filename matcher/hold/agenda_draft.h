#ifndef TROUPE_MATCHER_HOLD_AGENDA_DRAFT_H_
#define TROUPE_MATCHER_HOLD_AGENDA_DRAFT_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "matcher/hold/agenda.h"
#include "matcher/hold/days.h"
#include "matcher/hold/hold_event.h"

namespace troupe {

// A copy of an agenda that a command works on, so that one that fails changes
// nothing. Gathers what happens and works out what follows from it.
//
//   AgendaDraft draft(agenda);
//   AdvanceTo(draft, moment.now);
//   TROUPE_ASSIGN_OR_RETURN(Hold* const hold, draft.Changeable(number));
//   draft.End(*hold, HoldState::kReleased, {.time = moment.now, ...});
//   draft.Settle(moment.now);
//   return draft.Finish(agenda);
class AgendaDraft {
 public:
  explicit AgendaDraft(const Agenda& agenda);

  Agenda& agenda() { return after_; }
  const Agenda& agenda() const { return after_; }

  // The hold; NOT_FOUND HOLD_NOT_FOUND.
  absl::StatusOr<Hold*> Find(uint32_t number);
  // Likewise, one that may be changed now. FAILED_PRECONDITION HOLD_ENDED or
  // CONFIRMATION_PENDING.
  absl::StatusOr<Hold*> Changeable(uint32_t number);

  // Adds what happened to the hold's history, and to the notices.
  void Tell(Hold& hold, HoldEvent event);

  // Takes an active hold, or a booking, out for good, as `event` says.
  void End(Hold& hold, HoldState state, HoldEvent event, uint32_t booked_by = 0);

  // What follows for others from what has changed, as of `at`: challenges that
  // are answered or over; who moved up or was overtaken. To be called after
  // every step that changes a ladder.
  void Settle(absl::Time at);

  // Replaces `agenda` by the draft, with new revisions of the holds that
  // changed, and gives the notices.
  Notices Finish(Agenda& agenda);

 private:
  // How a hold stood when the ladders were last settled.
  struct Standing {
    uint64_t position = 0;
    Days days;
    Days first;
  };

  Standing StandingOf(const Hold& hold) const;
  void SettleChallenge(Hold& hold, absl::Time at);
  void TellMoves(Hold& hold, const Standing& before, const Standing& after, absl::Time at);

  const Agenda& before_;
  Agenda after_;
  std::vector<Standing> standings_;  // Of each hold of after_, as last settled.
  Notices notices_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_AGENDA_DRAFT_H_
