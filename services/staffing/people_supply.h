#ifndef TROUPE_SERVICES_STAFFING_PEOPLE_SUPPLY_H_
#define TROUPE_SERVICES_STAFFING_PEOPLE_SUPPLY_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/stop_token.h"
#include "matcher/base/term.h"
#include "matcher/index/pool.h"
#include "matcher/staffing/disclosure.h"
#include "matcher/staffing/market.h"
#include "services/staffing/market_shape.h"
#include "services/staffing/needed_work.h"
#include "services/staffing/work_places.h"

namespace troupe {

// What a day of work away from home costs beside pay.
struct TravelRates {
  int32_t yuan_per_day = 300;
  int32_t yuan_per_1000_km = 500;  // There, and again back.
  int32_t days_of_stay = 5;        // That the journeys' fare is spread over.

  int32_t CostOfDay(int32_t km) const;
};

// The people of a market, and what may be told of them.
struct PeopleSupply {
  std::vector<staffing::Reach> reaches;
  std::vector<staffing::PeopleType> people;
  // By role of the market: which rows of WorkPlaces are told as one, of people whom the
  // asker does not own. The numbers of cities are rows.
  std::vector<staffing::Area> areas;
  // By role of the market: one to four people whom the asker does not own hold it. They
  // are not in `people` with it, and each row is an area of its own.
  std::vector<bool> own_only;
};

// Of everybody who exists for `asker`, as staffing_service.proto says. CANCELLED.
absl::StatusOr<PeopleSupply> PeopleFor(const Pool& pool, Term asker, const WorkPlaces& places,
                                       const MarketShape& shape, const WeekRange& weeks,
                                       const TravelRates& rates, const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_PEOPLE_SUPPLY_H_
