#include "matcher/domain/recurrence.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"

namespace troupe {
namespace {

using Frequency = Recurrence::Frequency;
using Weekday = Recurrence::Weekday;

constexpr size_t kMostBytes = 500;
constexpr int32_t kMostCount = 5'000;
constexpr int32_t kMostInterval = 1'000;
constexpr std::array<absl::string_view, 7> kWeekdays = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
constexpr std::array<absl::string_view, 4> kFrequencies = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};

int32_t WeekdayOf(Day day) {
  const int32_t from_monday = (day.since_epoch() + 3) % 7;  // 1970-01-01 was a Thursday.
  return from_monday < 0 ? from_monday + 7 : from_monday;
}

Day At(int64_t year, int month, int day) { return Day(absl::CivilDay(year, month, day)); }

template <size_t N>
std::optional<int32_t> IndexOf(const std::array<absl::string_view, N>& words,
                               absl::string_view word) {
  const auto at = std::find(words.begin(), words.end(), word);
  if (at == words.end()) return std::nullopt;
  return static_cast<int32_t>(at - words.begin());
}

// A whole number that is written without a blank, from `least` to `most`, and
// from their negatives if `either_sign`; never 0 then.
std::optional<int32_t> Number(absl::string_view text, int32_t least, int32_t most,
                              bool either_sign) {
  int32_t number = 0;
  if (text.empty() || text.size() > 6 || absl::ascii_isspace(text.front()) ||
      absl::ascii_isspace(text.back()) || !absl::SimpleAtoi(text, &number)) {
    return std::nullopt;
  }
  const int32_t size = either_sign ? std::abs(number) : number;
  if (size < least || most < size) return std::nullopt;
  return number;
}

std::optional<std::vector<int32_t>> Numbers(absl::string_view text, int32_t most,
                                            bool either_sign) {
  std::vector<int32_t> numbers;
  for (const absl::string_view part : absl::StrSplit(text, ',')) {
    const std::optional<int32_t> number = Number(part, 1, most, either_sign);
    if (!number.has_value()) return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

std::optional<std::vector<Weekday>> Weekdays(absl::string_view text) {
  std::vector<Weekday> weekdays;
  for (const absl::string_view part : absl::StrSplit(text, ',')) {
    if (part.size() < 2) return std::nullopt;
    const auto weekday = IndexOf(kWeekdays, part.substr(part.size() - 2));
    const absl::string_view nth = part.substr(0, part.size() - 2);
    const auto number = nth.empty() ? std::optional<int32_t>(0) : Number(nth, 1, 53, true);
    if (!weekday.has_value() || !number.has_value()) return std::nullopt;
    weekdays.push_back({.nth = *number, .weekday = *weekday});
  }
  return weekdays;
}

// "20261231", without a time.
std::optional<Day> DateOf(absl::string_view text) {
  if (text.size() != 8) return std::nullopt;
  return Day::Parse(absl::StrCat(text.substr(0, 4), "-", text.substr(4, 2), "-", text.substr(6)));
}

// Reads one part into `rule`; false if its value will not do.
bool ReadPart(absl::string_view name, absl::string_view value, Recurrence& rule,
              std::string* fix) {
  const auto keep = [](auto&& read, auto& to) {
    if (read.has_value()) to = *std::forward<decltype(read)>(read);
    return read.has_value();
  };
  if (name == "INTERVAL") {
    *fix = absl::StrCat("give 1 to ", kMostInterval);
    return keep(Number(value, 1, kMostInterval, false), rule.interval);
  }
  if (name == "COUNT") {
    *fix = absl::StrCat("give 1 to ", kMostCount, ", or leave it out");
    return keep(Number(value, 1, kMostCount, false), rule.count);
  }
  if (name == "UNTIL") {
    *fix = "give the last day as 20261231";
    return keep(DateOf(value), rule.until);
  }
  if (name == "BYMONTH") {
    *fix = "give months, 1 to 12";
    return keep(Numbers(value, 12, false), rule.months);
  }
  if (name == "BYMONTHDAY") {
    *fix = "give days of the month, 1 to 31 or -31 to -1";
    return keep(Numbers(value, 31, true), rule.month_days);
  }
  if (name == "BYDAY") {
    *fix = "give days as MO, 2TU or -1FR";
    return keep(Weekdays(value), rule.weekdays);
  }
  if (name == "BYSETPOS") {
    *fix = "give positions, 1 to 366 or -366 to -1";
    return keep(Numbers(value, 366, true), rule.positions);
  }
  *fix = "give MO, TU, WE, TH, FR, SA or SU";
  return keep(IndexOf(kWeekdays, value), rule.week_start);  // WKST
}

bool IsPart(absl::string_view name) {
  for (const char* known :
       {"INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST"}) {
    if (name == known) return true;
  }
  return false;
}

// What parts must not stand together; RFC 5545, 3.3.10.
std::optional<TextFault> Contradiction(const Recurrence& rule) {
  const bool by_weekday_in_month_or_year =
      rule.frequency == Frequency::kMonthly || rule.frequency == Frequency::kYearly;
  const bool has_nth = std::any_of(rule.weekdays.begin(), rule.weekdays.end(),
                                   [](const Weekday& each) { return each.nth != 0; });
  if (rule.count.has_value() && rule.until.has_value()) {
    return TextFault{"has COUNT and UNTIL", "give one of them"};
  }
  if (has_nth && !by_weekday_in_month_or_year) {
    return TextFault{"counts weekdays without a month or year",
                     "give BYDAY without numbers, or FREQ=MONTHLY"};
  }
  if (!rule.month_days.empty() && rule.frequency == Frequency::kWeekly) {
    return TextFault{"has BYMONTHDAY in weeks", "leave it out, or give FREQ=MONTHLY"};
  }
  const bool selects = !rule.months.empty() || !rule.month_days.empty() || !rule.weekdays.empty();
  if (!rule.positions.empty() && !selects) {
    return TextFault{"has BYSETPOS alone", "give another BY part, or leave it out"};
  }
  return std::nullopt;
}

bool Has(const std::vector<int32_t>& list, int32_t value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

// The days among which one repetition looks, [start, limit).
struct Recurrence::Period {
  Day start;
  Day limit;
};

std::optional<Recurrence> Recurrence::Parse(absl::string_view text, TextFault* fault) {
  if (text.size() > kMostBytes) {
    *fault = {absl::StrCat("is ", text.size(), " bytes long"),
              absl::StrCat("give at most ", kMostBytes)};
    return std::nullopt;
  }
  Recurrence rule;
  std::vector<absl::string_view> seen;
  for (const absl::string_view part : absl::StrSplit(text, ';')) {
    const std::pair<absl::string_view, absl::string_view> halves =
        absl::StrSplit(part, absl::MaxSplits('=', 1));
    const auto& [name, value] = halves;
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
      *fault = {"has a part twice", "give each part once"};
      return std::nullopt;
    }
    seen.push_back(name);
    if (name == "FREQ") {
      const auto frequency = IndexOf(kFrequencies, value);
      if (!frequency.has_value()) {
        *fault = {"repeats otherwise than in days, weeks, months or years",
                  "give FREQ=DAILY, WEEKLY, MONTHLY or YEARLY"};
        return std::nullopt;
      }
      rule.frequency = static_cast<Frequency>(*frequency);
      continue;
    }
    if (!IsPart(name)) {
      *fault = {"has a part that is not understood",
                "say it with INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS and WKST"};
      return std::nullopt;
    }
    std::string fix;
    if (!ReadPart(name, value, rule, &fix)) {
      *fault = {absl::StrCat("has a wrong ", name), fix};
      return std::nullopt;
    }
  }
  if (std::find(seen.begin(), seen.end(), "FREQ") == seen.end()) {
    *fault = {"has no FREQ", "give it as \"FREQ=WEEKLY;BYDAY=SA,SU\""};
    return std::nullopt;
  }
  if (const auto contradiction = Contradiction(rule); contradiction.has_value()) {
    *fault = *contradiction;
    return std::nullopt;
  }
  return rule;
}

std::string Recurrence::ToString() const {
  std::string text = absl::StrCat("FREQ=", kFrequencies[static_cast<size_t>(frequency)]);
  if (until.has_value()) {
    const absl::CivilDay day = until->civil();
    absl::StrAppendFormat(&text, ";UNTIL=%04d%02d%02d", day.year(), day.month(), day.day());
  }
  if (count.has_value()) absl::StrAppend(&text, ";COUNT=", *count);
  if (interval != 1) absl::StrAppend(&text, ";INTERVAL=", interval);
  if (!months.empty()) absl::StrAppend(&text, ";BYMONTH=", absl::StrJoin(months, ","));
  if (!month_days.empty()) absl::StrAppend(&text, ";BYMONTHDAY=", absl::StrJoin(month_days, ","));
  if (!weekdays.empty()) {
    absl::StrAppend(&text, ";BYDAY=",
                    absl::StrJoin(weekdays, ",", [](std::string* out, const Weekday& each) {
                      if (each.nth != 0) absl::StrAppend(out, each.nth);
                      absl::StrAppend(out, kWeekdays[static_cast<size_t>(each.weekday)]);
                    }));
  }
  if (!positions.empty()) absl::StrAppend(&text, ";BYSETPOS=", absl::StrJoin(positions, ","));
  if (week_start != 0) {
    absl::StrAppend(&text, ";WKST=", kWeekdays[static_cast<size_t>(week_start)]);
  }
  return text;
}

Recurrence::Period Recurrence::PeriodAt(Day start, int64_t number) const {
  const int64_t steps = number * interval;
  const absl::CivilDay civil = start.civil();
  switch (frequency) {
    case Frequency::kDaily: {
      const Day day = start + static_cast<int32_t>(steps);
      return {day, day + 1};
    }
    case Frequency::kWeekly: {
      const Day week = start - (WeekdayOf(start) - week_start + 7) % 7 +
                       static_cast<int32_t>(7 * steps);
      return {week, week + 7};
    }
    case Frequency::kMonthly: {
      const absl::CivilMonth month = absl::CivilMonth(civil) + steps;
      return {Day(absl::CivilDay(month)), Day(absl::CivilDay(month + 1))};
    }
    case Frequency::kYearly:
      return {At(civil.year() + steps, 1, 1), At(civil.year() + steps + 1, 1, 1)};
  }
  return {};
}

// No period before it has days at `day` or later.
int64_t Recurrence::FirstPeriodWith(Day start, Day day) const {
  if (day <= start) return 0;
  int64_t units = 0;
  switch (frequency) {
    case Frequency::kDaily:
      units = day - start;
      break;
    case Frequency::kWeekly:
      units = (day - start) / 7;
      break;
    case Frequency::kMonthly:
      units = absl::CivilMonth(day.civil()) - absl::CivilMonth(start.civil());
      break;
    case Frequency::kYearly:
      units = day.civil().year() - start.civil().year();
      break;
  }
  return units / interval;
}

bool Recurrence::MeetsWeekday(Day day, const Period& period) const {
  const int32_t weekday = WeekdayOf(day);
  const auto is_wanted = [&](const Weekday& wanted) {
    if (wanted.weekday != weekday) return false;
    if (wanted.nth == 0) return true;
    const bool in_month = frequency == Frequency::kMonthly || !months.empty();
    const absl::CivilMonth month(day.civil());
    const Day start = in_month ? Day(absl::CivilDay(month)) : period.start;
    const Day limit = in_month ? Day(absl::CivilDay(month + 1)) : period.limit;
    return wanted.nth == (day - start) / 7 + 1 || wanted.nth == -((limit - 1 - day) / 7 + 1);
  };
  return std::any_of(weekdays.begin(), weekdays.end(), is_wanted);
}

bool Recurrence::MeetsMonthDay(absl::CivilDay civil) const {
  if (Has(month_days, civil.day())) return true;
  const absl::CivilDay next_month(absl::CivilMonth(civil) + 1);
  return Has(month_days, static_cast<int32_t>(civil - next_month));
}

// The cheap tests first: most days fail one.
bool Recurrence::Meets(absl::CivilDay first, Day day, const Period& period) const {
  if (!weekdays.empty() && !MeetsWeekday(day, period)) return false;
  const bool is_plain = weekdays.empty() && month_days.empty();
  if (is_plain && frequency == Frequency::kWeekly &&
      WeekdayOf(day) != WeekdayOf(Day(first))) {
    return false;
  }
  const bool asks_for_date = !months.empty() || !month_days.empty() ||
                             (is_plain && (frequency == Frequency::kMonthly ||
                                           frequency == Frequency::kYearly));
  if (!asks_for_date) return true;
  const absl::CivilDay civil = day.civil();
  if (!months.empty() && !Has(months, civil.month())) return false;
  if (!month_days.empty()) return MeetsMonthDay(civil);
  if (!is_plain) return true;
  // What the rule leaves open is as on its first day.
  switch (frequency) {
    case Frequency::kDaily:
    case Frequency::kWeekly:
      return true;
    case Frequency::kMonthly:
      return civil.day() == first.day();
    case Frequency::kYearly:
      return civil.day() == first.day() && (!months.empty() || civil.month() == first.month());
  }
  return false;
}

// Leaves out of `days` those that have none of `positions` in a period.
static void KeepPositions(const std::vector<int32_t>& positions, std::vector<Day>& days) {
  const auto count = static_cast<int32_t>(days.size());
  size_t kept = 0;
  for (int32_t i = 0; i < count; ++i) {
    if (!Has(positions, i + 1) && !Has(positions, i - count)) continue;
    days[kept++] = days[static_cast<size_t>(i)];
  }
  days.resize(kept);
}

void Recurrence::FindCandidates(Day start, const Period& period, std::vector<Day>& days) const {
  days.clear();
  const absl::CivilDay first = start.civil();
  for (Day day = period.start; day < period.limit; day = day + 1) {
    if (Meets(first, day, period)) days.push_back(day);
  }
  if (!positions.empty()) KeepPositions(positions, days);
}

// Days that meet the rule in the periods before this one, if that is known without
// walking them: days and weeks have equally many but for the first; months do not.
std::optional<int64_t> Recurrence::CountBefore(Day start, int64_t number) const {
  if (number == 0) return 0;
  const bool is_even = months.empty() && month_days.empty() &&
                       (frequency == Frequency::kWeekly ||
                        (frequency == Frequency::kDaily && weekdays.empty()));
  if (!is_even) return std::nullopt;
  std::vector<Day> days;
  FindCandidates(start, PeriodAt(start, 0), days);
  const int64_t in_first = std::count_if(days.begin(), days.end(),
                                         [&](Day day) { return start <= day; });
  FindCandidates(start, PeriodAt(start, 1), days);
  return in_first + (number - 1) * static_cast<int64_t>(days.size());
}

Recurrence::Days Recurrence::DaysIn(Day start, Day from, Day limit) const {
  Days found;
  int64_t number = FirstPeriodWith(start, std::min(from, limit));
  int64_t left = count.value_or(0);
  if (count.has_value()) {
    const std::optional<int64_t> before = CountBefore(start, number);
    if (!before.has_value()) number = 0;
    left -= before.value_or(0);
    if (left <= 0) return found;
  }
  std::vector<Day> candidates;
  for (;; ++number) {
    const Period period = PeriodAt(start, number);
    if (until.has_value() && *until < period.start) return found;
    if (limit <= period.start) break;
    FindCandidates(start, period, candidates);
    for (const Day day : candidates) {
      if (day < start) continue;
      if (until.has_value() && *until < day) return found;
      if (limit <= day) break;
      if (from <= day) found.days.push_back(day);
      if (count.has_value() && --left == 0) return found;
    }
  }
  found.goes_on = true;
  return found;
}

}  // namespace troupe
