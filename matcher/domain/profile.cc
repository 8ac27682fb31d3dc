#include "matcher/domain/profile.h"

namespace troupe {

const ProfileRole* Profile::FindRole(absl::string_view role) const {
  for (const ProfileRole& entry : roles) {
    if (entry.role == role) return &entry;
  }
  return nullptr;
}

int32_t Profile::SkillLevel(absl::string_view skill) const {
  for (const Skill& entry : skills) {
    if (entry.skill == skill) return entry.level;
  }
  return 0;
}

std::vector<CalendarEntry> Profile::TakenUp() const {
  std::vector<CalendarEntry> entries = calendar.entries();
  if (calendar_rules.empty()) return entries;
  const Day written(absl::ToCivilDay(update_time, absl::UTCTimeZone()));
  for (const CalendarRule& rule : calendar_rules) {
    for (const DaySpan& span : Union(SpansOf(rule, time_zone, written))) {
      entries.push_back({.kind = rule.kind, .days = span, .note = rule.note,
                         .source = rule.source});
    }
  }
  return entries;
}

std::vector<DaySpan> Profile::BusySpans() const {
  if (calendar_rules.empty()) return calendar.BusySpans();
  return Calendar(TakenUp()).BusySpans();
}

std::vector<DaySpan> Profile::Holds() const {
  if (calendar_rules.empty()) return calendar.Holds();
  return Calendar(TakenUp()).Holds();
}

std::vector<DaySpan> Profile::HeldSpans() const { return Union(Holds()); }

}  // namespace troupe
