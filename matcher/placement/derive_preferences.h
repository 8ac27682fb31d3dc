#ifndef TROUPE_MATCHER_PLACEMENT_DERIVE_PREFERENCES_H_
#define TROUPE_MATCHER_PLACEMENT_DERIVE_PREFERENCES_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "matcher/base/stop_token.h"
#include "matcher/placement/assemble_round.h"
#include "matcher/placement/program_judge.h"

namespace troupe {

// Called now and then with how many programs are done, of how many.
using DerivationProgress = absl::FunctionRef<void(int64_t done, int64_t total)>;

// Completes the lists that `round` says are derived, by the match scores of the engine;
// ties by row. A graduate's: of the programs that would take it, so many as the round says.
// A program's, or a studio's by the best of its programs: of the graduates who wish it and
// are eligible; the others would not come. Deterministic. CANCELLED if `stop` says so.
//
// Cost: a test of eligibility for each graduate and opening that share a role, and a
// score where it passes; some microseconds.
absl::Status DerivePreferences(const DerivationRules& rules, AssembledRound& round,
                               DerivationProgress progress, const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_DERIVE_PREFERENCES_H_
