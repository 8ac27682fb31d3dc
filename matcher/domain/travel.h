#ifndef TROUPE_MATCHER_DOMAIN_TRAVEL_H_
#define TROUPE_MATCHER_DOMAIN_TRAVEL_H_

#include <cstdint>

#include "matcher/domain/opening.h"
#include "matcher/domain/profile.h"
#include "matcher/domain/project.h"

namespace troupe {

// The days of travel, each way, that `profile` needs to work in `opening` of
// `project`: those between the home place and the work's (travel_rule.h); none
// for a role that works from anywhere.
int32_t TravelDays(const Profile& profile, const Project& project, const Opening& opening);

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_TRAVEL_H_
