#ifndef TROUPE_SERVICES_MATCHING_ANSWER_WINDOWS_H_
#define TROUPE_SERVICES_MATCHING_ANSWER_WINDOWS_H_

#include "absl/status/statusor.h"
#include "services/log/view.h"
#include "services/rpc/call.h"
#include "troupe/v1/match_service.pb.h"

namespace troupe {

// What MatchService.FindFreeWindows answers from `snapshot`. Blocks on disk.
absl::StatusOr<v1::FindFreeWindowsResponse> AnswerWindows(
    const ViewSnapshot& snapshot, const Call& call, const v1::FindFreeWindowsRequest& request);

}  // namespace troupe

#endif  // TROUPE_SERVICES_MATCHING_ANSWER_WINDOWS_H_
