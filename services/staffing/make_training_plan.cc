#include "services/staffing/make_training_plan.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/field.h"
#include "matcher/domain/field_rules.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/staffing/compare_policies.h"
#include "matcher/staffing/explain_training.h"
#include "matcher/staffing/gaps.h"
#include "matcher/staffing/plan_training.h"
#include "services/convert/message_fields.h"
#include "services/convert/training_plan_conversion.h"
#include "services/convert/types_conversion.h"
#include "services/staffing/plan_question.h"
#include "services/staffing/training_market.h"
#include "services/staffing/training_result.h"

namespace troupe {
namespace {

using staffing::PlannedTraining;
using staffing::PolicyComparison;
using staffing::TrainingProblem;
using staffing::Trainees;

constexpr int32_t kLeastDraws = 2;
constexpr int32_t kMostDraws = 10'000;

template <typename Number>
Number OrUsual(Number given, Number usual) {
  return given == 0 ? usual : given;
}

staffing::PlanOptions OptionsOf(const TrainingPlan& plan, LiveOperation& live) {
  const int64_t work = OrUsual(plan.work_limit, TrainingPlan::kUsualWork);
  return {.draws = static_cast<uint32_t>(OrUsual(plan.draws, TrainingPlan::kUsualDraws)),
          .seed = plan.seed,
          .work_limit = work,
          .further_yuan = plan.further_yuan.value_or(TrainingPlan::kUsualFurtherYuan),
          .on_work = [&live, work](int64_t done) {
            live.Report("choosing whom to train", std::min(done, work), work);
          }};
}

absl::StatusOr<PolicyComparison> Compare(const TrainingProblem& problem, const Trainees& trainees,
                                         uint64_t seed, uint32_t draws, Executor* executor,
                                         LiveOperation& live) {
  return staffing::ComparePolicies(problem, trainees,
                                   {.draws = draws,
                                    .seed = seed,
                                    .on_draws = [&live, draws](int64_t done) {
                                      live.Report("comparing with policies", done, draws);
                                    }},
                                   executor, live);
}

std::vector<int64_t> ByCourse(const TrainingProblem& problem, const Trainees& trainees) {
  std::vector<int64_t> people(problem.courses.size());
  for (size_t i = 0; i < trainees.size(); ++i) people[problem.options[i].course] += trainees[i];
  return people;
}

// Whether training can change anything.
bool HasChoice(const TrainingMarket& market) {
  return !market.problem.options.empty() && SumOf(market.gathered.asked.demand_millidays) > 0;
}

absl::Status Stopped() { return absl::CancelledError("the operation was cancelled"); }

// Writes what came of an operation, once `made` is known, into its plan.
template <typename Made>
void EndWith(PlanOperations& operations, const BegunPlan& begun, const absl::StatusOr<Made>& made,
             absl::FunctionRef<void(const Made& made, TrainingPlan& plan)> keep) {
  if (begun.live->is_closing()) return;  // The next start ends it.
  const absl::Status outcome = begun.live->is_cancelled() ? Stopped() : made.status();
  begun.live->Report("writing", 0, 0);
  operations.End(begun, outcome,
                 [&](const ViewSnapshot&, uint64_t, TrainingPlan& plan, std::vector<Mutation>&) {
                   if (outcome.ok()) keep(*made, plan);
                   return absl::OkStatus();
                 });
}

}  // namespace

absl::StatusOr<MadePlan> MakePlan(const ViewSnapshot& now, const TrainingPlan& plan,
                                  Executor* executor, LiveOperation& live) {
  live.Report("reading people and openings", 0, 0);
  const WorkPlaces places(ShippedPlaces());
  TROUPE_ASSIGN_OR_RETURN(const PlanQuestion question,
                          ReadPlanQuestion(plan, now.pool().today(), places));
  TROUPE_ASSIGN_OR_RETURN(
      const TrainingMarket market,
      TrainingMarketFor(now, plan.ownership.owner, plan, question, places, live));
  PlanFindings findings = {.question = question, .places = places, .market = market};
  MadePlan made;
  const TrainingProblem& problem = market.problem;
  const uint64_t seed = plan.seed;
  if (HasChoice(market)) {
    TROUPE_ASSIGN_OR_RETURN(
        const staffing::GapReport untrained,
        staffing::AnalyzeGaps(problem.market, {.with_shadow_prices = false}, executor, live));
    findings.filled_untrained = untrained.filled;
    TROUPE_ASSIGN_OR_RETURN(findings.planned, staffing::PlanTraining(problem, OptionsOf(plan, live),
                                                                     executor, live));
    live.Report("explaining", 0, 0);
    const Trainees& trainees = findings.planned.trainees;
    TROUPE_ASSIGN_OR_RETURN(findings.reasons,
                            staffing::ExplainTraining(problem, trainees, {.seed = seed}, live));
    const auto draws = static_cast<uint32_t>(
        OrUsual(plan.comparison_draws, TrainingPlan::kUsualComparisonDraws));
    TROUPE_ASSIGN_OR_RETURN(const PolicyComparison comparison,
                            Compare(problem, trainees, seed, draws, executor, live));
    made.result = ResultOf(findings);
    *made.result.mutable_comparison() = ToWire(comparison, plan.regime, seed);
    made.result.set_further_yuan(plan.further_yuan.value_or(TrainingPlan::kUsualFurtherYuan));
    made.planned = ByCourse(problem, trainees);
  } else {
    made.result = ResultOf(findings);
    made.planned.resize(plan.courses.size());
  }
  return made;
}

absl::StatusOr<Simulation> ReadSimulation(const v1::SimulateTrainingRequest& request,
                                          const TrainingPlan& plan) {
  Violations found;
  const Field root(&found);
  Simulation simulation = {.people = std::vector<int64_t>(plan.courses.size()),
                           .is_stated = !request.enrolments().empty(),
                           .seed = plan.seed};
  absl::flat_hash_map<absl::string_view, size_t> courses;
  for (size_t i = 0; i < plan.courses.size(); ++i) courses.emplace(plan.courses[i].id, i);
  const Field enrolments = root["enrolments"];
  if (IsShortEnough(enrolments, request.enrolments(), TrainingPlan::kMostCourses)) {
    absl::flat_hash_set<absl::string_view> seen;
    for (int i = 0; i < request.enrolments_size(); ++i) {
      const v1::Enrolment& enrolment = request.enrolments(i);
      const Field entry = enrolments[static_cast<size_t>(i)];
      const Field course = entry["course"], people = entry["people"];
      const auto at = courses.find(enrolment.course());
      if (at == courses.end()) {
        course.Report("is no course of the plan", "give the id of one of its courses");
        continue;
      }
      if (!seen.insert(enrolment.course()).second) {
        course.Report("is there twice", "name each course once");
      }
      CheckNumber(people, enrolment.people(), 0, plan.courses[at->second].seats);
      simulation.people[at->second] = enrolment.people();
    }
  }
  simulation.regime = ReadRegime(request.regime(), root["regime"], plan.regime);
  const int32_t usual = OrUsual(plan.comparison_draws, TrainingPlan::kUsualComparisonDraws);
  const int32_t draws = OrUsual(request.draws(), usual);
  CheckNumber(root["draws"], draws, kLeastDraws, kMostDraws);
  simulation.draws = static_cast<uint32_t>(draws);
  if (request.has_seed()) {
    if (request.seed() < 0) {
      root["seed"].Report(absl::StrCat("is ", request.seed()), "give 0 or more");
    }
    simulation.seed = static_cast<uint64_t>(request.seed());
  }
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  if (simulation.is_stated) return simulation;
  if (plan.result.empty()) {
    return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "TRAINING_PLAN_NOT_MADE",
                           "the plan was not made since it was changed: make it with PlanTraining, "
                           "or say how many take which course");
  }
  simulation.people = plan.planned;
  return simulation;
}

absl::StatusOr<v1::TrainingSimulation> Simulate(const ViewSnapshot& now, const TrainingPlan& plan,
                                                const Simulation& simulation, Executor* executor,
                                                LiveOperation& live) {
  live.Report("reading people and openings", 0, 0);
  const WorkPlaces places(ShippedPlaces());
  TROUPE_ASSIGN_OR_RETURN(const PlanQuestion question,
                          ReadPlanQuestion(plan, now.pool().today(), places));
  TROUPE_ASSIGN_OR_RETURN(
      TrainingMarket market,
      TrainingMarketFor(now, plan.ownership.owner, plan, question, places, live));
  TrainingProblem& problem = market.problem;
  v1::TrainingSimulation wire;
  int64_t wanted = 0;
  problem.budget = 0;
  for (size_t i = 0; i < problem.courses.size(); ++i) {
    staffing::Course& course = problem.courses[i];
    course.seats = simulation.people[i];
    problem.budget += course.seats * course.cost;
    wanted += course.seats;
    if (!simulation.is_stated) continue;
    v1::Enrolment& enrolment = *wire.add_enrolments();
    enrolment.set_course(course.id);
    enrolment.set_people(course.seats);
  }
  wire.set_unfilled_seats(wanted);
  if (!HasChoice(market)) return wire;
  staffing::PlanOptions options = OptionsOf(plan, live);
  options.further_yuan = 0;
  TROUPE_ASSIGN_OR_RETURN(const PlannedTraining planned,
                          staffing::PlanTraining(problem, options, executor, live));
  for (const int64_t people : planned.trainees) wanted -= people;
  wire.set_unfilled_seats(wanted);
  problem.regime = simulation.regime;
  TROUPE_ASSIGN_OR_RETURN(
      const PolicyComparison comparison,
      Compare(problem, planned.trainees, simulation.seed, simulation.draws, executor, live));
  *wire.mutable_comparison() = ToWire(comparison, simulation.regime, simulation.seed);
  return wire;
}

void MakePlanToEnd(PlanOperations& operations, const BegunPlan& begun, Executor* executor) {
  const std::shared_ptr<const ViewSnapshot> now = operations.tools().view->Now();
  const absl::StatusOr<MadePlan> made =
      begun.live->StopRequested() ? absl::StatusOr<MadePlan>(Stopped())
                                  : MakePlan(*now, begun.record, executor, *begun.live);
  EndWith<MadePlan>(operations, begun, made, [&](const MadePlan& found, TrainingPlan& plan) {
    v1::TrainingResult result = found.result;
    *result.mutable_plan_time() = ToWire(operations.tools().Now());
    plan.result = result.SerializeAsString();
    plan.planned = found.planned;
    plan.simulation.clear();
  });
}

void SimulateToEnd(PlanOperations& operations, const BegunPlan& begun,
                   const Simulation& simulation, Executor* executor) {
  const std::shared_ptr<const ViewSnapshot> now = operations.tools().view->Now();
  const absl::StatusOr<v1::TrainingSimulation> simulated =
      begun.live->StopRequested()
          ? absl::StatusOr<v1::TrainingSimulation>(Stopped())
          : Simulate(*now, begun.record, simulation, executor, *begun.live);
  EndWith<v1::TrainingSimulation>(
      operations, begun, simulated,
      [&](const v1::TrainingSimulation& found, TrainingPlan& plan) {
        v1::TrainingSimulation wire = found;
        *wire.mutable_simulate_time() = ToWire(operations.tools().Now());
        plan.simulation = wire.SerializeAsString();
      });
}

void EndBrokenOffPlan(PlanOperations& operations, const BegunPlan& begun) {
  operations.End(begun,
                 ErrorWithReason(absl::StatusCode::kAborted, "RESTARTED",
                                 "the server stopped in the middle: begin it again"),
                 [](const ViewSnapshot&, uint64_t, TrainingPlan&, std::vector<Mutation>&) {
                   return absl::OkStatus();
                 });
}

}  // namespace troupe
