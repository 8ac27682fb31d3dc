#include "services/records/training_plan_record.h"

#include "services/records/record_head.h"
#include "services/records/record_values.h"
#include "troupe/storage/v1/training_plan.pb.h"

namespace troupe {

namespace pb = storage::v1;

static void Store(const CourseTerms& value, pb::Course& message) {
  message.set_id(value.id);
  message.set_title(value.title);
  message.set_role(value.role);
  message.set_place(value.place);
  message.set_start(value.start.since_epoch());
  message.set_weeks(value.weeks);
  message.set_cost_yuan(value.cost_yuan);
  message.set_seats(value.seats);
  message.set_success_millionths(value.success_millionths);
  message.set_productivity_millionths(value.productivity_millionths);
  message.set_absence_millionths(value.absence_millionths);
}

static bool Load(const pb::Course& message, CourseTerms& value) {
  value = {.id = message.id(),
           .title = message.title(),
           .role = message.role(),
           .place = message.place(),
           .start = Day(message.start()),
           .weeks = message.weeks(),
           .cost_yuan = message.cost_yuan(),
           .seats = message.seats(),
           .success_millionths = message.success_millionths(),
           .productivity_millionths = message.productivity_millionths(),
           .absence_millionths = message.absence_millionths()};
  return true;
}

std::string SerializeTrainingPlan(const TrainingPlan& plan) {
  pb::TrainingPlan message;
  Store(HeadOf(plan), *message.mutable_head());
  message.set_title(plan.title);
  if (plan.from.has_value()) message.set_from(plan.from->since_epoch());
  if (plan.until.has_value()) message.set_until(plan.until->since_epoch());
  StoreAll(plan.courses, *message.mutable_courses());
  message.set_budget_yuan(plan.budget_yuan);
  StoreTexts(plan.homes, *message.mutable_homes());
  message.set_learners(static_cast<uint32_t>(plan.learners));
  message.set_regime(static_cast<uint32_t>(plan.regime) + 1);
  StoreTexts(plan.what_ifs, *message.mutable_what_ifs());
  message.set_include_forecast(plan.include_forecast);
  message.set_draws(plan.draws);
  message.set_seed(plan.seed);
  message.set_work_limit(plan.work_limit);
  message.set_comparison_draws(plan.comparison_draws);
  if (plan.further_yuan.has_value()) message.set_further_yuan(*plan.further_yuan);
  message.set_result(plan.result);
  message.set_simulation(plan.simulation);
  message.mutable_planned()->Add(plan.planned.begin(), plan.planned.end());
  return DeterministicBytes(message);
}

absl::StatusOr<TrainingPlan> ParseTrainingPlan(absl::string_view bytes) {
  pb::TrainingPlan message;
  TrainingPlan plan;
  if (!ParseBytes(bytes, message) || !LoadHead(message.head(), plan) ||
      !LoadAll(message.courses(), plan.courses) || message.learners() == 0 ||
      message.learners() > static_cast<uint32_t>(TrainingPlan::Learners::kAnybody) ||
      message.regime() == 0 || message.regime() > staffing::kRegimes.size()) {
    return RecordUnreadable("training plan");
  }
  plan.title = message.title();
  if (message.has_from()) plan.from = Day(message.from());
  if (message.has_until()) plan.until = Day(message.until());
  plan.budget_yuan = message.budget_yuan();
  plan.homes = LoadedTexts(message.homes());
  plan.learners = static_cast<TrainingPlan::Learners>(message.learners());
  plan.regime = static_cast<staffing::Regime>(message.regime() - 1);
  plan.what_ifs = LoadedTexts(message.what_ifs());
  plan.include_forecast = message.include_forecast();
  plan.draws = message.draws();
  plan.seed = message.seed();
  plan.work_limit = message.work_limit();
  plan.comparison_draws = message.comparison_draws();
  if (message.has_further_yuan()) plan.further_yuan = message.further_yuan();
  plan.result = message.result();
  plan.simulation = message.simulation();
  plan.planned.assign(message.planned().begin(), message.planned().end());
  return plan;
}

}  // namespace troupe
