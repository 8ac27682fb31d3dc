#include "services/staffing/training_market.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "matcher/base/status_macros.h"
#include "matcher/staffing/merge.h"

namespace troupe {
namespace {

using staffing::Course;
using staffing::TrainingProblem;

// A course whose role or place the market has no room for is of the first ones: nobody may
// take it.
Course CourseOf(const CourseTerms& terms, const CourseEntry::Course& entry, uint32_t start_week,
                const MarketShape& shape) {
  const uint32_t role = shape.RoleOf(entry.role), city = shape.CityOf(entry.row);
  const bool is_there = role != MarketShape::kNotThere && city != MarketShape::kNotThere;
  return {.id = terms.id,
          .role = is_there ? role : 0,
          .city = is_there ? city : 0,
          .start_week = start_week,
          .weeks = static_cast<uint32_t>(terms.weeks),
          .cost = terms.cost_yuan,
          .seats = terms.seats,
          .success_millionths = terms.success_millionths,
          .productivity_millionths = terms.productivity_millionths,
          .absence_millionths = terms.absence_millionths};
}

// Everybody of a type may take the courses of its group.
void AddOptions(const PeopleSupply& supply, TrainingProblem& problem) {
  for (uint32_t row = 0; row < problem.market.people.size(); ++row) {
    const staffing::PeopleType& type = problem.market.people[row];
    for (const uint32_t course : supply.courses_of_group[type.group]) {
      problem.options.push_back({.type = row, .course = course, .people = type.people});
    }
  }
}

}  // namespace

absl::StatusOr<TrainingMarket> TrainingMarketFor(const ViewSnapshot& now,
                                                 const OrganizationId& caller,
                                                 const TrainingPlan& plan,
                                                 const PlanQuestion& question,
                                                 const WorkPlaces& places,
                                                 const StopToken& stop) {
  TROUPE_ASSIGN_OR_RETURN(
      GatheredMarket gathered,
      GatherMarket(now, caller, question.market, places, &question.entry, stop));
  TrainingMarket market = {.gathered = std::move(gathered)};
  const PeopleSupply& supply = market.gathered.supply;
  TrainingProblem& problem = market.problem;
  staffing::MergedMarket merged = staffing::MergeForFilling(market.gathered.asked);
  problem.market = std::move(merged.market);
  problem.budget = plan.budget_yuan;
  problem.regime = plan.regime;
  for (size_t i = 0; i < plan.courses.size(); ++i) {
    problem.courses.push_back(CourseOf(plan.courses[i], question.entry.courses[i],
                                       question.start_weeks[i], market.gathered.shape));
  }
  AddOptions(supply, problem);
  for (const Candidate& candidate : supply.candidates) {
    market.people.push_back({candidate.profile, merged.merged_of[candidate.type]});
  }
  return market;
}

}  // namespace troupe
