#ifndef TROUPE_SERVICES_STAFFING_PEOPLE_SUPPLY_H_
#define TROUPE_SERVICES_STAFFING_PEOPLE_SUPPLY_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/ids.h"
#include "matcher/base/stop_token.h"
#include "matcher/base/term.h"
#include "matcher/index/pool.h"
#include "matcher/staffing/disclosure.h"
#include "matcher/staffing/market.h"
#include "services/staffing/course_entry.h"
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

// Somebody who may take courses.
struct Candidate {
  ProfileId profile;
  uint32_t type = 0;       // Of the supply.
  uint32_t main_role = 0;  // Of the taxonomy; PeopleSupply::kNoRole.
  bool is_own = false;     // The asker's.
};

// The people of a market, and what may be told of them.
struct PeopleSupply {
  static constexpr uint32_t kNoRole = ~uint32_t{0};

  std::vector<staffing::Reach> reaches;
  std::vector<staffing::PeopleType> people;
  // By role of the market: which rows of WorkPlaces are told as one, of people whom the
  // asker does not own. The numbers of cities are rows.
  std::vector<staffing::Area> areas;
  // By role of the market: one to four people whom the asker does not own hold it. They
  // are not in `people` with it, and each row is an area of its own.
  std::vector<bool> own_only;
  // Where courses were given: who may take any, and by PeopleType::group which ones. One to
  // four people whom the asker does not own are left out of a course.
  std::vector<Candidate> candidates;
  std::vector<std::vector<uint32_t>> courses_of_group;
};

// Of everybody who exists for `asker`, as staffing_service.proto says. With `entry`, unless
// it is null, people are of types by which courses they may take, and those who hold no role
// of the market but may take one are there too. CANCELLED.
absl::StatusOr<PeopleSupply> PeopleFor(const Pool& pool, Term asker, const WorkPlaces& places,
                                       const MarketShape& shape, const WeekRange& weeks,
                                       const TravelRates& rates, const CourseEntry* entry,
                                       const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_PEOPLE_SUPPLY_H_
