#include "services/convert/calendar_conversion.h"

#include <vector>

#include "services/convert/message_fields.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

constexpr size_t kMostEntries = 1'000;

static_assert(v1::CalendarEntry::Kind_MAX == static_cast<int>(CalendarEntry::Kind::kTravel));

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
  return entry;
}

static v1::CalendarEntry ToWire(const CalendarEntry& entry) {
  v1::CalendarEntry wire;
  wire.set_kind(static_cast<v1::CalendarEntry::Kind>(entry.kind));
  *wire.mutable_dates() = ToWire(entry.days);
  if (entry.project) wire.set_project(FormatName(entry.project));
  wire.set_note(entry.note);
  return wire;
}

Calendar FromWire(const WireCalendar& wire, const Field& field) {
  return Calendar(ReadAll(field, wire, kMostEntries));
}

WireCalendar FullCalendar(const Calendar& calendar) {
  WireCalendar wire;
  WriteAll(calendar.entries(), wire);
  return wire;
}

WireCalendar PublicCalendar(const Calendar& calendar) {
  WireCalendar wire;
  AddRuns(v1::CalendarEntry::KIND_BUSY, calendar.BusySpans(), wire);
  AddRuns(v1::CalendarEntry::KIND_HELD, calendar.HeldSpans(), wire);
  return wire;
}

}  // namespace troupe
