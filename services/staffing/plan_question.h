#ifndef TROUPE_SERVICES_STAFFING_PLAN_QUESTION_H_
#define TROUPE_SERVICES_STAFFING_PLAN_QUESTION_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/day.h"
#include "matcher/staffing/training_plan.h"
#include "services/staffing/course_entry.h"
#include "services/staffing/gap_question.h"
#include "services/staffing/work_places.h"

namespace troupe {

// What a training plan asks on one day, found valid.
struct PlanQuestion {
  GapQuestion market;
  CourseEntry entry;
  std::vector<uint32_t> start_weeks;  // By course.
};

// Of a plan that keeps the rules of ValidateTrainingPlan. INVALID_ARGUMENT names what does
// not fit to the day.
absl::StatusOr<PlanQuestion> ReadPlanQuestion(const TrainingPlan& plan, Day today,
                                              const WorkPlaces& places);

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_PLAN_QUESTION_H_
