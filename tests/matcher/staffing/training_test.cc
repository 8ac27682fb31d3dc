#include "matcher/staffing/plan_training.h"

#include <functional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "matcher/staffing/compare_policies.h"
#include "matcher/staffing/explain_training.h"
#include "matcher/staffing/name_trainees.h"
#include "matcher/staffing/policy.h"
#include "tests/matcher/staffing/market_builder.h"

namespace troupe::staffing {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::MarketBuilder;

// Many idle people in role 0; role 1 is short; role 2's people could do role 1 as well,
// but are needed.
TrainingProblem ShortOfRole1(int64_t budget) {
  TrainingProblem problem = {.market = MarketBuilder(3, 1, 8)
                                           .Demand(0, 0, 10)
                                           .Demand(1, 0, 60)
                                           .Demand(2, 0, 40)
                                           .People(10, 0, {0}, 50)
                                           .People(8, 0, {2}, 40)
                                           .Build(),
                             .budget = budget};
  problem.courses = {{.id = "to 1", .role = 1, .weeks = 2, .cost = 5'000, .seats = 6},
                     {.id = "to 2", .role = 2, .weeks = 2, .cost = 1'000, .seats = 6}};
  problem.options = AllOptions(problem.market, problem.courses);
  return problem;
}

PlannedTraining Plan(const TrainingProblem& problem, const PlanOptions& options = {}) {
  return *PlanTraining(problem, options, nullptr, NeverStop());
}

TEST(TrainingTest, OffersCoursesOfRolesThatTypesDoNotHold) {
  EXPECT_THAT(ShortOfRole1(0).options,
              ElementsAre(TrainingOption{0, 0, 10}, TrainingOption{0, 1, 10},
                          TrainingOption{1, 0, 8}));
}

TEST(TrainingTest, TrainsIdlePeopleForWhatIsShort) {
  const PlannedTraining plan = Plan(ShortOfRole1(20'000));
  EXPECT_EQ(plan.trainees[0], 4);
  EXPECT_EQ(plan.trainees[2], 0);
  EXPECT_TRUE(plan.is_proven);
  // Four people, five days, in the six weeks after the course.
  EXPECT_NEAR(plan.RoleDaysGained(), 4 * 5 * 6, 5);
}

TEST(TrainingTest, KeepsToSeats) {
  const PlannedTraining plan = Plan(ShortOfRole1(1'000'000));
  EXPECT_LE(plan.trainees[0] + plan.trainees[2], 6);
}

TEST(TrainingTest, TrainsNobodyWithoutMoney) {
  const PlannedTraining plan = Plan(ShortOfRole1(0));
  EXPECT_EQ(plan.cost, 0);
  EXPECT_EQ(plan.RoleDaysGained(), 0);
  EXPECT_GT(plan.RoleDaysOfFurther(), 100);
}

TEST(TrainingTest, PlansTheSameForTheSameSeedAndLimit) {
  const PlanOptions options = {.seed = 7, .work_limit = 2'000};
  EXPECT_EQ(Plan(ShortOfRole1(20'000), options).trainees,
            Plan(ShortOfRole1(20'000), options).trainees);
}

TEST(TrainingTest, IsFeasibleWithinLittleWork) {
  const TrainingProblem problem = ShortOfRole1(20'000);
  const PlannedTraining plan = Plan(problem, {.work_limit = 1});
  EXPECT_TRUE(IsFeasible(problem, plan.trainees));
  EXPECT_LE(plan.worth, plan.bound);
}

class AtOnce final : public Executor {
 public:
  void Run(std::function<void()> work) override { work(); }
};

TEST(TrainingTest, PlansTheSameOnAnyExecutor) {
  AtOnce executor;
  const TrainingProblem problem = ShortOfRole1(20'000);
  EXPECT_EQ(PlanTraining(problem, {}, &executor, NeverStop())->trainees, Plan(problem).trainees);
}

// Stops when it was asked so often.
class StopsAfter final : public StopToken {
 public:
  explicit StopsAfter(int asks) : left_(asks) {}
  bool StopRequested() const override { return left_-- <= 0; }

 private:
  mutable int left_;
};

TEST(TrainingTest, GivesTheBestSoFarWhenStopped) {
  const TrainingProblem problem = ShortOfRole1(30'000);
  for (int asks : {12, 20, 40}) {
    const auto plan = PlanTraining(problem, {}, nullptr, StopsAfter(asks));
    ASSERT_TRUE(plan.ok());
    EXPECT_TRUE(plan->is_stopped);
    EXPECT_TRUE(IsFeasible(problem, plan->trainees));
    EXPECT_LE(plan->worth, plan->bound);
  }
}

TEST(TrainingTest, IsCancelledWhenStoppedAtOnce) {
  EXPECT_EQ(PlanTraining(ShortOfRole1(1), {}, nullptr, StopsAfter(0)).status().code(),
            absl::StatusCode::kCancelled);
}

TEST(TrainingTest, NamesACourseThatCostsNothing) {
  TrainingProblem problem = ShortOfRole1(1);
  problem.courses[1].cost = 0;
  const absl::Status status = PlanTraining(problem, {}, nullptr, NeverStop()).status();
  EXPECT_THAT(ViolationsOf(status), ElementsAre(Field(&FieldViolation::field, "courses[1].cost")));
}

TEST(TrainingTest, RefusesToPlanByNoDraws) {
  const absl::Status status =
      PlanTraining(ShortOfRole1(1), {.draws = 0}, nullptr, NeverStop()).status();
  EXPECT_THAT(ViolationsOf(status), ElementsAre(Field(&FieldViolation::field, "draws")));
}

TEST(TrainingTest, RefusesOptionsOfRolesThatAreHeld) {
  TrainingProblem problem = ShortOfRole1(1);
  problem.options = {{.type = 1, .course = 1, .people = 1}};
  const absl::Status status = PlanTraining(problem, {}, nullptr, NeverStop()).status();
  EXPECT_THAT(ViolationsOf(status),
              ElementsAre(Field(&FieldViolation::problem, "teaches a role that the type holds")));
}

TEST(PolicyTest, KeepToBudgetSeatsAndPeople) {
  const TrainingProblem problem = ShortOfRole1(23'000);
  for (Policy policy : kPolicies) {
    EXPECT_TRUE(IsFeasible(problem, TraineesOf(policy, problem, 1))) << PolicyWord(policy);
  }
}

TEST(PolicyTest, ChainTrainsForTheNextRole) {
  const Trainees chain = TraineesOf(Policy::kChain, ShortOfRole1(1'000'000), 1);
  EXPECT_GT(chain[0], 0);   // Role 0 to 1.
  EXPECT_EQ(chain[1], 0);   // Role 0 to 2: not the next.
}

TEST(PolicyTest, GapGreedyTrainsForTheLargestGapFirst) {
  EXPECT_THAT(TraineesOf(Policy::kGapGreedy, ShortOfRole1(10'000), 1), ElementsAre(2, 0, 0));
}

TEST(PolicyTest, ProportionalSpendsByUnmetRoleDays) {
  const Trainees proportional = TraineesOf(Policy::kProportional, ShortOfRole1(10'000), 1);
  EXPECT_EQ(proportional[0] + proportional[2], 2);
}

TEST(ComparisonTest, SetsThePlanBesideEachPolicy) {
  const TrainingProblem problem = ShortOfRole1(20'000);
  const Trainees plan = Plan(problem).trainees;
  const PolicyComparison comparison =
      *ComparePolicies(problem, plan, {.draws = 50}, nullptr, NeverStop());
  ASSERT_THAT(comparison.policies, SizeIs(kPolicies.size()));
  EXPECT_GT(comparison.policies[0].plan_ahead.low, 0);  // Of none.
  EXPECT_EQ(comparison.policies[0].gained.mean, 0);
  for (const PolicyResult& result : comparison.policies) {
    EXPECT_GE(result.plan_ahead.high, 0) << PolicyWord(result.policy);
  }
}

TEST(ExplanationTest, SaysWhichCellsTraineesFill) {
  const TrainingProblem problem = ShortOfRole1(20'000);
  const Trainees plan = Plan(problem).trainees;
  const std::vector<TrainingReason> reasons =
      *ExplainTraining(problem, plan, {}, NeverStop());
  ASSERT_THAT(reasons, SizeIs(1));
  EXPECT_EQ(reasons[0].people, 4);
  EXPECT_THAT(reasons[0].fills, ElementsAre(Field(&CellDays::cell, 1)));
  EXPECT_NEAR(reasons[0].role_days, 120, 10);
}

TEST(ExplanationTest, SaysWhichCellsOthersFillInstead) {
  // Who holds 0 and 1 is needed in both; whoever learns 0 lets them go to 1.
  TrainingProblem problem = {.market = MarketBuilder(3, 1, 4)
                                           .Demand(0, 0, 20)
                                           .Demand(1, 0, 20)
                                           .People(4, 0, {0, 1}, 20)
                                           .People(4, 0, {2}, 20)
                                           .Build(),
                             .budget = 4'000};
  problem.courses = {{.id = "to 0", .role = 0, .weeks = 0, .cost = 1'000, .seats = 4}};
  problem.options = {{.type = 1, .course = 0, .people = 4}};
  const std::vector<TrainingReason> reasons =
      *ExplainTraining(problem, {4}, {}, NeverStop());
  ASSERT_THAT(reasons, SizeIs(1));
  double frees = 0;
  for (const CellDays& days : reasons[0].frees) frees += days.cell == 1 ? days.role_days : 0;
  EXPECT_GT(frees, 20);
}

TEST(ExplanationTest, LeavesOutCoursesOfFewWhereTypesMayNotBeSeen) {
  const TrainingProblem problem = ShortOfRole1(0);
  const std::vector<TrainingReason> reasons = {
      {.option = 0, .people = 3, .role_days = 60, .fills = {{1, 50}}},
      {.option = 1, .people = 4, .role_days = 9},
      {.option = 2, .people = 2, .role_days = 30, .fills = {{1, 20}}}};
  const std::vector<CourseReason> by_course = ReasonsByCourse(problem, reasons, 5);
  ASSERT_THAT(by_course, SizeIs(1));
  EXPECT_EQ(by_course[0].people, 5);
  EXPECT_THAT(by_course[0].fills, ElementsAre(Field(&CellDays::role_days, 70)));
}

TEST(NameTraineesTest, NamesOnlyThoseWhoMayBeSeen) {
  const TrainingProblem problem = ShortOfRole1(0);
  std::vector<TypedPerson> people;
  for (uint64_t id = 1; id <= 10; ++id) people.push_back({ProfileId(id), 0});
  const auto is_odd = [](ProfileId id) { return id.value() % 2 == 1; };
  EXPECT_THAT(NameTrainees(ChooseTrainees(problem, {10, 0, 0}, people), is_odd),
              ElementsAre(CourseGroup{.course = 0,
                                      .named = {ProfileId(1), ProfileId(3), ProfileId(5),
                                                ProfileId(7), ProfileId(9)},
                                      .others = 5}));
}

TEST(NameTraineesTest, CountsWhomNoProfileStandsFor) {
  const TrainingProblem problem = ShortOfRole1(0);
  const std::vector<TypedPerson> people = {{ProfileId(2), 0}, {ProfileId(1), 0}};
  EXPECT_THAT(ChooseTrainees(problem, {1, 2, 0}, people),
              ElementsAre(ChosenPerson{0, ProfileId(1)}, ChosenPerson{1, ProfileId(2)},
                          ChosenPerson{1, ProfileId()}));
}

TEST(NameTraineesTest, DoesNotCountFewOthers) {
  const TrainingProblem problem = ShortOfRole1(0);
  const std::vector<TypedPerson> people = {{ProfileId(1), 0}, {ProfileId(2), 0}};
  const auto nobody = [](ProfileId) { return false; };
  EXPECT_THAT(NameTrainees(ChooseTrainees(problem, {2, 0, 0}, people), nobody),
              ElementsAre(CourseGroup{.course = 0, .named = {}, .others = std::nullopt}));
}

}  // namespace
}  // namespace troupe::staffing
