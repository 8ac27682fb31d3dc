#include "services/cli/change_watch.h"

#include <algorithm>
#include <memory>

#include "matcher/base/violation.h"
#include "troupe/v1/booking_service.grpc.pb.h"
#include "troupe/v1/profile_service.grpc.pb.h"
#include "troupe/v1/project_service.grpc.pb.h"

namespace troupe {
namespace {

auto Open(const Connection& connection, grpc::ClientContext* context,
          const v1::WatchProfilesRequest& request) {
  return connection.stub<v1::ProfileService::Stub>().WatchProfiles(context, request);
}

auto Open(const Connection& connection, grpc::ClientContext* context,
          const v1::WatchProjectsRequest& request) {
  return connection.stub<v1::ProjectService::Stub>().WatchProjects(context, request);
}

auto Open(const Connection& connection, grpc::ClientContext* context,
          const v1::WatchHoldsRequest& request) {
  return connection.stub<v1::BookingService::Stub>().WatchHolds(context, request);
}

// A slow reader's error comes without details, so its reason is in the text.
bool MayGoOn(const absl::Status& error) {
  return IsTransportError(error) || error.code() == absl::StatusCode::kResourceExhausted;
}

}  // namespace

template <typename Request, typename Response>
absl::Status WatchChanges(const Connection& connection, const Host& host, Request request,
                          const std::function<void(const Response&)>& take, WatchPace pace) {
  for (int failures = 0;;) {
    const std::shared_ptr<grpc::ClientContext> context = connection.NewContext();
    if (!host.on_interrupt([context] { context->TryCancel(); })) return absl::OkStatus();
    const auto reader = Open(connection, context.get(), request);
    Response response;
    while (reader->Read(&response)) {
      failures = 0;
      take(response);
      request.set_resume_token(response.resume_token());
    }
    const absl::Status error = connection.Error(reader->Finish());
    if (!host.on_interrupt(nullptr)) return absl::OkStatus();
    // Whoever was never answered has probably named a wrong server.
    if (!MayGoOn(error) || request.resume_token().empty() || ++failures > pace.attempts) {
      return error;
    }
    host.pause(std::min(pace.longest_pause, pace.first_pause * (1 << std::min(failures - 1, 20))));
  }
}

template absl::Status WatchChanges(const Connection&, const Host&, v1::WatchProfilesRequest,
                                   const std::function<void(const v1::WatchProfilesResponse&)>&,
                                   WatchPace);
template absl::Status WatchChanges(const Connection&, const Host&, v1::WatchProjectsRequest,
                                   const std::function<void(const v1::WatchProjectsResponse&)>&,
                                   WatchPace);
template absl::Status WatchChanges(const Connection&, const Host&, v1::WatchHoldsRequest,
                                   const std::function<void(const v1::WatchHoldsResponse&)>&,
                                   WatchPace);

}  // namespace troupe
