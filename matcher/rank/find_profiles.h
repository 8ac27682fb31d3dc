#ifndef TROUPE_MATCHER_RANK_FIND_PROFILES_H_
#define TROUPE_MATCHER_RANK_FIND_PROFILES_H_

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "matcher/base/stop_token.h"
#include "matcher/index/demand.h"
#include "matcher/index/pool.h"
#include "matcher/rank/requirement.h"
#include "matcher/rank/top_k.h"
#include "matcher/rank/weights.h"

namespace troupe {

// Who fits `demand` best, asked by the organization that owns its project.
struct ProfilesQuestion {
  Demand demand;
  Weights weights;
  Day as_of;
  size_t top_k = 20;
  bool include_attached = false;
  bool want_total = false;
  bool want_facets = false;
  // So many of the best are newcomers, people without a credit in the role, if
  // there are as many who are eligible: the best of them take the places of the
  // last of the others. At most `top_k`.
  size_t newcomers = 0;
  // Who is within `spread` of each other may change places, so that questions
  // that are much alike do not all name the same few: each is ranked as if the
  // score were lower, by saturate(contacts, 1) of so much, `contacts` being how
  // often the person was contacted lately; or, where nobody's are given, by a
  // part drawn for the person by `spread_seed`. 0: by score.
  int64_t spread = 0;
  uint64_t spread_seed = 0;
  absl::flat_hash_map<ProfileId, int64_t> contacts;  // Others: 0.
};

// Somebody whom one requirement alone keeps out, and by how little.
struct NearMiss {
  ProfileId profile;
  int64_t shortfall = 0;  // In the requirement's own unit; see ShortfallOf.
};

// Why nobody was found: among the people that the asker may see in the role.
struct Diagnosis {
  int64_t considered = 0;
  std::array<int64_t, kRequirementCount> failures{};  // By Requirement.
  // By Requirement: the least short of those who fail nothing else; ties by id.
  std::array<std::optional<NearMiss>, kRequirementCount> nearest;
};

// How many eligible profiles speak a language, and one of them: the pool knows
// languages by their terms only, the record has the word.
struct LanguageFacet {
  int64_t count = 0;
  ProfileId speaker;
};

// How many eligible profiles have each value of an attribute.
struct ProfileFacets {
  std::map<PlaceIndex, int64_t> home;
  std::map<int32_t, int64_t> level;  // 0: grows into the role.
  std::map<Term, LanguageFacet> language;
  std::map<bool, int64_t> contended;
};

struct ProfilesAnswer {
  std::vector<Ranked<ProfileId>> best;
  std::optional<int64_t> total;          // If wanted.
  std::optional<ProfileFacets> facets;   // If wanted.
  std::optional<Diagnosis> diagnosis;    // If `best` is empty.
  std::vector<ProfileId> for_newcomers;  // Of the best: who is there by `newcomers` only.
  int64_t spread_loss = 0;  // By how much the mean score of the best is lower by `spread`.
};

// True if the profile has no credit in `role` before `as_of`.
bool IsNewcomer(const ProfileView& view, RoleIndex role, Day as_of);

// The best `top_k` eligible profiles in `pool`: exactly those of a full scan,
// ties by id; their scores are true ones. CANCELLED if `stop` says so. Cost: linear in the profiles with
// the role; cheap tests first.
absl::StatusOr<ProfilesAnswer> FindProfiles(const Pool& pool, const ProfilesQuestion& question,
                                            const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_FIND_PROFILES_H_
