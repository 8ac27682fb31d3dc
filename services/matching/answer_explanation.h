#ifndef TROUPE_SERVICES_MATCHING_ANSWER_EXPLANATION_H_
#define TROUPE_SERVICES_MATCHING_ANSWER_EXPLANATION_H_

#include "absl/status/statusor.h"
#include "services/log/view.h"
#include "services/rpc/call.h"
#include "troupe/v1/match_service.pb.h"

namespace troupe {

// What MatchService.ExplainMatch answers from `snapshot`. Blocks on disk.
absl::StatusOr<v1::ExplainMatchResponse> AnswerExplanation(const ViewSnapshot& snapshot,
                                                           const Call& call,
                                                           const v1::ExplainMatchRequest& request);

}  // namespace troupe

#endif  // TROUPE_SERVICES_MATCHING_ANSWER_EXPLANATION_H_
