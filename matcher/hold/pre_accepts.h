#ifndef TROUPE_MATCHER_HOLD_PRE_ACCEPTS_H_
#define TROUPE_MATCHER_HOLD_PRE_ACCEPTS_H_

#include <vector>

#include "matcher/domain/pre_acceptance.h"
#include "matcher/hold/place_hold.h"

namespace troupe {

// True if any of `rules` accepts `request`: every part that it states matches.
// A pay floor needs a day rate in its currency; places need a known place.
bool PreAccepts(const std::vector<PreAcceptance>& rules, const HoldRequest& request);

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_PRE_ACCEPTS_H_
