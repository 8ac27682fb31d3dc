#include "services/log/engagement.h"

#include <algorithm>

namespace troupe {

std::map<ProjectId, Day> EngagementsOf(const Profile& profile) {
  std::map<ProjectId, Day> engagements;
  for (const CalendarEntry& entry : profile.calendar.entries()) {
    const bool engages = entry.kind == CalendarEntry::Kind::kHeld ||
                         entry.kind == CalendarEntry::Kind::kBooked ||
                         entry.kind == CalendarEntry::Kind::kPending;
    if (!engages || !entry.project) continue;
    const Day last = entry.days.limit - 1;
    const auto [known, is_new] = engagements.emplace(entry.project, last);
    if (!is_new) known->second = std::max(known->second, last);
  }
  return engagements;
}

}  // namespace troupe
