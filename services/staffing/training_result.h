#ifndef TROUPE_SERVICES_STAFFING_TRAINING_RESULT_H_
#define TROUPE_SERVICES_STAFFING_TRAINING_RESULT_H_

#include <cstdint>
#include <vector>

#include "matcher/staffing/compare_policies.h"
#include "matcher/staffing/explain_training.h"
#include "matcher/staffing/plan_training.h"
#include "matcher/staffing/training_plan.h"
#include "services/staffing/plan_question.h"
#include "services/staffing/training_market.h"
#include "services/staffing/work_places.h"
#include "troupe/v1/training_plan.pb.h"

namespace troupe {

// What making a plan found.
struct PlanFindings {
  const PlanQuestion& question;
  const WorkPlaces& places;
  const TrainingMarket& market;
  staffing::PlannedTraining planned;
  std::vector<staffing::TrainingReason> reasons;
  int64_t filled_untrained = 0;  // Millidays, where demand is as expected.
};

// What may be told of it: all but when it was made and how it compares.
v1::TrainingResult ResultOf(const PlanFindings& findings);

v1::PolicyComparison ToWire(const staffing::PolicyComparison& comparison,
                            staffing::Regime regime, uint64_t seed);

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_TRAINING_RESULT_H_
