#ifndef TROUPE_MATCHER_RANK_WHY_NOT_H_
#define TROUPE_MATCHER_RANK_WHY_NOT_H_

#include <optional>
#include <string>
#include <vector>

#include "matcher/base/day.h"
#include "matcher/domain/profile.h"
#include "matcher/domain/project.h"
#include "matcher/rank/change.h"
#include "matcher/rank/requirement.h"

namespace troupe {

// A requirement that a profile does not meet, and what would change that.
struct Failure {
  Requirement requirement;
  // "asks 1,200 CNY a day; the ceiling is 1,000 CNY". Names no person and no
  // organization, and says of a calendar only which days are not free.
  std::string text;
  // The smallest change in the requirement's own unit that meets it, verified
  // by applying it. None only if nothing would: days that can never all be
  // searched.
  std::optional<Change> change;
};

// Why `profile` is not eligible for `opening`, which need not be stored in
// `project`, as of a day: exactly the requirements that the engine says fail, in
// the order of Requirement; none if it is eligible. The changes of all of them,
// applied together, make it eligible. Whether the opening is offered at all is
// not looked at. Cost: that of copying the profile and the project some times.
//
// A block or a hidden profile is told like anything else: it is the caller's
// to keep it from whom it must not be told.
std::vector<Failure> WhyNot(const Profile& profile, const Project& project, const Opening& opening,
                            Day as_of);

// The requirements that `profile` fails, none if it is eligible: the engine's
// FailuresOf for values that are in no pool.
RequirementSet FailuresOf(const Profile& profile, const Project& project, const Opening& opening,
                          Day as_of);

// True if every failure has a change, and with all of them made the profile is
// eligible.
bool ChangesMakeEligible(const std::vector<Failure>& failures, Profile profile, Project project,
                         Opening opening, Day as_of);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_WHY_NOT_H_
