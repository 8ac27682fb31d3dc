#ifndef TROUPE_MATCHER_PLACEMENT_RESERVES_H_
#define TROUPE_MATCHER_PLACEMENT_RESERVES_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/stop_token.h"
#include "matcher/placement/instance.h"

namespace troupe {

// Who sits on what kind of seat. A program fills its seats kind by kind in their
// order of precedence: reserves before the open seats, as listed; the open seats;
// reserves after them, as listed. A reserve takes the best members of its group who
// are left; if seats stay empty and revert, then the best others who are left.
//
// This is the choice of slot-specific priorities: whom it lets go from some, it lets
// go from more. Thread-compatible, for it has scratch.
class SeatKinds {
 public:
  static constexpr uint32_t kOpen = kNoRow - 1;  // In place of a reserve.

  explicit SeatKinds(const Instance& instance);

  // The reserve on whose seat each of `graduates`, best first, sits at `program`;
  // kOpen: an open one; kNoRow: on none.
  const std::vector<uint32_t>& SeatEach(uint32_t program, std::span<const uint32_t> graduates);

  // Of a reserve, or kOpen at `program`.
  int32_t SeatsOfKind(uint32_t program, uint32_t kind) const;
  bool HasReserves(uint32_t program) const { return !kinds_[program].empty(); }
  // Its reserves and kOpen, in their order; empty without reserves.
  const std::vector<uint32_t>& KindsOf(uint32_t program) const { return kinds_[program]; }

 private:
  void Fill(uint32_t kind, int32_t seats, std::span<const uint32_t> graduates);
  bool IsMember(uint32_t graduate, uint32_t group) const;

  const Instance& instance_;
  std::vector<std::vector<uint32_t>> kinds_;      // By program.
  std::vector<std::vector<uint32_t>> groups_of_;  // By graduate.
  std::vector<uint32_t> seat_of_;                 // Scratch.
};

// Graduates propose to programs with reserved seats. U. Dur, S. D. Kominers, P. A.
// Pathak, T. Sonmez, "Reserve design: unintended consequences and the demise of
// Boston's walk zones", Journal of Political Economy 126 (2018).
//
// Promises: stable, that is, no graduate g would rather have a program that would
// give g a seat if it chose among those it has and g; of all such placements the one
// that every graduate likes best; and no graduate gains by another list than the
// true one. Who is in a group is not for graduates to say.
//
// Returns the program of each graduate, or CANCELLED. Takes valid instances without
// ties, studios or pairs. O(entries) rounds at worst, each over the programs asked.
absl::StatusOr<std::vector<uint32_t>> PlaceWithReserves(const Instance& instance,
                                                        const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_RESERVES_H_
