#include "services/placement/hold_directory.h"

#include <utility>

#include "services/rpc/freshness_gate.h"
#include "services/rpc/remote_calls.h"
#include "services/rpc/status_details.h"
#include "troupe/v1/booking_service.grpc.pb.h"

namespace troupe {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(10);

class RemoteHolds final : public HoldDirectory {
 public:
  RemoteHolds(ChannelSource channel, std::string service)
      : calls_(std::move(channel), std::move(service)) {}

  void PlaceHold(const OrganizationId& caller, v1::PlaceHoldRequest request,
                 Done<v1::Hold> done) override {
    Ask(&Stub::PlaceHold, caller, std::move(request), std::move(done));
  }
  void ReleaseHold(const OrganizationId& caller, v1::ReleaseHoldRequest request,
                   Done<v1::Hold> done) override {
    Ask(&Stub::ReleaseHold, caller, std::move(request), std::move(done));
  }
  void Close() override { calls_.Close(); }

 private:
  using Stub = RemoteCalls<v1::BookingService>::Stub;

  template <typename Request>
  void Ask(void (Stub::*method)(grpc::ClientContext*, const Request*, v1::Hold*,
                                std::function<void(grpc::Status)>),
           const OrganizationId& caller, Request request, Done<v1::Hold> done) {
    calls_.Ask(method, std::move(request),
               {absl::InfiniteFuture(),
                kPatience,
                {{kOrganizationMetadata, caller.slug}, {kConsistencyMetadata, kFullyConsistent}}},
               [done = std::move(done)](const grpc::Status& status, v1::Hold& hold) {
                 if (!status.ok()) return done(FromGrpcStatus(status));
                 done(std::move(hold));
               });
  }

  RemoteCalls<v1::BookingService> calls_;
};

}  // namespace

std::unique_ptr<HoldDirectory> OpenHoldDirectory(ChannelSource channel, std::string service) {
  return std::make_unique<RemoteHolds>(std::move(channel), std::move(service));
}

}  // namespace troupe
