#ifndef TROUPE_MATCHER_RANK_DATED_DEMAND_H_
#define TROUPE_MATCHER_RANK_DATED_DEMAND_H_

#include <algorithm>

#include "matcher/base/day.h"
#include "matcher/index/demand.h"
#include "matcher/rank/work_plan.h"

namespace troupe {

// A demand as of one day: all that eligibility depends on beside the profile.
// Valid as long as the demand is; costs next to nothing to make.
class DatedDemand {
 public:
  DatedDemand(const Demand& demand, Day as_of)
      : demand_(&demand), as_of_(as_of), window_(demand.window()), plan_(demand, as_of) {
    window_.start = std::max(window_.start, as_of);
  }

  const Demand& demand() const { return *demand_; }
  Day as_of() const { return as_of_; }
  // The days asked for that are not past; of blocks, those between them too.
  DaySpan window() const { return window_; }
  const WorkPlan& plan() const { return plan_; }

 private:
  const Demand* demand_;
  Day as_of_;
  DaySpan window_;
  WorkPlan plan_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_DATED_DEMAND_H_
