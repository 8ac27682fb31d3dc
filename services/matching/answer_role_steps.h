#ifndef TROUPE_SERVICES_MATCHING_ANSWER_ROLE_STEPS_H_
#define TROUPE_SERVICES_MATCHING_ANSWER_ROLE_STEPS_H_

#include "absl/status/statusor.h"
#include "services/log/view.h"
#include "services/rpc/call.h"
#include "troupe/v1/match_service.pb.h"

namespace troupe {

// What MatchService.ListRoleSteps answers from `snapshot`. Blocks on disk.
absl::StatusOr<v1::ListRoleStepsResponse> AnswerRoleSteps(const ViewSnapshot& snapshot,
                                                          const Call& call,
                                                          const v1::ListRoleStepsRequest& request);

}  // namespace troupe

#endif  // TROUPE_SERVICES_MATCHING_ANSWER_ROLE_STEPS_H_
