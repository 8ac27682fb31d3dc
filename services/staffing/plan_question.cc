#include "services/staffing/plan_question.h"

#include <cstddef>
#include <string>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/domain/field.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

// Of a place that is valid; empty: from anywhere.
uint32_t RowOf(const std::string& place, const WorkPlaces& places) {
  if (place.empty()) return places.anywhere();
  return places.RowOf(static_cast<PlaceIndex>(ShippedPlaces().IndexOf(place)));
}

v1::AnalyzeGapsRequest MarketRequest(const TrainingPlan& plan) {
  v1::AnalyzeGapsRequest request;
  if (plan.from.has_value()) *request.mutable_from() = ToWire(*plan.from);
  if (plan.until.has_value()) *request.mutable_until() = ToWire(*plan.until);
  for (const std::string& change : plan.what_ifs) request.add_what_ifs()->ParseFromString(change);
  request.set_include_forecast(plan.include_forecast);
  return request;
}

uint32_t StartWeek(const CourseTerms& course, const WeekRange& weeks, const Field& field) {
  if (weeks.first <= course.start && course.start < weeks.limit()) {
    return static_cast<uint32_t>((course.start - weeks.first) / 7);
  }
  field.Report(absl::StrCat("is ", course.start.ToString(), ", not in the weeks looked at"),
               absl::StrCat("give a day from ", weeks.first.ToString(), " to ",
                            (weeks.limit() - 1).ToString()));
  return 0;
}

}  // namespace

absl::StatusOr<PlanQuestion> ReadPlanQuestion(const TrainingPlan& plan, Day today,
                                              const WorkPlaces& places) {
  PlanQuestion question;
  TROUPE_ASSIGN_OR_RETURN(question.market, ReadGapQuestion(MarketRequest(plan), today, places));
  question.entry.wishing_only = plan.learners == TrainingPlan::Learners::kWishing;
  if (!plan.homes.empty()) question.entry.homes.resize(places.rows());
  for (const std::string& home : plan.homes) question.entry.homes[RowOf(home, places)] = true;
  Violations found;
  const Field root(&found);
  const Field courses = root["courses"];
  for (size_t i = 0; i < plan.courses.size(); ++i) {
    const CourseTerms& course = plan.courses[i];
    const auto role = static_cast<uint32_t>(ShippedRoles().IndexOf(course.role));
    question.entry.courses.push_back({role, RowOf(course.place, places)});
    question.market.roles.push_back(role);
    const Field field = courses[i];
    question.start_weeks.push_back(StartWeek(course, question.market.weeks, field["start"]));
  }
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  return question;
}

}  // namespace troupe
