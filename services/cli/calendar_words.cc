#include "services/cli/calendar_words.h"

#include <array>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "matcher/domain/profile.h"
#include "matcher/domain/recurrence.h"
#include "services/cli/number_text.h"
#include "services/convert/profile_conversion.h"

namespace troupe {
namespace {

using Kind = CalendarEntry::Kind;

constexpr std::array<const char*, 7> kWeekdays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<const char*, 12> kMonths = {"January", "February", "March",     "April",
                                                 "May",     "June",     "July",      "August",
                                                 "September", "October", "November", "December"};
constexpr std::array<const char*, 4> kUnits = {"day", "week", "month", "year"};

// What takes a day up most comes last.
int WeightOf(Kind kind) {
  switch (kind) {
    case Kind::kHeld: return 1;
    case Kind::kBusy: return 2;
    case Kind::kTravel: return 3;
    case Kind::kPending: return 4;
    case Kind::kBooked: return 5;
    default: return 2;
  }
}

// "1st", "2nd", "last", "3rd last".
std::string Nth(int32_t nth) {
  if (nth == -1) return "last";
  const int32_t size = std::abs(nth);
  const bool is_teen = 11 <= size % 100 && size % 100 <= 13;
  constexpr std::array<const char*, 4> kEnds = {"th", "st", "nd", "rd"};
  const char* end = is_teen || size % 10 > 3 ? "th" : kEnds[static_cast<size_t>(size % 10)];
  return absl::StrCat(size, end, nth < 0 ? " last" : "");
}

std::string NthList(const std::vector<int32_t>& numbers) {
  return absl::StrJoin(numbers, ", ", [](std::string* out, int32_t nth) {
    absl::StrAppend(out, Nth(nth));
  });
}

std::string WeekdayWords(const std::vector<Recurrence::Weekday>& weekdays) {
  return absl::StrJoin(weekdays, ", ", [](std::string* out, const Recurrence::Weekday& each) {
    if (each.nth != 0) absl::StrAppend(out, "the ", Nth(each.nth), " ");
    absl::StrAppend(out, kWeekdays[static_cast<size_t>(each.weekday)]);
  });
}

}  // namespace

std::vector<CalendarEntry> CalendarFrom(const v1::Profile& wire, Day day) {
  v1::Profile stated = wire;  // Read as if its owner had written all: else days of holds go.
  for (v1::CalendarEntry& entry : *stated.mutable_calendar()) entry.clear_hold();
  Violations ignored;  // What a server sends can be read, or is shown as far as it can.
  Profile profile = FromWire(stated, ignored);
  profile.update_time = absl::FromCivil(day.civil(), absl::UTCTimeZone());
  return profile.TakenUp();
}

std::optional<Kind> KindOn(const std::vector<CalendarEntry>& entries, Day day) {
  std::optional<Kind> most;
  for (const CalendarEntry& entry : entries) {
    if (!entry.days.Contains(day)) continue;
    if (!most.has_value() || WeightOf(*most) < WeightOf(entry.kind)) most = entry.kind;
  }
  return most;
}

char LetterOf(std::optional<Kind> kind) {
  if (!kind.has_value()) return '.';
  switch (*kind) {
    case Kind::kHeld: return 'h';
    case Kind::kBusy: return 'x';
    case Kind::kTravel: return 't';
    case Kind::kPending: return 'p';
    case Kind::kBooked: return 'B';
    default: return '?';
  }
}

Ink InkOf(std::optional<Kind> kind) {
  if (!kind.has_value()) return Ink::kFaint;
  switch (*kind) {
    case Kind::kHeld: return Ink::kCaution;
    case Kind::kBusy: return Ink::kAside;
    case Kind::kTravel: return Ink::kScore;
    case Kind::kPending: return Ink::kCaution;
    case Kind::kBooked: return Ink::kBad;
    default: return Ink::kPlain;
  }
}

std::string WordOf(v1::CalendarEntry::Kind kind) {
  const std::string& name = v1::CalendarEntry::Kind_Name(kind);
  return absl::AsciiStrToLower(absl::StripPrefix(name, "KIND_"));
}

std::string RecurrenceWords(absl::string_view recurrence) {
  TextFault fault;
  const auto rule = Recurrence::Parse(recurrence, &fault);
  if (!rule.has_value()) return std::string(recurrence);
  const char* unit = kUnits[static_cast<size_t>(rule->frequency)];
  std::string words = rule->interval == 1 ? absl::StrCat("every ", unit)
                                          : absl::StrCat("every ", rule->interval, " ", unit, "s");
  if (!rule->weekdays.empty()) absl::StrAppend(&words, " on ", WeekdayWords(rule->weekdays));
  if (!rule->month_days.empty()) {
    absl::StrAppend(&words, " on the ", NthList(rule->month_days));
  }
  if (!rule->months.empty()) {
    absl::StrAppend(&words, " in ", absl::StrJoin(rule->months, ", ", [](std::string* out, int32_t month) {
                      absl::StrAppend(out, kMonths[static_cast<size_t>(month - 1)]);
                    }));
  }
  if (!rule->positions.empty()) {
    absl::StrAppend(&words, ", the ", NthList(rule->positions), " of these");
  }
  if (rule->until.has_value()) absl::StrAppend(&words, " until ", rule->until->ToString());
  if (rule->count.has_value()) absl::StrAppend(&words, ", ", Counted(*rule->count, "time"));
  return words;
}

}  // namespace troupe
