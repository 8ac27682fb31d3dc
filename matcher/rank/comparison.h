#ifndef TROUPE_MATCHER_RANK_COMPARISON_H_
#define TROUPE_MATCHER_RANK_COMPARISON_H_

#include <string>
#include <vector>

#include "matcher/base/day.h"
#include "matcher/domain/profile.h"
#include "matcher/domain/project.h"
#include "matcher/index/demand.h"
#include "matcher/index/profile_row.h"
#include "matcher/rank/query.h"
#include "matcher/rank/requirement.h"

namespace troupe {

// A profile beside an opening: as the values that people state, and as the
// engine compares them, whether or not they are in a pool. For eligibility
// only: it knows no pool, and so no rarities and no colleagues. The values must
// outlive it. Immutable.
class Comparison {
 public:
  Comparison(const Profile& profile, const Project& project, const Opening& opening, Day as_of);
  Comparison(const Comparison&) = delete;
  Comparison& operator=(const Comparison&) = delete;

  const Profile& profile() const { return profile_; }
  const Project& project() const { return project_; }
  const Opening& opening() const { return opening_; }
  const Query& query() const { return query_; }
  const ProfileView& view() const { return view_; }

  RequirementSet Failures() const;

  // Where the work is; empty if that is not fixed.
  const std::string& place() const { return project_.PlaceOf(opening_); }
  // The profile's entry for the role asked for; nullptr if there is none.
  const ProfileRole* role() const { return profile_.FindRole(opening_.role); }

  // What is required that the profile lacks, in the opening's order, each once.
  std::vector<std::string> MissingLanguages() const;
  std::vector<std::string> MissingCredentials() const;
  std::vector<Skill> MissingSkills() const;  // At the levels required.

 private:
  const Profile& profile_;
  const Project& project_;
  const Opening& opening_;
  ProfileRow row_;
  ProfileView view_;
  Demand demand_;
  Query query_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_COMPARISON_H_
