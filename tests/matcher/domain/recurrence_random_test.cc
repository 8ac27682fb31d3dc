#include <libical/ical.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/domain/recurrence.h"
#include "tests/testing/dice.h"

// Random rules against libical's own iteration, which knows nothing of ours.
namespace troupe {
namespace {

using testing::Dice;

const std::vector<std::string> kDays = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

std::string RandomNumbers(Dice& dice, int most, bool either_sign) {
  std::vector<int> numbers(1 + dice.Below(3));
  for (int& number : numbers) {
    number = dice.Between(1, most) * (either_sign && dice.OneIn(3) ? -1 : 1);
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return absl::StrJoin(numbers, ",");
}

std::string RandomWeekdays(Dice& dice, bool counted) {
  std::vector<std::string> days = dice.Some(kDays, 3);
  if (days.empty()) days = {"WE"};
  if (counted) {
    for (std::string& day : days) day = absl::StrCat(dice.Pick(std::vector<int>{1, 2, -1, 5}), day);
  }
  return absl::StrJoin(days, ",");
}

std::string RandomRule(Dice& dice) {
  const int frequency = dice.Between(0, 3);
  constexpr const char* kNames[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
  std::string rule = absl::StrCat("FREQ=", kNames[frequency]);
  if (dice.OneIn(2)) absl::StrAppend(&rule, ";INTERVAL=", dice.Between(1, 4));
  const int end = dice.Between(0, 2);
  if (end == 1) absl::StrAppend(&rule, ";COUNT=", dice.Between(1, 30));
  if (end == 2) absl::StrAppend(&rule, ";UNTIL=", 2026 + dice.Between(0, 3), "0", dice.Between(1, 9), "15");
  bool selects = false;
  if (dice.OneIn(3)) {
    absl::StrAppend(&rule, ";BYMONTH=", RandomNumbers(dice, 12, false));
    selects = true;
  }
  if (frequency != 1 && dice.OneIn(4)) {
    absl::StrAppend(&rule, ";BYMONTHDAY=", RandomNumbers(dice, 31, true));
    selects = true;
  } else if (dice.OneIn(2)) {
    absl::StrAppend(&rule, ";BYDAY=", RandomWeekdays(dice, frequency >= 2 && dice.OneIn(2)));
    selects = true;
  }
  if (selects && frequency >= 2 && dice.OneIn(5)) {
    absl::StrAppend(&rule, ";BYSETPOS=", dice.Pick(std::vector<int>{1, 2, -1}));
  }
  if (dice.OneIn(4)) absl::StrAppend(&rule, ";WKST=", dice.OneIn(2) ? "SU" : "MO");
  return rule;
}

// Libical 3.0 counts an interval of days anew from each month that BYMONTH names,
// knows no days from a month's end in days, and takes positions among month days
// as they are written, not in their order; and it has month days of a year in the
// first one's month only, where RFC 5545 has them in each. Of every second week's
// Sunday it misses the first.
bool LibicalErrsIn(const std::string& rule) {
  const bool has_interval = absl::StartsWith(rule, "FREQ=DAILY;INTERVAL");
  const bool is_daily = absl::StartsWith(rule, "FREQ=DAILY");
  const bool is_yearly = absl::StartsWith(rule, "FREQ=YEARLY");
  return (has_interval && absl::StrContains(rule, "BYMONTH=")) ||
         (is_daily && absl::StrContains(rule, "BYMONTHDAY=") && absl::StrContains(rule, "-")) ||
         (absl::StartsWith(rule, "FREQ=WEEKLY;INTERVAL") && absl::StrContains(rule, "BYDAY=SU")) ||
         (is_yearly && absl::StrContains(rule, "BYMONTHDAY=") &&
          !absl::StrContains(rule, "BYMONTH=")) ||
         (absl::StrContains(rule, "BYMONTHDAY=") && absl::StrContains(rule, "BYSETPOS="));
}

// Those in [start, limit).
std::vector<std::string> DaysOfLibical(const std::string& rule, Day start, Day limit) {
  icalrecurrencetype parsed = icalrecurrencetype_from_string(rule.c_str());
  EXPECT_NE(parsed.freq, ICAL_NO_RECURRENCE) << rule;
  const absl::CivilDay civil = start.civil();
  icaltimetype first = icaltime_null_time();
  first.year = static_cast<int>(civil.year());
  first.month = civil.month();
  first.day = civil.day();
  first.is_date = 1;
  icalrecur_iterator* iterator = icalrecur_iterator_new(parsed, first);
  std::vector<std::string> days;
  while (iterator != nullptr) {
    const icaltimetype next = icalrecur_iterator_next(iterator);
    if (icaltime_is_null_time(next)) break;
    const Day day(absl::CivilDay(next.year, next.month, next.day));
    if (limit <= day) break;
    days.push_back(day.ToString());
  }
  if (iterator != nullptr) icalrecur_iterator_free(iterator);
  return days;
}

TEST(RecurrenceRandomTest, GivesTheDaysThatLibicalGives) {
  std::mt19937_64 rng(1);
  Dice dice(rng);
  int with_days = 0;
  for (int i = 0; i < 5'000; ++i) {
    const std::string text = RandomRule(dice);
    if (LibicalErrsIn(text)) continue;
    const Day start = Day(absl::CivilDay(2026, 1, 1)) + dice.Between(0, 800);
    TextFault fault;
    const auto rule = Recurrence::Parse(text, &fault);
    ASSERT_TRUE(rule.has_value()) << text << ": " << fault.problem;
    std::vector<std::string> days;
    for (const Day day : rule->DaysIn(start, start, start + 1'200).days) days.push_back(day.ToString());
    if (days.empty()) continue;  // Libical would look for one without end.
    ASSERT_EQ(days, DaysOfLibical(text, start, start + 1'200)) << text << " " << start.ToString();
    ++with_days;
  }
  EXPECT_GT(with_days, 3'000);
}

}  // namespace
}  // namespace troupe
