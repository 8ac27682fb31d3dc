#ifndef TROUPE_SERVICES_STAFFING_TRAINING_MARKET_H_
#define TROUPE_SERVICES_STAFFING_TRAINING_MARKET_H_

#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/ids.h"
#include "matcher/base/stop_token.h"
#include "matcher/staffing/name_trainees.h"
#include "matcher/staffing/training.h"
#include "matcher/staffing/training_plan.h"
#include "services/log/view.h"
#include "services/staffing/gathered_market.h"
#include "services/staffing/plan_question.h"
#include "services/staffing/work_places.h"

namespace troupe {

// What a training plan is chosen from.
struct TrainingMarket {
  GatheredMarket gathered;
  // Types merged by what they can reach; courses as the plan has them.
  staffing::TrainingProblem problem;
  std::vector<staffing::TypedPerson> people;  // Candidates, in types of the problem.
};

// Of everybody and all openings that exist for `caller`. Blocks on disk with a forecast.
// CANCELLED.
absl::StatusOr<TrainingMarket> TrainingMarketFor(const ViewSnapshot& now,
                                                 const OrganizationId& caller,
                                                 const TrainingPlan& plan,
                                                 const PlanQuestion& question,
                                                 const WorkPlaces& places,
                                                 const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_TRAINING_MARKET_H_
