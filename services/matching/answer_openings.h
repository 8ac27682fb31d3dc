#ifndef TROUPE_SERVICES_MATCHING_ANSWER_OPENINGS_H_
#define TROUPE_SERVICES_MATCHING_ANSWER_OPENINGS_H_

#include "absl/status/statusor.h"
#include "services/log/view.h"
#include "services/rpc/call.h"
#include "troupe/v1/match_service.pb.h"

namespace troupe {

// What MatchService.FindOpenings answers from `snapshot`. Blocks on disk.
absl::StatusOr<v1::FindOpeningsResponse> AnswerOpenings(const ViewSnapshot& snapshot,
                                                        const Call& call,
                                                        const v1::FindOpeningsRequest& request);

}  // namespace troupe

#endif  // TROUPE_SERVICES_MATCHING_ANSWER_OPENINGS_H_
