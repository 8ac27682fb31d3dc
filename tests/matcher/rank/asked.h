#ifndef TROUPE_TESTS_MATCHER_RANK_ASKED_H_
#define TROUPE_TESTS_MATCHER_RANK_ASKED_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "matcher/index/pool_writer.h"
#include "matcher/index/profile_row.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/features.h"
#include "matcher/rank/query.h"
#include "matcher/rank/rarity.h"
#include "tests/testing/builders.h"

namespace troupe::testing {

// The day of a question that does not say otherwise.
inline constexpr Day kAskedOn = Day(20780);  // 2026-11-23

// The first opening of a project as a question, asked in a market of `others`,
// from which rarities and shared productions come. Not copyable: the query
// refers to the rest.
class Asked {
 public:
  explicit Asked(Project project, std::vector<Profile> others = {}, Day as_of = kAskedOn)
      : pool_(PoolOf(std::move(others))),
        demand_(MakeDemand(project, project.openings.front())),
        rarities_(*pool_, as_of),
        query_(*pool_, demand_, as_of, rarities_) {}
  explicit Asked(const ProjectBuilder& project, std::vector<Profile> others = {},
                 Day as_of = kAskedOn)
      : Asked(project.Build(), std::move(others), as_of) {}
  Asked(const Asked&) = delete;
  Asked& operator=(const Asked&) = delete;

  const Query& query() const { return query_; }

  int64_t ValueOf(Feature feature, const Profile& profile) const {
    const ProfileRow row = MakeProfileRow(profile);
    const ProfileView view = row.View();
    return Evaluate(query_, view, RoleOf(view))[static_cast<size_t>(feature)];
  }

  RequirementSet FailuresOf(const Profile& profile) const {
    const ProfileRow row = MakeProfileRow(profile);
    const ProfileView view = row.View();
    return troupe::FailuresOf(query_, view, RoleOf(view));
  }

 private:
  static std::shared_ptr<const Pool> PoolOf(std::vector<Profile> profiles) {
    PoolWriter writer;
    return writer.Apply({.profiles = std::move(profiles)}).pool;
  }
  const RoleRow* RoleOf(const ProfileView& view) const {
    return view.FindRole(demand_.scalars.role);
  }

  std::shared_ptr<const Pool> pool_;
  Demand demand_;
  Rarities rarities_;
  Query query_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_MATCHER_RANK_ASKED_H_
