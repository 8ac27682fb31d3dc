#include "matcher/hold/hold_window.h"

#include <cstdint>
#include <optional>
#include <random>
#include <tuple>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/dice.h"

namespace troupe {
namespace {

using ::testing::Eq;
using Rule = Window::Rule;

Days From(std::vector<int32_t> numbers) {
  std::vector<Day> days;
  for (int32_t number : numbers) days.emplace_back(number);
  return Days(std::move(days));
}

Window Of(Rule rule, int32_t start, int32_t limit, int32_t days = 0) {
  return {.span = {.start = Day(start), .limit = Day(limit)}, .rule = rule, .days = days};
}

// Every choice of days to work, tried one after the other; the one that starts
// earliest, then ends earliest, then has the earliest days between.
std::optional<BookedDays> EarliestByTrial(const Window& window, int32_t travel_days,
                                          const Days& free) {
  std::optional<BookedDays> best;
  const uint32_t length = static_cast<uint32_t>(window.span.length());
  for (uint32_t bits = 1; bits < (1u << length); ++bits) {
    std::vector<int32_t> chosen;
    for (uint32_t i = 0; i < length; ++i) {
      if ((bits >> i & 1) != 0) chosen.push_back(window.span.start.since_epoch() + static_cast<int32_t>(i));
    }
    const std::optional<BookedDays> choice = ChoiceOf(window, travel_days, From(chosen));
    if (!choice.has_value() || !free.ContainsAll(choice->All())) continue;
    const auto key = [](const BookedDays& c) {
      return std::tuple(c.work.first(), c.work.last(), std::vector<Day>(c.work.begin(), c.work.end()));
    };
    if (!best.has_value() || key(*choice) < key(*best)) best = choice;
  }
  return best;
}

TEST(HoldWindowTest, NeedsEveryDayOfAllDaysAndItsTravel) {
  const Window window = Of(Rule::kAllDays, 5, 7);
  EXPECT_TRUE(EarliestChoice(window, 1, From({4, 5, 6, 7})).has_value());
  EXPECT_FALSE(EarliestChoice(window, 1, From({5, 6, 7})).has_value());
  EXPECT_FALSE(EarliestChoice(window, 1, From({4, 5, 6})).has_value());
}

TEST(HoldWindowTest, TakesTheEarliestOfAnyDaysAcrossGaps) {
  EXPECT_THAT(EarliestChoice(Of(Rule::kAnyDays, 0, 9, 2), 0, From({3, 5, 8})),
              Eq(BookedDays{.work = From({3, 5})}));
}

TEST(HoldWindowTest, TakesTheEarliestRun) {
  EXPECT_THAT(EarliestChoice(Of(Rule::kContiguousDays, 0, 9, 2), 0, From({3, 5, 6, 7})),
              Eq(BookedDays{.work = From({5, 6})}));
}

TEST(HoldWindowTest, TravelsOnDaysOfTheWindowItself) {
  EXPECT_THAT(EarliestChoice(Of(Rule::kAnyDays, 0, 9, 1), 1, From({3, 4, 5})),
              Eq(BookedDays{.work = From({4}), .travel = From({3, 5})}));
}

TEST(HoldWindowTest, RefusesAChoiceOfAnotherNumberOrOutsideOrWithAGap) {
  EXPECT_FALSE(ChoiceOf(Of(Rule::kAnyDays, 0, 4, 2), 0, From({1})).has_value());
  EXPECT_FALSE(ChoiceOf(Of(Rule::kAnyDays, 0, 4, 2), 0, From({3, 4})).has_value());
  EXPECT_FALSE(ChoiceOf(Of(Rule::kContiguousDays, 0, 4, 2), 0, From({1, 3})).has_value());
}

TEST(HoldWindowTest, FindsWhatTryingEveryChoiceFinds) {
  std::mt19937_64 rng(7);
  testing::Dice dice(rng);
  int met = 0;
  for (int round = 0; round < 20'000; ++round) {
    const int32_t length = dice.Between(1, 6);
    const Rule rule = dice.Pick(std::vector{Rule::kAllDays, Rule::kAnyDays, Rule::kContiguousDays});
    const Window window =
        Of(rule, 10, 10 + length, rule == Rule::kAllDays ? 0 : dice.Between(1, length));
    std::vector<int32_t> numbers;
    for (int32_t day = 7; day < 20; ++day) {
      if (!dice.OneIn(3)) numbers.push_back(day);
    }
    const int32_t travel = dice.Between(0, 2);
    const auto expected = EarliestByTrial(window, travel, From(numbers));
    ASSERT_EQ(EarliestChoice(window, travel, From(numbers)), expected) << "round " << round;
    met += expected.has_value();
  }
  EXPECT_GT(met, 1'000);
}

}  // namespace
}  // namespace troupe
