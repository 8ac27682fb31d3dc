#ifndef TROUPE_SERVICES_STAFFING_GAP_CELLS_H_
#define TROUPE_SERVICES_STAFFING_GAP_CELLS_H_

#include <cstdint>
#include <vector>

#include "matcher/staffing/gaps.h"
#include "matcher/staffing/market.h"
#include "services/staffing/gap_question.h"
#include "services/staffing/market_shape.h"
#include "services/staffing/people_supply.h"
#include "services/staffing/work_places.h"
#include "troupe/v1/gap.pb.h"

namespace troupe {

// Where an analysis lies and what may be told of it.
struct GapScope {
  const WorkPlaces& places;
  const MarketShape& shape;
  const PeopleSupply& supply;
  const GapQuestion& question;
};

// What may be told of the cells that were asked for and in which something is needed, by
// role, city and week. Of areas of which a part was left out of the market, nothing.
std::vector<v1::GapCell> CellsOf(const GapScope& scope, const staffing::Market& market,
                                 const staffing::GapReport& report);

// What is needed in the market, but in areas of which a part was left out of it.
int64_t UntoldMillidays(const GapScope& scope, const staffing::Market& market);

v1::GapTotals TotalsOf(const std::vector<v1::GapCell>& cells);

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_GAP_CELLS_H_
