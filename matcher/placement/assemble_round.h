#ifndef TROUPE_MATCHER_PLACEMENT_ASSEMBLE_ROUND_H_
#define TROUPE_MATCHER_PLACEMENT_ASSEMBLE_ROUND_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "matcher/placement/cohort.h"
#include "matcher/placement/placed_round.h"
#include "matcher/placement/program.h"
#include "matcher/placement/round.h"

namespace troupe {

inline constexpr size_t kMostRoundGraduates = 100'000;
inline constexpr size_t kMostRoundEntries = 4'000'000;  // Of all lists together.

// A round with rows for names, before its lists are complete: those of the rows that
// `placed` says are derived are empty.
struct AssembledRound {
  PlacedRound placed;  // Without lists and pairs in its instance.
  std::vector<TieredList<uint32_t>> wishes;             // By graduate, of programs.
  std::vector<TieredList<uint32_t>> priorities;         // By program, of graduates.
  std::vector<TieredList<uint32_t>> studio_priorities;  // By studio.
  struct Pair {
    LinkedPair pair;
    Together together = Together::kUnspecified;  // Its wishes are to be made.
  };
  std::vector<Pair> pairs;
};

// `round` from its cohorts and programs, which are in its order. What lists name outside
// the round is left out. INVALID_ARGUMENT with what they name that is not there at all:
// a graduate of one of the cohorts who is not in it, or a program that is in neither
// `programs` nor `others`; a studio, a reserve's program, a pair's member not in the round.
// RESOURCE_EXHAUSTED, reason ROUND_TOO_LARGE.
absl::StatusOr<AssembledRound> AssembleRound(const Round& round,
                                             const std::vector<Cohort>& cohorts,
                                             const std::vector<Program>& programs,
                                             const absl::flat_hash_set<ProgramId>& others);

// Every program that the lists of `round` and `cohorts` name and that it does not have.
std::vector<ProgramId> NamedOutside(const Round& round, const std::vector<Cohort>& cohorts);

// The round with its lists in its instance, complete by now, and the pairs' lists made
// where they are to be, of programs that rank the two: the lowest sum of ranks first, then what the first ranks higher,
// then by the order in the lists. Errors of ValidateInstance and CheckMechanism.
absl::StatusOr<PlacedRound> FinishRound(AssembledRound assembled);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_ASSEMBLE_ROUND_H_
