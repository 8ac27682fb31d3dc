#ifndef TROUPE_SERVICES_PLACEMENT_RUN_ROUND_H_
#define TROUPE_SERVICES_PLACEMENT_RUN_ROUND_H_

#include <string>

#include "absl/status/statusor.h"
#include "matcher/placement/placed_round.h"
#include "matcher/placement/program_judge.h"
#include "services/log/view.h"
#include "services/placement/round_operations.h"

namespace troupe {

// The weights by which `round` derives lists. NOT_FOUND, reason MODEL_NOT_FOUND; as
// NamedModel. Blocks on disk.
absl::StatusOr<ScoringModel> ModelOf(const ViewSnapshot& now, const OrganizationId& owner,
                                     const std::string& model);

// Places `round`, as its cohorts and programs are in `now`: all that RunRound does but for
// writing it down. Errors as RunRound says; CANCELLED. Blocks on disk.
absl::StatusOr<PlacedRound> PlaceRound(const ViewSnapshot& now, const Round& round,
                                       LiveOperation& live);

// SHA-256 of the round's certificate, hexadecimal.
std::string CertificateHash(const PlacedRound& placed);

// Runs a round that was begun, to the end of its operation. Blocks; takes as long as it
// takes.
void RunRoundToEnd(RoundOperations& operations, const BegunRound& begun);

// Ends an operation that ran when the process stopped, and deletes what it left.
void EndBrokenOffRun(RoundOperations& operations, const BegunRound& begun);

}  // namespace troupe

#endif  // TROUPE_SERVICES_PLACEMENT_RUN_ROUND_H_
