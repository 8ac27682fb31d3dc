#include "services/convert/calendar_conversion.h"

#include <utility>
#include <vector>

#include "services/convert/message_fields.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

constexpr size_t kMostEntries = 1'000;
constexpr size_t kMostRules = 100;
constexpr size_t kMostExceptions = 500;

static_assert(v1::CalendarEntry::Kind_MAX == static_cast<int>(CalendarEntry::Kind::kPending));

void AddRuns(v1::CalendarEntry::Kind kind, const std::vector<DaySpan>& runs,
             WireCalendar& wire) {
  for (const DaySpan& run : runs) {
    v1::CalendarEntry& entry = *wire.Add();
    entry.set_kind(kind);
    *entry.mutable_dates() = ToWire(run);
  }
}

}  // namespace

static CalendarEntry FromWire(const v1::CalendarEntry& wire, const Field& field) {
  CalendarEntry entry;
  entry.kind = ReadEnum<CalendarEntry::Kind>(
      field["kind"], wire.kind(), v1::CalendarEntry::Kind_IsValid(wire.kind()),
      "state KIND_BUSY, KIND_HELD, KIND_BOOKED or KIND_TRAVEL");
  if (wire.has_dates()) {
    entry.days = FromWire(wire.dates(), field["dates"]);
  } else {
    field["dates"].Report("is not given", "give the days from start to limit");
  }
  if (!wire.project().empty()) entry.project = ReadProjectName(field["project"], wire.project());
  entry.note = wire.note();
  entry.source = wire.source();
  return entry;
}

static v1::CalendarEntry ToWire(const CalendarEntry& entry, ProfileId owner) {
  v1::CalendarEntry wire;
  wire.set_kind(static_cast<v1::CalendarEntry::Kind>(entry.kind));
  *wire.mutable_dates() = ToWire(entry.days);
  if (entry.project) wire.set_project(FormatName(entry.project));
  wire.set_note(entry.note);
  if (entry.hold != 0) wire.set_hold(FormatName(HoldId{.profile = owner, .number = entry.hold}));
  wire.set_source(entry.source);
  return wire;
}

static CalendarRule FromWire(const v1::CalendarRule& wire, const Field& field) {
  CalendarRule rule;
  rule.kind = ReadEnum<CalendarEntry::Kind>(
      field["kind"], wire.kind(), v1::CalendarEntry::Kind_IsValid(wire.kind()),
      "state KIND_BUSY or KIND_HELD");
  if (wire.has_start()) {
    rule.start = FromWire(wire.start(), field["start"]);
  } else {
    field["start"].Report("is not given", "give a date");
  }
  rule.recurrence = wire.recurrence();
  rule.except = SortedDistinct(ReadAll(field["except"], wire.except(), kMostExceptions));
  if (wire.has_hours()) {
    rule.hours = {.time_zone = wire.hours().time_zone(),
                  .start_second = wire.hours().start_second(),
                  .seconds = wire.hours().seconds()};
  }
  // An occurrence has a length once: in days or in hours.
  if (!rule.hours.has_value() || wire.days() != 0) rule.days = wire.days() == 0 ? 1 : wire.days();
  rule.source = wire.source();
  rule.note = wire.note();
  return rule;
}

static v1::CalendarRule ToWire(const CalendarRule& rule) {
  v1::CalendarRule wire;
  wire.set_kind(static_cast<v1::CalendarEntry::Kind>(rule.kind));
  *wire.mutable_start() = ToWire(rule.start);
  wire.set_recurrence(rule.recurrence);
  WriteAll(rule.except, *wire.mutable_except());
  if (rule.hours.has_value()) {
    wire.mutable_hours()->set_time_zone(rule.hours->time_zone);
    wire.mutable_hours()->set_start_second(rule.hours->start_second);
    wire.mutable_hours()->set_seconds(rule.hours->seconds);
  } else {
    wire.set_days(rule.days);
  }
  wire.set_source(rule.source);
  wire.set_note(rule.note);
  return wire;
}

Calendar FromWire(const WireCalendar& wire, const Field& field) {
  std::vector<CalendarEntry> entries;
  size_t own = 0;
  for (const v1::CalendarEntry& entry : wire) own += entry.hold().empty() ? 1 : 0;
  CheckCount(field, own, kMostEntries);
  if (own > kMostEntries) return Calendar();
  for (int i = 0; i < wire.size(); ++i) {
    const Field entry = field[static_cast<size_t>(i)];
    if (wire[i].hold().empty()) {
      entries.push_back(FromWire(wire[i], entry));
    } else {
      ReadHoldName(entry["hold"], wire[i].hold());  // Else it is the server's to write.
    }
  }
  return Calendar(std::move(entries));
}

WireCalendar FullCalendar(const Calendar& calendar, ProfileId owner) {
  WireCalendar wire;
  for (const CalendarEntry& entry : calendar.entries()) *wire.Add() = ToWire(entry, owner);
  return wire;
}

std::vector<CalendarRule> FromWire(const WireCalendarRules& wire, const Field& field) {
  return ReadAll(field, wire, kMostRules);
}

WireCalendarRules FullCalendarRules(const std::vector<CalendarRule>& rules) {
  WireCalendarRules wire;
  WriteAll(rules, wire);
  return wire;
}

WireCalendar PublicCalendar(const Profile& profile) {
  WireCalendar wire;
  AddRuns(v1::CalendarEntry::KIND_BUSY, profile.BusySpans(), wire);
  AddRuns(v1::CalendarEntry::KIND_HELD, profile.HeldSpans(), wire);
  return wire;
}

}  // namespace troupe
