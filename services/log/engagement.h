#ifndef TROUPE_SERVICES_LOG_ENGAGEMENT_H_
#define TROUPE_SERVICES_LOG_ENGAGEMENT_H_

#include <map>

#include "matcher/base/day.h"
#include "matcher/base/ids.h"
#include "matcher/domain/profile.h"

namespace troupe {

// The projects that hold or book days of `profile`, each with the last of them.
std::map<ProjectId, Day> EngagementsOf(const Profile& profile);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_ENGAGEMENT_H_
