#ifndef TROUPE_MATCHER_PLACEMENT_PLACEMENT_IDS_H_
#define TROUPE_MATCHER_PLACEMENT_PLACEMENT_IDS_H_

#include <compare>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "matcher/base/ids.h"

namespace troupe {

using CohortId = Id<struct CohortKind>;    // cohorts/{16 hex digits}
using ProgramId = Id<struct ProgramKind>;  // programs/{16 hex digits}
using RoundId = Id<struct RoundKind>;      // rounds/{16 hex digits}

// A graduate as somebody else's list names it: by cohort and id, or by profile.
struct GraduateName {
  CohortId cohort;  // Zero: by profile.
  std::string id;
  ProfileId profile;

  friend auto operator<=>(const GraduateName&, const GraduateName&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const GraduateName& name) {
    return H::combine(std::move(h), name.cohort, name.id, name.profile);
  }
};

// A list, best first, in which entries may be liked equally.
template <typename Entry>
struct TieredList {
  std::vector<Entry> entries;
  // How many entries are liked equally, from the best on; they sum up to the entries.
  // Empty: each is liked less than the one before.
  std::vector<uint32_t> tier_sizes;

  bool empty() const { return entries.empty(); }
  friend bool operator==(const TieredList&, const TieredList&) = default;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_PLACEMENT_IDS_H_
