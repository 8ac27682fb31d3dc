#ifndef TROUPE_MATCHER_DOMAIN_TRAVEL_RULE_H_
#define TROUPE_MATCHER_DOMAIN_TRAVEL_RULE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/base/day.h"
#include "matcher/domain/gazetteer.h"

namespace troupe {

// How many days a journey takes, by how far it is. Immutable.
class TravelRule {
 public:
  // Reads a table with the columns up_to_km,days_each_way, the nearest first.
  // INVALID_ARGUMENT, naming the line, unless distances rise, days do not fall
  // and are 0 to kMostTravelDays, and the last line reaches round the earth.
  static absl::StatusOr<TravelRule> Parse(absl::string_view table);

  // Of a journey of so many kilometres.
  int32_t DaysEachWay(int32_t distance_km) const;

 private:
  struct Band {
    int32_t up_to_km = 0;
    int32_t days_each_way = 0;
  };

  TravelRule() = default;

  std::vector<Band> bands_;
};

// Nobody travels longer to work.
inline constexpr int32_t kMostTravelDays = 7;

// The rule this build ships: data/travel_days.csv. A constant, never destroyed.
const TravelRule& ShippedTravelRule();

// The days that the way between home and work takes, before the work and again
// after it: none where either place is not known or one contains the other.
// Both are indices of the shipped gazetteer, -1 for a place that is not known.
// Looked up, so it may be asked per candidate. Remote work takes no way: that is
// the caller's to know; see travel.h.
int32_t TravelDays(int home, int place);
// The same for ids; an id that is empty or unknown is a place that is not known.
int32_t TravelDays(absl::string_view home, absl::string_view place);

// `work` and `days` of travel on either side: what a hold or booking takes up.
inline DaySpan WithTravel(DaySpan work, int32_t days) {
  return {work.start - days, work.limit + days};
}

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_TRAVEL_RULE_H_
