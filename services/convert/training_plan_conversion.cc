#include "services/convert/training_plan_conversion.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/convert/mask_fields.h"
#include "services/convert/message_fields.h"
#include "services/convert/resource_head.h"
#include "services/convert/staffing_names.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

using Learners = TrainingPlan::Learners;

static_assert(static_cast<int>(Learners::kWishing) == v1::LEARNERS_WISHING);
static_assert(static_cast<int>(Learners::kAnybody) == v1::LEARNERS_ANYBODY);
static_assert(static_cast<int>(staffing::Regime::kPoisson) + 1 == v1::DEMAND_REGIME_POISSON);
static_assert(static_cast<int>(staffing::Regime::kCorrelatedRoles) + 1 ==
              v1::DEMAND_REGIME_CORRELATED_ROLES);

CourseTerms FromWire(const v1::Course& wire, const Field& field) {
  CourseTerms course{.id = wire.id(),
                     .title = wire.title(),
                     .role = wire.role(),
                     .place = wire.place(),
                     .weeks = wire.weeks(),
                     .cost_yuan = wire.cost_yuan(),
                     .seats = wire.seats()};
  const Field start = field["start"];
  if (wire.has_start()) {
    course.start = troupe::FromWire(wire.start(), start);
  } else {
    start.Report("is not given", "give a day of the course's first week");
  }
  if (wire.has_success_millionths()) course.success_millionths = wire.success_millionths();
  if (wire.has_productivity_millionths()) {
    course.productivity_millionths = wire.productivity_millionths();
  }
  if (wire.has_absence_millionths()) course.absence_millionths = wire.absence_millionths();
  return course;
}

v1::Course ToWire(const CourseTerms& course) {
  v1::Course wire;
  wire.set_id(course.id);
  wire.set_title(course.title);
  wire.set_role(course.role);
  wire.set_place(course.place);
  *wire.mutable_start() = troupe::ToWire(course.start);
  wire.set_weeks(course.weeks);
  wire.set_cost_yuan(course.cost_yuan);
  wire.set_seats(course.seats);
  wire.set_success_millionths(course.success_millionths);
  wire.set_productivity_millionths(course.productivity_millionths);
  wire.set_absence_millionths(course.absence_millionths);
  return wire;
}

Learners ReadLearners(v1::Learners wire, const Field& field) {
  if (wire == v1::LEARNERS_UNSPECIFIED) return Learners::kWishing;
  return ReadEnum<Learners>(field, wire, v1::Learners_IsValid(wire), "give one of Learners");
}

std::optional<Day> ReadDay(bool is_there, const v1::Date& wire, const Field& field) {
  if (!is_there) return std::nullopt;
  return troupe::FromWire(wire, field);
}

void CheckGiven(const v1::TrainingPlan& wire, const Field& field) {
  const auto check = [&](absl::string_view name, bool is_set) {
    if (is_set) field[name].Report("is set", "leave it out: the server gives it");
  };
  check("state", wire.state() != v1::TRAINING_PLAN_STATE_UNSPECIFIED);
  check("result", wire.has_result());
  check("simulation", wire.has_simulation());
}

constexpr MaskField<TrainingPlan> kTrainingPlanFields[] = {
    {.name = "state", .why_not = kGivenByServer},
    {.name = "result", .why_not = kGivenByServer},
    {.name = "simulation", .why_not = kGivenByServer},
    {.name = "title", .copy = Copy<&TrainingPlan::title>},
    {.name = "from", .copy = Copy<&TrainingPlan::from>},
    {.name = "until", .copy = Copy<&TrainingPlan::until>},
    {.name = "courses", .copy = Copy<&TrainingPlan::courses>},
    {.name = "budget_yuan", .copy = Copy<&TrainingPlan::budget_yuan>},
    {.name = "homes", .copy = Copy<&TrainingPlan::homes>},
    {.name = "learners", .copy = Copy<&TrainingPlan::learners>},
    {.name = "regime", .copy = Copy<&TrainingPlan::regime>},
    {.name = "what_ifs", .copy = Copy<&TrainingPlan::what_ifs>},
    {.name = "include_forecast", .copy = Copy<&TrainingPlan::include_forecast>},
    {.name = "draws", .copy = Copy<&TrainingPlan::draws>},
    {.name = "seed", .copy = Copy<&TrainingPlan::seed>},
    {.name = "work_limit", .copy = Copy<&TrainingPlan::work_limit>},
    {.name = "comparison_draws", .copy = Copy<&TrainingPlan::comparison_draws>},
    {.name = "further_yuan", .copy = Copy<&TrainingPlan::further_yuan>},
};

TrainingPlan Read(const v1::TrainingPlan& wire, const Field& field) {
  TrainingPlan plan;
  ReadHead(wire, field, plan);
  plan.title = wire.title();
  plan.from = ReadDay(wire.has_from(), wire.from(), field["from"]);
  plan.until = ReadDay(wire.has_until(), wire.until(), field["until"]);
  plan.courses = ReadEach(
      field["courses"], wire.courses(), TrainingPlan::kMostCourses,
      [](const v1::Course& entry, const Field& each) { return FromWire(entry, each); });
  plan.budget_yuan = wire.budget_yuan();
  plan.homes = ReadTexts(wire.homes());
  plan.learners = ReadLearners(wire.learners(), field["learners"]);
  plan.regime = ReadRegime(wire.regime(), field["regime"], staffing::Regime::kPoisson);
  plan.what_ifs = ReadEach(
      field["what_ifs"], wire.what_ifs(), TrainingPlan::kMostWhatIfs,
      [](const v1::WhatIf& entry, const Field&) { return entry.SerializeAsString(); });
  plan.include_forecast = wire.include_forecast();
  plan.draws = wire.draws();
  if (wire.seed() < 0) field["seed"].Report(absl::StrCat("is ", wire.seed()), "give 0 or more");
  plan.seed = static_cast<uint64_t>(wire.seed());
  plan.work_limit = wire.work_limit();
  plan.comparison_draws = wire.comparison_draws();
  if (wire.has_further_yuan()) plan.further_yuan = wire.further_yuan();
  return plan;
}

}  // namespace

v1::DemandRegime ToWire(staffing::Regime regime) {
  return static_cast<v1::DemandRegime>(static_cast<int>(regime) + 1);
}

staffing::Regime ReadRegime(v1::DemandRegime wire, const Field& field, staffing::Regime unset) {
  if (wire == v1::DEMAND_REGIME_UNSPECIFIED) return unset;
  if (v1::DemandRegime_IsValid(wire)) return static_cast<staffing::Regime>(wire - 1);
  field.Report(absl::StrCat("is ", static_cast<int>(wire), ", which is no regime"),
               "give one of DemandRegime");
  return unset;
}

TrainingPlan FromWire(const v1::TrainingPlan& wire, const Field& field) {
  CheckGiven(wire, field);
  return Read(wire, field);
}

TrainingPlan FromWire(const v1::TrainingPlan& wire, Violations& found) {
  const Field message(&found);
  ReadEnum<int>(message["state"], wire.state(), v1::TrainingPlanState_IsValid(wire.state()),
                "leave it out: the server gives it");
  return Read(wire, message);
}

v1::TrainingPlan ToWire(const TrainingPlan& plan, uint64_t version, const Reader&) {
  v1::TrainingPlan wire;
  WriteHead(plan, version, wire);
  wire.set_title(plan.title);
  if (plan.from.has_value()) *wire.mutable_from() = ToWire(*plan.from);
  if (plan.until.has_value()) *wire.mutable_until() = ToWire(*plan.until);
  for (const CourseTerms& course : plan.courses) *wire.add_courses() = ToWire(course);
  wire.set_budget_yuan(plan.budget_yuan);
  WriteTexts(plan.homes, *wire.mutable_homes());
  wire.set_learners(static_cast<v1::Learners>(plan.learners));
  wire.set_regime(ToWire(plan.regime));
  for (const std::string& change : plan.what_ifs) wire.add_what_ifs()->ParseFromString(change);
  wire.set_include_forecast(plan.include_forecast);
  wire.set_draws(plan.draws);
  wire.set_seed(static_cast<int64_t>(plan.seed));
  wire.set_work_limit(plan.work_limit);
  wire.set_comparison_draws(plan.comparison_draws);
  if (plan.further_yuan.has_value()) wire.set_further_yuan(*plan.further_yuan);
  wire.set_state(plan.result.empty() ? v1::TRAINING_PLAN_STATE_DRAFT
                                     : v1::TRAINING_PLAN_STATE_PLANNED);
  if (!plan.result.empty()) wire.mutable_result()->ParseFromString(plan.result);
  if (!plan.simulation.empty()) wire.mutable_simulation()->ParseFromString(plan.simulation);
  return wire;
}

TrainingPlan ApplyMask(const TrainingPlan& stored, const TrainingPlan& update,
                       const google::protobuf::FieldMask& mask, Violations& found) {
  TrainingPlan result = ApplyFields<TrainingPlan>(kTrainingPlanFields, stored, update, mask, found);
  TrainingPlan renamed = stored;
  renamed.title = result.title;
  if (result == renamed) return result;
  result.result.clear();
  result.simulation.clear();
  result.planned.clear();
  return result;
}

}  // namespace troupe
