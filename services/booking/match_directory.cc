#include "services/booking/match_directory.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/violation.h"
#include "services/rpc/freshness_gate.h"
#include "services/rpc/remote_calls.h"
#include "services/rpc/status_details.h"
#include "troupe/v1/match_service.grpc.pb.h"

namespace troupe {
namespace {

// Matching that has just started needs a moment to catch up.
constexpr absl::Duration kPatience = absl::Seconds(10);

absl::Status ErrorOf(const grpc::Status& status) {
  const absl::Status error = FromGrpcStatus(status);
  const bool is_about_question = absl::IsInvalidArgument(error) || absl::IsNotFound(error);
  if (is_about_question) return error;
  return ErrorWithReason(absl::StatusCode::kUnavailable, "MATCHING_UNREACHABLE",
                         absl::StrCat("the process that matches cannot be asked (",
                                      error.message(), "): try FindProfiles later"));
}

class RemoteMatches final : public MatchDirectory {
 public:
  RemoteMatches(ChannelSource channel, std::string service)
      : calls_(std::move(channel), std::move(service)) {}

  void FindProfiles(const OrganizationId& caller, v1::FindProfilesRequest request,
                    absl::Time deadline, Done<v1::FindProfilesResponse> done) override {
    calls_.Ask(
        &Stub::FindProfiles, std::move(request),
        {deadline,
         kPatience,
         {{kOrganizationMetadata, caller.slug}, {kConsistencyMetadata, kFullyConsistent}}},
        [done = std::move(done)](const grpc::Status& status, v1::FindProfilesResponse& response) {
          if (!status.ok()) return done(ErrorOf(status));
          done(std::move(response));
        });
  }

  void Close() override { calls_.Close(); }

 private:
  using Stub = RemoteCalls<v1::MatchService>::Stub;

  RemoteCalls<v1::MatchService> calls_;
};

}  // namespace

std::unique_ptr<MatchDirectory> OpenMatchDirectory(ChannelSource channel,
                                                   std::string service) {
  return std::make_unique<RemoteMatches>(std::move(channel), std::move(service));
}

}  // namespace troupe
