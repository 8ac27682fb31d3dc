#ifndef TROUPE_SERVICES_CLI_PLACEMENT_ROUND_UPLOAD_H_
#define TROUPE_SERVICES_CLI_PLACEMENT_ROUND_UPLOAD_H_

#include "absl/status/statusor.h"
#include "services/cli/placement/round_draft.h"
#include "services/cli/session.h"
#include "troupe/v1/round.pb.h"

namespace troupe {

// The system that external ids of what is read from files name.
inline constexpr char kFilesSource[] = "placement-files";

// Stores the cohorts, programs and round of `draft`, and returns the round as stored.
// Each has an external id made of the draft's own: what is stored already is changed
// where it differs, and left alone where not. Needs a mechanism and a seed. Errors of the
// server are told by the rows of the files where they name one.
absl::StatusOr<v1::Round> StoreRound(const RoundDraft& draft, Session& session);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_PLACEMENT_ROUND_UPLOAD_H_
