#ifndef TROUPE_MATCHER_PLACEMENT_WHAT_IF_H_
#define TROUPE_MATCHER_PLACEMENT_WHAT_IF_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "matcher/base/stop_token.h"
#include "matcher/placement/placed_round.h"
#include "matcher/placement/program_judge.h"

namespace troupe {

// Where a graduate would have been placed if one thing were otherwise: places the round
// once more with it, all else being as it was. Derived lists that the change touches are
// derived again, from people and openings as they are now. For graduates in no pair.
// What it is made of outlives it. Thread-compatible.
//
//   WhatIf what_if(rules, placed);
//   TROUPE_ASSIGN_OR_RETURN(uint32_t program, what_if.WithProfile(7, row.View(), stop));
class WhatIf {
 public:
  WhatIf(const DerivationRules& rules, const PlacedRound& placed);

  // With another profile: one that holds a further role, say. Of a list that the graduate
  // stated itself, programs that would take it then are added at the end, the best match
  // first. kNoRow: unplaced. CANCELLED.
  absl::StatusOr<uint32_t> WithProfile(uint32_t graduate, const ProfileView& view,
                                       const StopToken& stop);

  // With `program` at the end of its list. Likewise.
  absl::StatusOr<uint32_t> WithWish(uint32_t graduate, uint32_t program,
                                    const StopToken& stop);

  // Programs that rank the graduate, or would by derivation, and that it does not list,
  // in their order.
  std::vector<uint32_t> FurtherPrograms(uint32_t graduate) const;

  // Programs that rank by match scores, as judges of people.
  const ProgramJudge& JudgeOf(uint32_t program);

  // Whether who is placed at `program` was ranked by match scores.
  bool DerivesPriorities(uint32_t program) const {
    return derives_.contains(RankerOf(program));
  }

 private:
  struct Lists;

  uint32_t program_count() const {
    return static_cast<uint32_t>(placed_.instance().programs.size());
  }
  uint32_t RankerOf(uint32_t program) const;
  bool AsksForRoleOf(uint32_t program, const ProfileView& view) const;
  bool Ranks(uint32_t ranker, uint32_t graduate) const;
  std::vector<RankedLists::Tied> WishesWith(uint32_t graduate, const ProfileView& view);
  std::vector<uint32_t> Reinserted(uint32_t program, uint32_t graduate, const ProfileView& view);
  absl::StatusOr<uint32_t> PlaceWith(const Lists& lists, uint32_t graduate,
                                     const StopToken& stop) const;

  const DerivationRules& rules_;
  const PlacedRound& placed_;
  Rarities rarities_;
  absl::flat_hash_set<uint32_t> derives_;  // Programs, and studios after them.
  absl::flat_hash_map<uint32_t, std::unique_ptr<ProgramJudge>> judges_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_WHAT_IF_H_
