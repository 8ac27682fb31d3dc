#include "matcher/rank/work_plan.h"

#include <algorithm>
#include <bit>
#include <random>
#include <set>
#include <vector>

#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/domain/calendar.h"
#include "matcher/rank/eligibility.h"
#include "tests/testing/builders.h"
#include "tests/testing/dice.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using testing::D;
using testing::Dice;
using testing::OpeningBuilder;
using testing::ProjectBuilder;
using testing::Span;

constexpr Day kToday = Day(20780);  // 2026-11-23

Demand DemandOf(const OpeningBuilder& opening) {
  const Project project = ProjectBuilder().With(opening).Build();
  return MakeDemand(project, project.openings.front());
}

WorkPlan PlanOf(const OpeningBuilder& opening, Day as_of = kToday) {
  return WorkPlan(DemandOf(opening), as_of);
}

bool IsMet(const OpeningBuilder& opening, const std::vector<DaySpan>& busy, int32_t travel) {
  return PlanOf(opening).IsMetBy(DaySet{busy}, travel);
}

TEST(WorkPlanTest, AsksForTravelDaysAroundAllDays) {
  const OpeningBuilder opening = OpeningBuilder().AllDays("2026-12-05", 3);
  EXPECT_TRUE(IsMet(opening, {Span("2026-12-02", 2), Span("2026-12-09", 1)}, 1));
  EXPECT_FALSE(IsMet(opening, {Span("2026-12-04", 1)}, 1));
  EXPECT_FALSE(IsMet(opening, {Span("2026-12-08", 1)}, 1));
  EXPECT_FALSE(IsMet(opening, {Span("2026-12-03", 1)}, 2));
}

TEST(WorkPlanTest, AsksForTravelDaysAroundARunAlsoOutsideTheWindow) {
  const OpeningBuilder opening = OpeningBuilder().RunOf(2, "2026-12-05", 3);
  EXPECT_TRUE(IsMet(opening, {Span("2026-12-03", 1), Span("2026-12-08", 1)}, 1));
  EXPECT_FALSE(IsMet(opening, {Span("2026-12-04", 1), Span("2026-12-08", 1)}, 1));
}

TEST(WorkPlanTest, AsksForTravelDaysBeforeTheFirstAndAfterTheLastOfAnyDays) {
  const OpeningBuilder opening = OpeningBuilder().AnyDays(2, "2026-12-05", 5);
  // Works on the 5th and the 9th; what is between does not matter.
  EXPECT_TRUE(IsMet(opening, {Span("2026-12-06", 3)}, 1));
  EXPECT_FALSE(IsMet(opening, {Span("2026-12-04", 1), Span("2026-12-06", 3)}, 1));
}

TEST(WorkPlanTest, AsksNothingOfTravelDaysThatArePast) {
  const std::vector<DaySpan> busy = {Span("2026-11-20", 3)};  // To yesterday.
  EXPECT_TRUE(IsMet(OpeningBuilder().AllDays("2026-11-23", 3), busy, 2));
  EXPECT_TRUE(IsMet(OpeningBuilder().AnyDays(2, "2026-11-23", 3), busy, 2));
  EXPECT_TRUE(IsMet(OpeningBuilder().RunOf(3, "2026-11-20", 6), busy, 2));
}

TEST(WorkPlanTest, AsksForSoManyOfTheBlocks) {
  const OpeningBuilder opening = OpeningBuilder()
                                     .Block("2026-12-01", 2)
                                     .Block("2026-12-10", 2)
                                     .BlockOf(1, "2026-12-20", 2)
                                     .BlocksNeeded(2);
  EXPECT_TRUE(IsMet(opening, {Span("2026-12-02", 1), Span("2026-12-20", 1)}, 0));
  EXPECT_FALSE(IsMet(opening, {Span("2026-12-02", 1), Span("2026-12-20", 2)}, 0));
}

TEST(WorkPlanTest, AsksForAllBlocksUnlessToldOtherwise) {
  const OpeningBuilder opening =
      OpeningBuilder().Block("2026-12-01", 2).Block("2026-12-10", 2);
  EXPECT_TRUE(IsMet(opening, {Span("2026-12-03", 7)}, 0));
  EXPECT_FALSE(IsMet(opening, {Span("2026-12-03", 7)}, 1));
}

TEST(WorkPlanTest, NeedsNoMoreBlocksThanAreLeft) {
  const OpeningBuilder opening = OpeningBuilder()
                                     .Block("2026-11-01", 2)
                                     .Block("2026-11-10", 2)
                                     .Block("2026-12-20", 2)
                                     .BlocksNeeded(2);
  EXPECT_EQ(PlanOf(opening).needed(), 1);
  EXPECT_FALSE(IsMet(opening, {Span("2026-12-20", 1)}, 0));
}

TEST(WorkPlanTest, WorksOnTheEarliestDaysThatCanBe) {
  const WorkPlan plan = PlanOf(OpeningBuilder().AnyDays(3, "2026-12-05", 9));
  const std::vector<DaySpan> busy = {Span("2026-12-05", 1), Span("2026-12-09", 2)};
  const auto days = plan.EarliestWork(DaySet{busy}, 1);
  ASSERT_TRUE(days.has_value());
  EXPECT_THAT(days->work, ElementsAre(Span("2026-12-07", 2), Span("2026-12-11", 1)));
  EXPECT_THAT(days->taken, ElementsAre(Span("2026-12-06", 3), Span("2026-12-11", 2)));
}

TEST(WorkPlanTest, WorksOnTheEarliestBlocksThatCanBe) {
  const WorkPlan plan = PlanOf(OpeningBuilder()
                                   .Block("2026-12-01", 2)
                                   .Block("2026-12-10", 2)
                                   .Block("2026-12-20", 2)
                                   .BlocksNeeded(1));
  const std::vector<DaySpan> busy = {Span("2026-12-02", 1)};
  EXPECT_THAT(plan.EarliestWork(DaySet{busy}, 0)->work, ElementsAre(Span("2026-12-10", 2)));
}

// A question small enough to try every set of days.
struct Small {
  OpeningBuilder opening;
  std::vector<DaySpan> busy;
  int32_t travel = 0;
  Day as_of;
};

Small RandomSmall(std::mt19937_64& rng) {
  Dice dice(rng);
  Small small = {.travel = dice.Between(0, 2), .as_of = kToday + dice.Between(-4, 2)};
  Day at = kToday + dice.Between(-2, 2);
  Opening opening = OpeningBuilder().Build();
  const size_t blocks = 1 + dice.Below(3);
  for (size_t i = 0; i < blocks; ++i) {
    Window window = {.span = {at, at + dice.Between(1, blocks == 1 ? 8 : 4)},
                     .rule = static_cast<Window::Rule>(dice.Between(1, 3))};
    if (window.rule != Window::Rule::kAllDays) {
      window.days = dice.Between(1, window.span.length());
    }
    at = window.span.limit + dice.Between(0, 2);
    if (blocks == 1) {
      opening.window = window;
    } else {
      opening.blocks.push_back(window);
    }
  }
  opening.blocks_needed = dice.Between(0, static_cast<int32_t>(opening.blocks.size()));
  const DaySpan dates = *opening.Dates();
  for (Day day = dates.start - 2; day < dates.limit + 2; day = day + 1) {
    if (dice.OneIn(2)) small.busy.push_back({day, day + 1});
  }
  small.busy = Union(std::move(small.busy));
  small.opening = OpeningBuilder(opening);
  return small;
}

std::vector<Day> DaysOf(const std::vector<DaySpan>& spans) {
  std::vector<Day> days;
  for (const DaySpan& span : spans) {
    for (Day day = span.start; day < span.limit; day = day + 1) days.push_back(day);
  }
  return days;
}

std::vector<DaySpan> Without(const std::vector<Day>& busy, const std::vector<Day>& freed) {
  std::vector<DaySpan> left;
  for (Day day : busy) {
    if (std::count(freed.begin(), freed.end(), day) == 0) left.push_back({day, day + 1});
  }
  return Union(std::move(left));
}

// The smallest set of busy days without which the plan is met, the first in
// order of days; tries every set.
std::optional<std::vector<Day>> FewestByTrial(const WorkPlan& plan, const Small& small) {
  const std::vector<Day> busy = DaysOf(small.busy);
  std::optional<std::vector<Day>> best;
  for (uint32_t set = 0; set < 1u << busy.size(); ++set) {
    if (best.has_value() && static_cast<size_t>(std::popcount(set)) > best->size()) continue;
    std::vector<Day> freed;
    for (size_t i = 0; i < busy.size(); ++i) {
      if (set >> i & 1) freed.push_back(busy[i]);
    }
    if (!plan.IsMetBy(DaySet{Without(busy, freed)}, small.travel)) continue;
    if (!best.has_value() || std::pair(freed.size(), freed) < std::pair(best->size(), *best)) {
      best = freed;
    }
  }
  return best;
}

TEST(WorkPlanTest, FreesTheFewestAndEarliestDaysOfAllSetsOfDays) {
  std::mt19937_64 rng(7);
  int32_t freed_days = 0;
  for (int i = 0; i < 3'000; ++i) {
    const Small small = RandomSmall(rng);
    const WorkPlan plan = PlanOf(small.opening, small.as_of);
    const auto freed = plan.FewestDaysToFree(DaySet{small.busy}, small.travel);
    const auto expected = FewestByTrial(plan, small);
    ASSERT_EQ(freed.has_value(), expected.has_value()) << "question " << i;
    if (!expected.has_value()) continue;
    ASSERT_EQ(DaysOf(*freed), *expected) << "question " << i;
    freed_days += static_cast<int32_t>(expected->size());
  }
  EXPECT_GT(freed_days, 1'000);
}

// True if working on exactly these days meets the plan, and takes just `taken`.
bool Suffices(const WorkPlan& plan, const WorkDays& days, int32_t travel) {
  // Busy whenever else: then only these days can be worked on.
  std::vector<Day> around;
  for (Day day = kToday - 20; day < kToday + 60; day = day + 1) around.push_back(day);
  return plan.IsMetBy(DaySet{Without(around, DaysOf(days.taken))}, travel);
}

TEST(WorkPlanTest, TakesUpDaysThatSufficeAndAreFree) {
  std::mt19937_64 rng(8);
  int met = 0;
  for (int i = 0; i < 3'000; ++i) {
    const Small small = RandomSmall(rng);
    const WorkPlan plan = PlanOf(small.opening, small.as_of);
    const auto days = plan.EarliestWork(DaySet{small.busy}, small.travel);
    ASSERT_EQ(days.has_value(), plan.IsMetBy(DaySet{small.busy}, small.travel));
    if (!days.has_value()) continue;
    ++met;
    for (const DaySpan& span : days->taken) {
      ASSERT_EQ(DaySet{small.busy}.CountIn(span), 0) << "question " << i;
      ASSERT_LE(small.as_of, span.start);
    }
    ASSERT_TRUE(Suffices(plan, *days, small.travel)) << "question " << i;
  }
  EXPECT_GT(met, 300);
}

}  // namespace
}  // namespace troupe
