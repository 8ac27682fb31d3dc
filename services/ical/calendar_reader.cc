#include "services/ical/calendar_reader.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "matcher/domain/recurrence.h"
#include "services/ical/components.h"
#include "services/ical/content_lines.h"
#include "services/ical/event.h"
#include "services/ical/file_zones.h"
#include "services/ical/moment.h"

namespace troupe {
namespace {

using Reason = ReadCalendar::Reason;

constexpr int64_t kDaySeconds = 86'400;
constexpr int64_t kMostDays = 3'650;          // Of an event.
constexpr int64_t kMostRuleDays = 365;        // Of one that recurs.
constexpr size_t kMostExceptions = 500;       // Of one, none of them past.
constexpr int64_t kMostCounting = 4'000'000;  // Days of all rules with a COUNT.

// When an event takes place, or the first time that it does.
struct Extent {
  Moment start;
  int64_t seconds = 0;  // Whole days for a date; may be 0 for a time.

  // The days that it touches in `home`.
  DaySpan DaysIn(const TimeZone& home) const {
    if (start.is_date) {
      return {start.day, start.day + static_cast<int32_t>(seconds / kDaySeconds)};
    }
    const absl::Time begin = start.time();
    const absl::Time last = begin + absl::Seconds(std::max<int64_t>(seconds, 1) - 1);
    return {home.DayAt(begin), home.DayAt(last) + 1};
  }
};

// Turns the events of a file into entries and rules.
class EventReader {
 public:
  EventReader(const CalendarReading& reading, FileZones& zones, Violations& found)
      : reading_(reading), home_(zones.home()), zones_(zones), found_(found) {}

  ReadCalendar Read(const Components& components) {
    for (const Event& event : components.events) NoteOverride(event);
    for (const Event& event : components.events) AddEvent(event);
    for (const int line : components.others) Skip(line, Reason::kNoEvent);
    result_.events = static_cast<int>(components.events.size());
    std::sort(result_.skipped.begin(), result_.skipped.end(),
              [](const auto& a, const auto& b) { return a.line < b.line; });
    SortEntries();
    return std::move(result_);
  }

 private:
  Day FirstKept() const { return reading_.today - kRuleDaysBack; }

  void Skip(int line, Reason reason) { result_.skipped.push_back({line, reason}); }

  // An occurrence that is told apart takes the place of the one that recurs.
  void NoteOverride(const Event& event) {
    if (event.recurrence_id == nullptr) return;
    const ContentLine& line = *event.recurrence_id;
    if (!line.Parameter("RANGE").empty()) {
      ReportLine(line.number, "RECURRENCE-ID changes all that follows",
                 "export the series as events of their own", found_);
    }
    const auto moment = ReadMoment(line, line.value, zones_, found_);
    if (moment.has_value()) overrides_[std::string(event.Uid())].push_back(*moment);
  }

  std::optional<Extent> ReadExtent(const Event& event) {
    if (event.start == nullptr) {
      ReportLine(event.line, "VEVENT has no DTSTART", "say when it begins", found_);
      return std::nullopt;
    }
    const auto start = ReadMoment(*event.start, event.start->value, zones_, found_);
    if (!start.has_value()) return std::nullopt;
    Extent extent = {.start = *start, .seconds = start->is_date ? kDaySeconds : 0};
    if (event.end != nullptr && event.duration != nullptr) {
      ReportLine(event.duration->number, "DURATION stands beside DTEND", "give one of them",
                 found_);
      return std::nullopt;
    }
    if (event.end != nullptr && !ReadEnd(*event.end, extent)) return std::nullopt;
    if (event.duration != nullptr && !ReadLength(*event.duration, extent)) return std::nullopt;
    return extent;
  }

  bool ReadEnd(const ContentLine& line, Extent& extent) {
    const auto end = ReadMoment(line, line.value, zones_, found_);
    if (!end.has_value()) return false;
    if (end->is_date != extent.start.is_date) {
      ReportLine(line.number,
                 absl::StrCat(line.name, end->is_date ? " is a date and DTSTART a time"
                                                      : " is a time and DTSTART a date"),
                 "give both alike", found_);
      return false;
    }
    const int64_t seconds = end->is_date
                                ? (end->day - extent.start.day) * kDaySeconds
                                : absl::ToInt64Seconds(end->time() - extent.start.time());
    if (seconds < 0 || kMostDays * kDaySeconds < seconds) {
      ReportLine(line.number,
                 absl::StrCat(line.name, Shown(line.value),
                              seconds < 0 ? " is before DTSTART"
                                          : absl::StrCat(" is over ", kMostDays, " days later")),
                 "give an end after the start, and not long after it", found_);
      return false;
    }
    // Some calendars end a day's event on the day itself.
    extent.seconds = end->is_date ? std::max(seconds, kDaySeconds) : seconds;
    return true;
  }

  bool ReadLength(const ContentLine& line, Extent& extent) {
    const auto seconds = ReadDuration(line, line.value, found_);
    if (!seconds.has_value()) return false;
    extent.seconds = *seconds;
    if (extent.start.is_date) {
      const int64_t days = (*seconds + kDaySeconds - 1) / kDaySeconds;
      extent.seconds = std::max<int64_t>(days, 1) * kDaySeconds;
    }
    return true;
  }

  void AddEvent(const Event& event) {
    const std::optional<Extent> extent = ReadExtent(event);
    if (!extent.has_value()) return;
    if (event.IsCancelled()) return Skip(event.line, Reason::kCancelled);
    if (event.IsTransparent()) return Skip(event.line, Reason::kTransparent);
    CalendarEntry entry = {
        .kind = event.IsTentative() ? CalendarEntry::Kind::kHeld : CalendarEntry::Kind::kBusy,
        .source = reading_.source};
    if (reading_.include_notes) entry.note = NoteOf(event);
    const bool takes_days = event.recurrence_id != nullptr ? AddOnce(event, *extent, entry)
                                                           : AddSeries(event, *extent, entry);
    if (!takes_days) Skip(event.line, Reason::kPast);
  }

  // True unless all of it is past. So are the next ones.
  bool Add(const DaySpan& days, CalendarEntry entry) {
    if (days.limit <= FirstKept()) return false;
    entry.days = days;
    result_.entries.push_back(std::move(entry));
    return true;
  }

  bool AddOnce(const Event& event, const Extent& extent, const CalendarEntry& entry) {
    if (event.rule != nullptr) {
      ReportLine(event.rule->number, "RRULE stands beside RECURRENCE-ID",
                 "export the series as events of their own", found_);
    }
    return Add(extent.DaysIn(home_), entry);
  }

  // The zone whose days the series is counted in.
  bool IsInHours(const Extent& extent) const {
    return !extent.start.is_date && !extent.start.zone.IsSameAs(home_);
  }
  const TimeZone& ZoneOf(const Extent& extent) const {
    return IsInHours(extent) ? extent.start.zone : home_;
  }

  bool AddSeries(const Event& event, const Extent& extent, const CalendarEntry& entry) {
    const TimeZone& zone = ZoneOf(extent);
    const std::set<Day> except = ReadExceptions(event, zone);
    const Day start = extent.start.DayIn(zone);
    bool takes_days = false;
    bool meets_start = false;
    if (event.rule != nullptr) {
      const auto rule = ReadRule(*event.rule, extent);
      if (!rule.has_value()) return true;
      meets_start = !rule->DaysIn(start, start, start + 1).days.empty();
      takes_days = AddRule(event, *rule, extent, except, entry);
    }
    // The first occurrence is one even if the rule does not meet it.
    if (!meets_start && !except.contains(start)) {
      takes_days |= Add(extent.DaysIn(home_), entry);
    }
    for (const ContentLine* line : event.additions) {
      for (const absl::string_view value : absl::StrSplit(line->value, ',')) {
        takes_days |= AddAddition(*line, value, extent, except, entry);
      }
    }
    return takes_days;
  }

  bool AddAddition(const ContentLine& line, absl::string_view value, Extent extent,
                   const std::set<Day>& except, const CalendarEntry& entry) {
    const std::pair<absl::string_view, absl::string_view> period =
        absl::StrSplit(value, absl::MaxSplits('/', 1));
    const bool is_period = absl::EqualsIgnoreCase(line.Parameter("VALUE"), "PERIOD");
    const auto start = ReadMoment(line, is_period ? period.first : value, zones_, found_);
    if (!start.has_value()) return true;
    extent.start = *start;
    if (extent.start.is_date) extent.seconds = std::max(extent.seconds, kDaySeconds);
    if (is_period) {
      const bool has_length = absl::StartsWith(period.second, "P");
      ContentLine end = line;
      end.value = std::string(period.second);
      if (!(has_length ? ReadLength(end, extent) : ReadEnd(end, extent))) return true;
    }
    if (except.contains(extent.start.DayIn(ZoneOf(extent)))) return true;
    return Add(extent.DaysIn(home_), entry);
  }

  // Days of `zone` on which an occurrence of the series does not start.
  std::set<Day> ReadExceptions(const Event& event, const TimeZone& zone) {
    std::set<Day> days;
    for (const ContentLine* line : event.exceptions) {
      for (const absl::string_view value : absl::StrSplit(line->value, ',')) {
        const auto moment = ReadMoment(*line, value, zones_, found_);
        if (moment.has_value()) days.insert(moment->DayIn(zone));
      }
    }
    const auto overrides = overrides_.extract(std::string(event.Uid()));
    if (overrides.empty()) return days;
    for (const Moment& moment : overrides.mapped()) days.insert(moment.DayIn(zone));
    return days;
  }

  // The last day in the place of a time, which is as late in its day as it may
  // be for an occurrence that begins no later.
  std::optional<Day> ReadUntil(const ContentLine& line, absl::string_view value,
                               const Extent& extent) {
    auto until = ReadMoment(line, value, zones_, found_);
    if (!until.has_value()) return std::nullopt;
    if (until->is_date) return until->day;
    if (value.back() != 'Z') until->zone = extent.start.zone;
    const TimeZone& zone = ZoneOf(extent);
    const Day day = zone.DayAt(until->time());
    const bool begins_later =
        !extent.start.is_date && until->time() < zone.At(day, extent.start.second);
    return begins_later ? day - 1 : day;
  }

  std::optional<Recurrence> ReadRule(const ContentLine& line, const Extent& extent) {
    std::vector<std::string> parts = absl::StrSplit(absl::AsciiStrToUpper(line.value), ';');
    for (std::string& part : parts) {
      absl::string_view value = part;
      if (!absl::ConsumePrefix(&value, "UNTIL=")) continue;
      const auto until = ReadUntil(line, value, extent);
      if (!until.has_value()) return std::nullopt;
      const absl::CivilDay civil = until->civil();
      part = absl::StrCat("UNTIL=", civil.year(), absl::Dec(civil.month(), absl::kZeroPad2),
                          absl::Dec(civil.day(), absl::kZeroPad2));
    }
    TextFault fault;
    auto rule = Recurrence::Parse(absl::StrJoin(parts, ";"), &fault);
    if (!rule.has_value()) {
      ReportLine(line.number, absl::StrCat("RRULE ", fault.problem), fault.fix, found_);
      return std::nullopt;
    }
    if (extent.seconds > kMostRuleDays * kDaySeconds) {
      ReportLine(line.number, absl::StrCat("RRULE repeats over ", kMostRuleDays, " days"),
                 "give the event's days once", found_);
      return std::nullopt;
    }
    if (extent.start.day < Day(0)) {
      ReportLine(line.number, "RRULE repeats what began before 1970", "let it begin later", found_);
      return std::nullopt;
    }
    if (rule->count.has_value()) counting_ += std::max(reading_.today - extent.start.day, 0);
    if (counting_ > kMostCounting) {
      ReportLine(line.number, "RRULE has a COUNT, as too many that began long ago have",
                 "leave out what is past", found_);
      return std::nullopt;
    }
    return rule;
  }

  // True unless all of it is past.
  bool AddRule(const Event& event, const Recurrence& recurrence, const Extent& extent,
               const std::set<Day>& except, const CalendarEntry& entry) {
    const bool in_hours = IsInHours(extent);
    CalendarRule rule = {.kind = entry.kind,
                         .start = extent.start.DayIn(ZoneOf(extent)),
                         .recurrence = recurrence.ToString(),
                         .source = entry.source,
                         .note = entry.note};
    const int32_t length = extent.DaysIn(home_).length();
    const Day first_kept = FirstKept() - length - 2;
    const Recurrence::Days left = recurrence.DaysIn(
        rule.start, first_kept, std::max(rule.start, reading_.today) + 1);
    if (left.days.empty() && !left.goes_on) return false;
    // What an export writes begins with a day of the rule, too.
    const auto first =
        recurrence.DaysIn(rule.start, rule.start, rule.start + 5 * kRuleDaysAhead).days;
    if (first.empty()) return false;
    rule.start = first.front();
    rule.except.assign(except.lower_bound(first_kept), except.end());
    if (rule.except.size() > kMostExceptions) {
      ReportLine(event.rule->number,
                 absl::StrCat("RRULE has ", rule.except.size(), " exceptions to come"),
                 absl::StrCat("give at most ", kMostExceptions), found_);
      return true;
    }
    if (in_hours) {
      rule.hours = {.time_zone = extent.start.zone.name(),
                    .start_second = extent.start.second,
                    .seconds = static_cast<int32_t>(std::max<int64_t>(extent.seconds, 1))};
    } else {
      rule.days = length;
    }
    result_.rules.push_back(std::move(rule));
    return true;
  }

  // Without notes, one entry tells as much as several of its kind that touch.
  void SortEntries() {
    std::vector<CalendarEntry>& entries = result_.entries;
    if (!reading_.include_notes) {
      std::map<CalendarEntry::Kind, std::vector<DaySpan>> days;
      for (const CalendarEntry& entry : entries) days[entry.kind].push_back(entry.days);
      entries.clear();
      for (auto& [kind, spans] : days) {
        for (const DaySpan& span : Union(std::move(spans))) {
          entries.push_back({.kind = kind, .days = span, .source = reading_.source});
        }
      }
    }
    const auto key = [](const CalendarEntry& entry) {
      return std::tie(entry.days, entry.kind, entry.note);
    };
    std::sort(entries.begin(), entries.end(),
              [&](const auto& a, const auto& b) { return key(a) < key(b); });
    entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  }

  const CalendarReading& reading_;
  const TimeZone home_;
  FileZones& zones_;
  Violations& found_;
  ReadCalendar result_;
  std::map<std::string, std::vector<Moment>> overrides_;  // By UID.
  int64_t counting_ = 0;
};

}  // namespace

absl::StatusOr<ReadCalendar> ReadICalendar(absl::string_view text, const CalendarReading& reading) {
  Violations found;
  const std::vector<ContentLine> lines = ReadContentLines(text, found);
  if (!found.empty()) return found.ToStatus();
  FileZones zones(reading.home, reading.today);
  const Components components = ReadComponents(lines, zones, found);
  if (!found.empty()) return found.ToStatus();
  ReadCalendar calendar = EventReader(reading, zones, found).Read(components);
  if (!found.empty()) return found.ToStatus();
  return calendar;
}

}  // namespace troupe
