#include "matcher/hold/advance.h"

#include "matcher/hold/agenda_draft.h"
#include "matcher/hold/due.h"

namespace troupe {

std::optional<absl::Time> NextDue(const Agenda& agenda) {
  const std::optional<Due> due = FirstDue(agenda);
  if (!due.has_value()) return std::nullopt;
  return due->time;
}

Notices Advance(Agenda& agenda, const Moment& moment) {
  AgendaDraft draft(agenda);
  AdvanceTo(draft, moment.now);
  return draft.Finish(agenda);
}

}  // namespace troupe
