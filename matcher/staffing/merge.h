#ifndef TROUPE_MATCHER_STAFFING_MERGE_H_
#define TROUPE_MATCHER_STAFFING_MERGE_H_

#include <cstdint>
#include <vector>

#include "matcher/staffing/market.h"

namespace troupe::staffing {

// A market in which only what is filled counts, however far people go: those who can
// reach the same cities in the same roles are one type, wherever they live, but for groups. It fills as
// much as the market it was made of, and has far fewer types.
struct MergedMarket {
  Market market;                     // Reaches have no cost, crafts no reluctance.
  std::vector<uint32_t> merged_of;   // By type of the market it was made of.
};

MergedMarket MergeForFilling(const Market& market);

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_MERGE_H_
