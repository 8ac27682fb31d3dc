#ifndef TROUPE_SERVICES_STAFFING_GATHERED_MARKET_H_
#define TROUPE_SERVICES_STAFFING_GATHERED_MARKET_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/ids.h"
#include "matcher/base/stop_token.h"
#include "matcher/staffing/market.h"
#include "services/log/view.h"
#include "services/staffing/course_entry.h"
#include "services/staffing/gap_question.h"
#include "services/staffing/market_shape.h"
#include "services/staffing/needed_work.h"
#include "services/staffing/people_supply.h"
#include "services/staffing/work_places.h"

namespace troupe {

// Work that is likely beside what is open, and what that is likely from.
struct LikelyWork {
  int32_t history_weeks = 0;
  int64_t millidays = 0;
};

// What shoots need and people supply, as far as it exists for whoever asks.
struct GatheredMarket {
  OpenWork open;  // With what is likely, if that was asked for.
  LikelyWork likely;
  MarketShape shape;
  PeopleSupply supply;
  staffing::Market as_it_is;
  staffing::Market asked;  // After what-ifs.

  // What is needed in roles and cities that the market has no room for.
  int64_t LeftOutMillidays() const;
  // There is nothing that it could be made of, and nobody in it.
  bool IsEmpty() const { return shape.roles().empty(); }
};

// Of everybody and all openings that exist for `caller`, as staffing_service.proto says.
// `entry`, unless it is null, says who may take which courses: their roles and places are in
// the market, if it has room. Blocks on disk with a forecast. CANCELLED.
absl::StatusOr<GatheredMarket> GatherMarket(const ViewSnapshot& now, const OrganizationId& caller,
                                            const GapQuestion& question,
                                            const WorkPlaces& places, const CourseEntry* entry,
                                            const StopToken& stop);

// The sum of all of `millidays`.
int64_t SumOf(const std::vector<int64_t>& millidays);

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_GATHERED_MARKET_H_
