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
#include "matcher/rank/scoring_model.h"
#include "matcher/rank/top_k.h"

namespace troupe {

// Which openings fit `profile` best, asked by the organization that owns it.
struct OpeningsQuestion {
  ProfileId profile;
  ScoringModel model;
  Day as_of;
  size_t top_k = 20;
  bool include_attached = false;
  bool want_total = false;
  bool want_facets = false;
  bool want_diagnosis = false;  // If nothing fits: looks at every offer in the roles.
};

// Somewhere that one requirement alone keeps the person out of.
struct MissedOpening {
  OpeningId opening;
  int64_t shortfall = 0;  // In the requirement's own unit; see ShortfallOf.
};

// Why nothing was found: among the openings offered in the profile's roles that
// its owner may see.
struct OpeningsDiagnosis {
  int64_t considered = 0;
  std::array<int64_t, kRequirementCount> failures{};  // By Requirement.
  // By Requirement: the nearest of those that nothing else keeps the person out
  // of; ties by id.
  std::array<std::optional<MissedOpening>, kRequirementCount> nearest;
};

// How many of all that fit have each value of an attribute.
struct OpeningFacets {
  std::map<RoleIndex, int64_t> roles;
  std::map<PlaceIndex, int64_t> places;  // kNone: anywhere.
};

struct OpeningsAnswer {
  std::vector<Ranked<OpeningId>> best;
  std::optional<int64_t> total;                // If wanted.
  std::optional<OpeningFacets> facets;         // If wanted.
  std::optional<OpeningsDiagnosis> diagnosis;  // If wanted and nothing fits.
};

// The best `top_k` openings for the profile: exactly those of a full scan of
// what is offered, ties by id. NOT_FOUND if the pool has no such profile;
// CANCELLED if `stop` says so. Cost: about a nanosecond an opening in its roles
// and in reach, and the exact tests and the score only of those that may be
// among the best; of all that may fit, if a total or facets are wanted.
absl::StatusOr<OpeningsAnswer> FindOpenings(const Pool& pool, const OpeningsQuestion& question,
                                            const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_FIND_OPENINGS_H_
