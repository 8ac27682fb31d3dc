#ifndef TROUPE_MATCHER_RANK_FIND_OPENINGS_H_
#define TROUPE_MATCHER_RANK_FIND_OPENINGS_H_

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/stop_token.h"
#include "matcher/index/pool.h"
#include "matcher/rank/requirement.h"
#include "matcher/rank/top_k.h"
#include "matcher/rank/weights.h"

namespace troupe {

// Which openings fit `profile` best, asked by the organization that owns it.
struct OpeningsQuestion {
  ProfileId profile;
  std::optional<Weights> weights;  // None: those that ship for each role.
  Day as_of;
  size_t top_k = 20;
  bool include_attached = false;
};

// Somewhere that one requirement alone keeps the person out of.
struct MissedOpening {
  OpeningId opening;
  int64_t shortfall = 0;  // In the requirement's own unit; see ShortfallOf.
};

struct OpeningsAnswer {
  std::vector<Ranked<OpeningId>> best;
  int64_t total = 0;
  std::map<RoleIndex, int64_t> roles;    // Of all that fit.
  std::map<PlaceIndex, int64_t> places;  // Likewise; kNone: anywhere.
  // Openings offered in the profile's roles that its owner may see; how many of
  // them each requirement keeps the person out of; and, by requirement, the
  // nearest of those that nothing else does, ties by id.
  int64_t considered = 0;
  std::array<int64_t, kRequirementCount> failures{};
  std::array<std::optional<MissedOpening>, kRequirementCount> nearest;
};

// The best `top_k` openings for the profile: exactly those of a full scan of
// what is offered, ties by id. NOT_FOUND if the pool has no such profile;
// CANCELLED if `stop` says so. Cost: linear in the openings in its roles.
absl::StatusOr<OpeningsAnswer> FindOpenings(const Pool& pool, const OpeningsQuestion& question,
                                            const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_FIND_OPENINGS_H_
