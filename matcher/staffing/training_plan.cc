#include "matcher/staffing/training_plan.h"

#include "absl/strings/str_cat.h"
#include "matcher/domain/field.h"
#include "matcher/domain/field_rules.h"
#include "matcher/domain/vocabulary_rules.h"

namespace troupe {
namespace {

constexpr size_t kMostTitleBytes = 200;
constexpr int32_t kMostWeeksOfCourse = 52;
constexpr int64_t kMostCost = 10'000'000;
constexpr int64_t kMostSeats = 100'000;
constexpr int64_t kMostBudget = 10'000'000'000;
constexpr int32_t kMostDraws = 64;
constexpr int32_t kMostComparisonDraws = 10'000;
constexpr int64_t kLeastWork = 1'000;
constexpr int64_t kMostWork = 10'000'000;

void CheckCourse(const Field& field, const CourseTerms& course) {
  CheckPartId(field["id"], course.id);
  CheckText(field["title"], course.title, kMostTitleBytes);
  CheckRole(field["role"], course.role);
  CheckPlace(field["place"], course.place);
  CheckDay(field["start"], course.start);
  CheckNumber(field["weeks"], course.weeks, 1, kMostWeeksOfCourse);
  CheckNumber(field["cost_yuan"], course.cost_yuan, 1, kMostCost);
  CheckNumber(field["seats"], course.seats, 1, kMostSeats);
  CheckNumber(field["success_millionths"], course.success_millionths, 0, kMillionths);
  CheckNumber(field["productivity_millionths"], course.productivity_millionths, 1, kMillionths);
  CheckNumber(field["absence_millionths"], course.absence_millionths, 0, kMillionths);
}

// 0 stands for what is usual.
void CheckOrUsual(const Field& field, int64_t value, int64_t least, int64_t most) {
  if (value != 0) CheckNumber(field, value, least, most);
}

}  // namespace

Violations ValidateTrainingPlan(const TrainingPlan& plan) {
  Violations found;
  const Field root(&found);
  CheckExternalId(root["external_id"], plan.external_id);
  RequireText(root["title"], plan.title, kMostTitleBytes);
  CheckDay(root["from"], plan.from);
  CheckDay(root["until"], plan.until);
  if (plan.from.has_value() && plan.until.has_value() && *plan.until <= *plan.from) {
    root["until"].Report(absl::StrCat("is ", plan.until->ToString(), ", not after `from`"),
                         absl::StrCat("give a day after ", plan.from->ToString()));
  }
  const Field courses = root["courses"];
  if (plan.courses.empty()) courses.Report("is empty", "give at least one course");
  CheckEach(courses, plan.courses, TrainingPlan::kMostCourses, CheckCourse);
  CheckDistinct(courses, plan.courses, TrainingPlan::kMostCourses, "id", &CourseTerms::id);
  CheckNumber(root["budget_yuan"], plan.budget_yuan, 0, kMostBudget);
  CheckPlaces(root["homes"], plan.homes, TrainingPlan::kMostHomes);
  CheckCount(root["what_ifs"], plan.what_ifs.size(), TrainingPlan::kMostWhatIfs);
  CheckOrUsual(root["draws"], plan.draws, 1, kMostDraws);
  CheckOrUsual(root["work_limit"], plan.work_limit, kLeastWork, kMostWork);
  CheckOrUsual(root["comparison_draws"], plan.comparison_draws, 2, kMostComparisonDraws);
  CheckNumber(root["further_yuan"], plan.further_yuan.value_or(0), 0, kMostBudget);
  return found;
}

}  // namespace troupe
