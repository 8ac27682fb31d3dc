#include "services/staffing/staffing_service.h"

#include <utility>

#include "absl/status/statusor.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/rpc/resource_errors.h"
#include "services/staffing/analyze_gaps.h"
#include "services/staffing/suggest_shadowing.h"

namespace troupe {
namespace {

absl::StatusOr<v1::AnalyzeGapsResponse> Analyze(const View& view, const Call& call,
                                                const v1::AnalyzeGapsRequest& request) {
  TROUPE_RETURN_IF_ERROR(CheckWanted(call));
  TROUPE_RETURN_IF_ERROR(view.failure());
  return GapsFor(*view.Now(), call.organization(), request, call.stop());
}

absl::StatusOr<v1::SuggestShadowingResponse> Suggest(
    const View& view, const Call& call, const v1::SuggestShadowingRequest& request) {
  TROUPE_RETURN_IF_ERROR(CheckWanted(call));
  TROUPE_RETURN_IF_ERROR(view.failure());
  return ShadowingFor(*view.Now(), call.organization(), request, call.stop());
}

}  // namespace

void StaffingService::AnalyzeGaps(std::shared_ptr<const Call> call,
                                  const v1::AnalyzeGapsRequest& request,
                                  Done<v1::AnalyzeGapsResponse> done) {
  if (under_way_.fetch_add(1) >= kMostAtOnce) {
    --under_way_;
    return done(ErrorWithReason(absl::StatusCode::kResourceExhausted, "ANALYSIS_UNDER_WAY",
                                "this server is analysing gaps for others: try again when that "
                                "is done"));
  }
  threads_.Run([this, call = std::move(call), &request, done = std::move(done)] {
    absl::StatusOr<v1::AnalyzeGapsResponse> response = Analyze(*view_, *call, request);
    --under_way_;  // Before the client can ask again.
    done(std::move(response));
  });
}

void StaffingService::WatchGaps(std::shared_ptr<const Call> call,
                                const v1::WatchGapsRequest& request,
                                std::shared_ptr<ResponseSink<v1::WatchGapsResponse>> sink) {
  watches_->Open(std::move(call), request, std::move(sink));
}

void StaffingService::SuggestShadowing(std::shared_ptr<const Call> call,
                                       const v1::SuggestShadowingRequest& request,
                                       Done<v1::SuggestShadowingResponse> done) {
  crew_threads_.Run([this, call = std::move(call), &request, done = std::move(done)] {
    done(Suggest(*view_, *call, request));
  });
}

}  // namespace troupe
