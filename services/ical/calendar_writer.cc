#include "services/ical/calendar_writer.h"

#include <libical/ical.h>
#include <unicode/vtzone.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "matcher/base/stable_hash.h"
#include "matcher/domain/calendar_rule.h"
#include "matcher/domain/recurrence.h"
#include "matcher/domain/time_zone.h"

namespace troupe {
namespace {

using Kind = CalendarEntry::Kind;

constexpr char kProduct[] = "-//Troupe//Calendars//EN";

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using ComponentPtr = std::unique_ptr<icalcomponent, FreeComponent>;

const char* WordOf(Kind kind) {
  switch (kind) {
    case Kind::kHeld: return "Held";
    case Kind::kBooked: return "Booked";
    case Kind::kTravel: return "Travel";
    case Kind::kPending: return "Being booked";
    default: return "Busy";
  }
}

icaltimetype DateOf(Day day) {
  const absl::CivilDay civil = day.civil();
  icaltimetype date = icaltime_null_time();
  date.year = static_cast<int>(civil.year());
  date.month = civil.month();
  date.day = civil.day();
  date.is_date = 1;
  return date;
}

icaltimetype TimeOf(Day day, int32_t second) {
  icaltimetype time = DateOf(day);
  time.is_date = 0;
  time.hour = second / 3'600;
  time.minute = second / 60 % 60;
  time.second = second % 60;
  return time;
}

icaltimetype UtcOf(absl::Time time) {
  return icaltime_from_timet_with_zone(absl::ToTimeT(time), 0, icaltimezone_get_utc_timezone());
}

// Gives a property the time zone that its time is of.
icalproperty* InZone(icalproperty* property, const std::string& zone) {
  icalproperty_add_parameter(property, icalparameter_new_tzid(zone.c_str()));
  return property;
}

// Writes one profile's calendar.
class CalendarText {
 public:
  CalendarText(const Profile& profile, const CalendarWriting& writing)
      : profile_(profile), writing_(writing), calendar_(icalcomponent_new_vcalendar()) {
    icalcomponent_add_property(calendar_.get(), icalproperty_new_prodid(kProduct));
    icalcomponent_add_property(calendar_.get(), icalproperty_new_version("2.0"));
    icalcomponent_add_property(calendar_.get(), icalproperty_new_calscale("GREGORIAN"));
  }

  void Add(const CalendarEntry& entry) {
    if (IsLeftOut(entry.source)) return;
    icalcomponent* event = NewEvent(
        entry.kind, entry.note,
        absl::StrCat(entry.days.start.since_epoch(), "/", entry.days.limit.since_epoch()));
    AddDates(entry.days.start, entry.days.limit, event);
    icalcomponent_add_component(calendar_.get(), event);
  }

  void Add(const CalendarRule& rule) {
    if (IsLeftOut(rule.source)) return;
    TextFault fault;
    const auto recurrence = Recurrence::Parse(rule.recurrence, &fault);
    if (!recurrence.has_value()) return AddFrom(rule);
    // An event's start is one of its days; that of a rule need not be.
    const auto first =
        recurrence->DaysIn(rule.start, rule.start, rule.start + 5 * kRuleDaysAhead).days;
    if (first.empty()) return;
    std::string identity = absl::StrCat(rule.start.since_epoch(), "/", rule.days, "/",
                                        recurrence->ToString());
    for (const Day day : rule.except) absl::StrAppend(&identity, "/", day.since_epoch());
    if (rule.hours.has_value()) {
      absl::StrAppend(&identity, "/", rule.hours->time_zone, "/", rule.hours->start_second, "/",
                      rule.hours->seconds);
    }
    icalcomponent* event = NewEvent(rule.kind, rule.note, identity);
    AddRule(rule, *recurrence, first.front(), event);
    icalcomponent_add_component(calendar_.get(), event);
  }

  std::string Text() const {
    char* text = icalcomponent_as_ical_string_r(calendar_.get());
    std::string copy = text == nullptr ? "" : text;
    std::free(text);
    return copy;
  }

 private:
  bool IsLeftOut(const std::string& source) const {
    return !source.empty() && source == writing_.without_source;
  }

  // `identity` tells the event from all others of its kind and note.
  icalcomponent* NewEvent(Kind kind, const std::string& note, const std::string& identity) {
    const std::string uid = absl::StrFormat(
        "%016x-%016x@troupe.dev", profile_.id.value(),
        StableHash({absl::StrCat(static_cast<int>(kind)), identity, note,
                    absl::StrCat(repeats_[absl::StrCat(static_cast<int>(kind), "/", identity, "/",
                                                       note)]++)}));
    icalcomponent* event = icalcomponent_new_vevent();
    const bool is_named = writing_.include_notes && !note.empty();
    icalcomponent_add_property(event, icalproperty_new_uid(uid.c_str()));
    icalcomponent_add_property(event, icalproperty_new_dtstamp(UtcOf(writing_.now)));
    icalcomponent_add_property(event,
                               icalproperty_new_summary(is_named ? note.c_str() : WordOf(kind)));
    icalcomponent_add_property(
        event, icalproperty_new_status(kind == Kind::kHeld || kind == Kind::kPending
                                          ? ICAL_STATUS_TENTATIVE
                                                           : ICAL_STATUS_CONFIRMED));
    icalcomponent_add_property(event, icalproperty_new_transp(ICAL_TRANSP_OPAQUE));
    icalcomponent_add_property(event, icalproperty_new_categories(WordOf(kind)));
    return event;
  }

  static void AddDates(Day start, Day limit, icalcomponent* event) {
    icalcomponent_add_property(event, icalproperty_new_dtstart(DateOf(start)));
    icalcomponent_add_property(event, icalproperty_new_dtend(DateOf(limit)));
  }

  void AddRule(const CalendarRule& rule, const Recurrence& recurrence, Day first,
               icalcomponent* event) {
    if (!rule.hours.has_value()) {
      AddDates(first, first + rule.days, event);
      AddRecurrence(recurrence.ToString(), event);
      for (const Day day : rule.except) {
        icalcomponent_add_property(event, icalproperty_new_exdate(DateOf(day)));
      }
      return;
    }
    const ZonedHours& hours = *rule.hours;
    AddZone(hours.time_zone);
    icalcomponent_add_property(
        event, InZone(icalproperty_new_dtstart(TimeOf(first, hours.start_second)),
                      hours.time_zone));
    icaldurationtype duration = icaldurationtype_null_duration();
    duration.hours = static_cast<unsigned int>(hours.seconds / 3'600);
    duration.minutes = static_cast<unsigned int>(hours.seconds / 60 % 60);
    duration.seconds = static_cast<unsigned int>(hours.seconds % 60);
    icalcomponent_add_property(event, icalproperty_new_duration(duration));
    AddRecurrence(InHours(recurrence, hours), event);
    for (const Day day : rule.except) {
      icalcomponent_add_property(
          event, InZone(icalproperty_new_exdate(TimeOf(day, hours.start_second)),
                        hours.time_zone));
    }
  }

  // Where a series starts at a time, RFC 5545 wants its end as a time of UTC.
  static std::string InHours(const Recurrence& recurrence, const ZonedHours& hours) {
    if (!recurrence.until.has_value()) return recurrence.ToString();
    Recurrence endless = recurrence;
    endless.until.reset();
    const absl::Time last =
        TimeZone::Of(hours.time_zone).At(*recurrence.until, hours.start_second);
    return absl::StrCat(endless.ToString(), ";UNTIL=",
                        absl::FormatTime("%E4Y%m%dT%H%M%SZ", last, absl::UTCTimeZone()));
  }

  static void AddRecurrence(const std::string& text, icalcomponent* event) {
    icalcomponent_add_property(
        event, icalproperty_new_rrule(icalrecurrencetype_from_string(text.c_str())));
  }

  // Of a rule that cannot be read, all that it may take up.
  void AddFrom(const CalendarRule& rule) {
    Add(CalendarEntry{.kind = rule.kind,
                      .days = {rule.start, kEndOfDays},
                      .note = rule.note,
                      .source = rule.source});
  }

  // Defines a zone, once.
  void AddZone(const std::string& name) {
    if (!zones_.insert(name).second) return;
    const std::unique_ptr<icu::VTimeZone> zone(
        icu::VTimeZone::createVTimeZoneByID(icu::UnicodeString::fromUTF8(name)));
    if (zone == nullptr) return;
    icu::UnicodeString text;
    UErrorCode error = U_ZERO_ERROR;
    zone->writeSimple(static_cast<double>(absl::ToUnixMillis(writing_.now)), text, error);
    if (U_FAILURE(error)) return;
    std::string utf8;
    text.toUTF8String(utf8);
    icalcomponent* parsed = icalparser_parse_string(utf8.c_str());
    if (parsed != nullptr) icalcomponent_add_component(calendar_.get(), parsed);
  }

  const Profile& profile_;
  const CalendarWriting& writing_;
  const ComponentPtr calendar_;
  std::set<std::string> zones_;
  std::map<std::string, int> repeats_;  // By what an event is.
};

}  // namespace

std::string WriteICalendar(const Profile& profile, const CalendarWriting& writing) {
  icalerror_set_errors_are_fatal(false);
  CalendarText text(profile, writing);
  for (const CalendarEntry& entry : profile.calendar.entries()) text.Add(entry);
  for (const CalendarRule& rule : profile.calendar_rules) text.Add(rule);
  return text.Text();
}

}  // namespace troupe
