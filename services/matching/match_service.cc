#include "services/matching/match_service.h"

#include <utility>

#include "absl/strings/str_format.h"
#include "matcher/domain/role_taxonomy.h"
#include "services/convert/types_conversion.h"
#include "services/matching/answer_explanation.h"
#include "services/matching/answer_openings.h"
#include "services/matching/answer_profiles.h"
#include "services/matching/answer_role_steps.h"
#include "services/matching/answer_windows.h"

namespace troupe {
namespace {

// Lets `answer` work out what is asked, on the executor, from what the view
// holds when its turn comes.
template <typename Request, typename Response>
void AnswerOn(Executor& executor, const View& view, std::shared_ptr<const Call> call,
              const Request& request, Done<Response> done,
              absl::StatusOr<Response> (*answer)(const ViewSnapshot&, const Call&,
                                                 const Request&)) {
  executor.Run([&view, call = std::move(call), &request, done = std::move(done), answer] {
    if (absl::Status failure = view.failure(); !failure.ok()) return done(std::move(failure));
    const std::shared_ptr<const ViewSnapshot> snapshot = view.Now();
    done(answer(*snapshot, *call, request));
  });
}

absl::StatusOr<v1::PoolStatistics> AnswerStatistics(const ViewSnapshot& snapshot, const Call&,
                                                    const v1::GetPoolStatisticsRequest&) {
  const PoolStatistics counted = snapshot.pool().Statistics();
  v1::PoolStatistics wire;
  wire.set_profiles(counted.profiles);
  wire.set_projects(counted.projects);
  wire.set_openings(counted.open_openings);
  wire.set_credits(counted.credits);
  wire.set_productions(counted.productions);
  for (const auto& [role, people] : counted.holders) {
    if (role == kNone || people == 0) continue;
    (*wire.mutable_role_profiles())[ShippedRoles().roles()[static_cast<size_t>(role)].id] = people;
  }
  wire.set_pool_bytes(static_cast<int64_t>(counted.bytes));
  wire.set_pool_segments(counted.segments);
  wire.set_digest(absl::StrFormat("%016x", counted.digest));
  *wire.mutable_today() = ToWire(snapshot.pool().today());
  return wire;
}

}  // namespace

void MatchService::FindProfiles(std::shared_ptr<const Call> call,
                                const v1::FindProfilesRequest& request,
                                Done<v1::FindProfilesResponse> done) {
  AnswerOn(*executor_, *view_, std::move(call), request, std::move(done), AnswerProfiles);
}

void MatchService::FindOpenings(std::shared_ptr<const Call> call,
                                const v1::FindOpeningsRequest& request,
                                Done<v1::FindOpeningsResponse> done) {
  AnswerOn(*executor_, *view_, std::move(call), request, std::move(done), AnswerOpenings);
}

void MatchService::ExplainMatch(std::shared_ptr<const Call> call,
                                const v1::ExplainMatchRequest& request,
                                Done<v1::ExplainMatchResponse> done) {
  AnswerOn(*executor_, *view_, std::move(call), request, std::move(done), AnswerExplanation);
}

void MatchService::FindFreeWindows(std::shared_ptr<const Call> call,
                                   const v1::FindFreeWindowsRequest& request,
                                   Done<v1::FindFreeWindowsResponse> done) {
  AnswerOn(*executor_, *view_, std::move(call), request, std::move(done), AnswerWindows);
}

void MatchService::ListRoleSteps(std::shared_ptr<const Call> call,
                                 const v1::ListRoleStepsRequest& request,
                                 Done<v1::ListRoleStepsResponse> done) {
  AnswerOn(*executor_, *view_, std::move(call), request, std::move(done), AnswerRoleSteps);
}

void MatchService::GetPoolStatistics(std::shared_ptr<const Call> call,
                                     const v1::GetPoolStatisticsRequest& request,
                                     Done<v1::PoolStatistics> done) {
  AnswerOn(*executor_, *view_, std::move(call), request, std::move(done), AnswerStatistics);
}

}  // namespace troupe
