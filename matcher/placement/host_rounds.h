#ifndef TROUPE_MATCHER_PLACEMENT_HOST_ROUNDS_H_
#define TROUPE_MATCHER_PLACEMENT_HOST_ROUNDS_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "matcher/base/stop_token.h"
#include "matcher/placement/wish_table.h"

namespace troupe {

// A graduate who asks for a program.
struct Application {
  uint32_t graduate = kNoRow;
  uint32_t program = kNoRow;
  uint32_t place = kNoRow;  // In the list of who ranks for the program.
  uint32_t wish = kNoRow;   // In the table of wishes.
};
using Applications = std::vector<Application>;

inline bool IsRankedAbove(const Application& a, const Application& b) { return a.place < b.place; }

// Leaves in `pool` whom a host chooses, and moves the others to `out`. `pool` has
// one application a graduate at most.
using Choose = absl::FunctionRef<void(uint32_t host, Applications& pool, Applications& out)>;

// Deferred acceptance where hosts, each of one or more programs, choose as a whole:
// in each round whoever no host holds asks for the next program of the list, and
// every host that is asked chooses anew among whom it holds and who has come. As
// long as no host takes somebody back whom it once let go, which is so for all that
// choose here, rounds and single proposals come to the same. Returns the program of
// each graduate, or CANCELLED. Cost: for each round, what the hosts hold that are
// asked in it.
absl::StatusOr<std::vector<uint32_t>> AskHosts(const WishTable& wishes,
                                               const std::vector<uint32_t>& host_of_program,
                                               Choose choose, const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_HOST_ROUNDS_H_
