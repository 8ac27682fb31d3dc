#ifndef TROUPE_SERVICES_STAFFING_PROJECT_CREW_H_
#define TROUPE_SERVICES_STAFFING_PROJECT_CREW_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/domain/profile.h"
#include "matcher/domain/project.h"
#include "matcher/rank/role_adjacency.h"
#include "matcher/staffing/shadowing.h"
#include "services/log/view.h"

namespace troupe {

// The people of a project, in its seats or attached, as those who may learn beside each
// other: by id.
struct ProjectCrew {
  std::vector<staffing::CrewPerson> people;
  // By person, then seat: the opening.
  std::vector<std::vector<const Opening*>> openings;
  // By person: what they are in the crew; of those without a seat, what they are attached as.
  std::vector<std::string> roles;
};

// What somebody may learn.
struct ProspectRules {
  // Where unset, also what their roles are near to.
  bool wishing_only = false;
  const RoleAdjacency& adjacency;
};

// The crew of `project`, which outlives it, from the records of `now`. Of who does not exist
// for the project's owner nothing is known but the seats. Blocks on disk.
// FAILED_PRECONDITION, reason CREW_TOO_LARGE: more than 500 people.
absl::StatusOr<ProjectCrew> CrewOf(const Project& project, const ViewSnapshot& now,
                                   const ProspectRules& rules);

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_PROJECT_CREW_H_
