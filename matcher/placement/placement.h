#ifndef TROUPE_MATCHER_PLACEMENT_PLACEMENT_H_
#define TROUPE_MATCHER_PLACEMENT_PLACEMENT_H_

#include <cstdint>
#include <vector>

#include "matcher/placement/instance.h"

namespace troupe {

// What a program, a studio or a reserve took last: the rank, in the list of who
// ranks, of the worst graduate that it has. kNoRow while a seat is empty.
struct Cutoffs {
  std::vector<uint32_t> programs;  // Of open seats alone, where seats are reserved.
  std::vector<uint32_t> studios;
  std::vector<uint32_t> reserves;

  friend bool operator==(const Cutoffs&, const Cutoffs&) = default;
};

// Who goes where.
struct Placement {
  std::vector<uint32_t> program_of;  // By graduate; kNoRow: unplaced.
  Cutoffs cutoffs;

  friend bool operator==(const Placement&, const Placement&) = default;
};

// `program_of` with its cut-offs. Of an instance without ties, but for largest
// stable placements.
Placement WithCutoffs(const Instance& instance, std::vector<uint32_t> program_of);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_PLACEMENT_H_
