#include "matcher/domain/travel.h"

#include "matcher/domain/role_taxonomy.h"
#include "matcher/domain/travel_rule.h"

namespace troupe {

int32_t TravelDays(const Profile& profile, const Project& project, const Opening& opening) {
  const Role* role = ShippedRoles().Find(opening.role);
  if (role != nullptr && role->remote_capable) return 0;
  return TravelDays(profile.home_place, project.PlaceOf(opening));
}

}  // namespace troupe
