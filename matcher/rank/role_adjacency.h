#ifndef TROUPE_MATCHER_RANK_ROLE_ADJACENCY_H_
#define TROUPE_MATCHER_RANK_ROLE_ADJACENCY_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "matcher/base/day.h"
#include "matcher/base/stop_token.h"
#include "matcher/base/term.h"
#include "matcher/index/pool.h"
#include "matcher/index/profile_view.h"

namespace troupe {

// How readily people of one role come to work in another.
struct RoleStep {
  RoleIndex from = kNone;
  RoleIndex to = kNone;
  int64_t people = 0;  // With a credit in `from`; 0: not counted, but shipped.
  int64_t moved = 0;   // Of them: whose first credit in `to` is of a later day.
  // How likely the step is, in millionths: moved of people, and kPriorPeople more
  // who took it as people of any role do.
  int64_t chance = 0;
  // `chance` of how likely anybody is to come into `to`, in thousandths.
  int64_t lift_thousandths = 0;
  int32_t median_days = 0;  // Of those who moved, from the first day to the first.

  friend bool operator==(const RoleStep&, const RoleStep&) = default;
};

// All steps between roles. Immutable.
class RoleAdjacency {
 public:
  static constexpr int64_t kPriorPeople = 20;

  // What ships for markets without history (data/role_adjacency.csv): set by
  // hand, from how the trade speaks of careers. Steps between roles of one
  // department that it does not name are as likely as its row of the two `*`.
  static const RoleAdjacency& Shipped();

  // Counted in the dated credits before `until` of people who exist for `asker`.
  // Linear in the credits. CANCELLED if `stop` says so.
  static absl::StatusOr<RoleAdjacency> Learn(const Pool& pool, Term asker, Day until,
                                             const StopToken& stop);

  // The likeliest first; ties by role. Of learned ones, those that somebody took.
  absl::Span<const RoleStep> From(RoleIndex role) const;

  // How likely the step is, in millionths; 0 if one of them is no role, or both are
  // the same. Constant time.
  int64_t ChanceOfStep(RoleIndex from, RoleIndex to) const;

  // The likeliest step into `to` from one of `roles` that is held already; of equal
  // ones the first. Of chance 0 if there is none. Only its roles and chance are set.
  RoleStep LikeliestInto(RoleIndex to, absl::Span<const RoleRow> roles) const;

  // How likely somebody comes into `to` who has worked in all of `roles`, as if
  // each were a chance of its own; 0 if `to` is among them. In millionths.
  int64_t ChanceOf(absl::Span<const RoleIndex> roles, RoleIndex to) const;

 private:
  using Chances = std::vector<std::vector<int64_t>>;  // Of steps, by from, then to.
  // A step that is not among `steps` is as likely as `others` says.
  RoleAdjacency(const std::vector<RoleStep>& steps, Chances others);

  std::vector<std::vector<RoleStep>> from_;  // By role.
  Chances chances_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_ROLE_ADJACENCY_H_
