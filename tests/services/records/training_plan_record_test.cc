#include "services/records/training_plan_record.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/testing/status_matchers.h"

namespace troupe::testing {
namespace {

TrainingPlan SomePlan() {
  TrainingPlan plan;
  plan.id = TrainingPlanId(7);
  plan.ownership = {.owner = {"city"}, .findability = Findability::kHidden};
  plan.external_id = {.source = "file", .id = "autumn"};
  plan.create_time = absl::FromUnixMicros(1);
  plan.update_time = absl::FromUnixMicros(2);
  plan.title = "秋季";
  plan.from = Day(-1);
  plan.until = Day(20'000);
  plan.courses = {{.id = "light",
                   .title = "灯光",
                   .role = "gaffer",
                   .place = "xian",
                   .start = Day(19'000),
                   .weeks = 4,
                   .cost_yuan = 8'000,
                   .seats = 20,
                   .success_millionths = 800'000,
                   .productivity_millionths = 700'000,
                   .absence_millionths = 0}};
  plan.budget_yuan = 5'000'000'000;
  plan.homes = {"xian", "beijing"};
  plan.learners = TrainingPlan::Learners::kAnybody;
  plan.regime = staffing::Regime::kSeasonal;
  plan.what_ifs = {std::string("\0\n", 2), "x"};
  plan.include_forecast = true;
  plan.draws = 8;
  plan.seed = 9;
  plan.work_limit = 5'000;
  plan.comparison_draws = 500;
  plan.further_yuan = 0;
  plan.result = "result";
  plan.simulation = "simulation";
  plan.planned = {3, 0};
  return plan;
}

TEST(TrainingPlanRecordTest, APlanComesBackAsItWas) {
  const TrainingPlan plan = SomePlan();
  EXPECT_THAT(ParseTrainingPlan(SerializeTrainingPlan(plan)), IsOkAndHolds(plan));
  TrainingPlan bare = SomePlan();
  bare.from = bare.until = std::nullopt;
  bare.further_yuan = std::nullopt;
  bare.result = bare.simulation = "";
  bare.planned = {};
  EXPECT_THAT(ParseTrainingPlan(SerializeTrainingPlan(bare)), IsOkAndHolds(bare));
}

TEST(TrainingPlanRecordTest, AnythingElseIsUnreadable) {
  EXPECT_EQ(ReasonOf(ParseTrainingPlan("\x01").status()), "RECORD_UNREADABLE");
  TrainingPlan plan = SomePlan();
  plan.learners = static_cast<TrainingPlan::Learners>(9);
  EXPECT_EQ(ReasonOf(ParseTrainingPlan(SerializeTrainingPlan(plan)).status()),
            "RECORD_UNREADABLE");
  plan = SomePlan();
  plan.regime = static_cast<staffing::Regime>(5);
  EXPECT_EQ(ReasonOf(ParseTrainingPlan(SerializeTrainingPlan(plan)).status()),
            "RECORD_UNREADABLE");
}

}  // namespace
}  // namespace troupe::testing
