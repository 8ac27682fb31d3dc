#include "services/cli/connection.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/support/channel_arguments.h>

#include <chrono>
#include <map>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "matcher/base/violation.h"
#include "services/rpc/freshness_gate.h"
#include "services/rpc/limits.h"
#include "services/rpc/status_details.h"
#include "troupe/v1/booking_service.grpc.pb.h"
#include "troupe/v1/profile_service.grpc.pb.h"
#include "troupe/v1/project_service.grpc.pb.h"

namespace troupe {
namespace {

constexpr char kOrganizationKey[] = "troupe-organization";
constexpr char kNoServer[] = "NO_SERVER";
constexpr std::chrono::seconds kDeadline(60);

}  // namespace

std::shared_ptr<grpc::Channel> OpenChannel(
    const std::string& address, const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  // A server that restarts is back soon; gRPC would look again after minutes.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  return grpc::CreateCustomChannel(address, credentials, arguments);
}

struct Connection::Stubs {
  // Where the service of this stub is.
  const std::shared_ptr<grpc::Channel>& ChannelOf(std::type_index type) const {
    if (type == typeid(v1::ProjectService::Stub)) return channels.projects;
    const bool is_beside_profiles = type == typeid(v1::ProfileService::Stub) ||
                                    type == typeid(v1::BookingService::Stub);
    return is_beside_profiles ? channels.profiles : channels.matches;
  }

  const Channels channels;
  absl::Mutex mutex;
  std::map<std::type_index, std::shared_ptr<void>> made ABSL_GUARDED_BY(mutex);
};

Connection::Connection(const Channels& channels, std::string address, std::string organization)
    : address_(std::move(address)),
      organization_(std::move(organization)),
      stubs_(new Stubs{.channels = channels}) {}

void* Connection::StubOf(std::type_index type, MakeStub make) const {
  const absl::MutexLock lock(&stubs_->mutex);
  std::shared_ptr<void>& stub = stubs_->made[type];
  if (stub == nullptr) stub = make(stubs_->ChannelOf(type));
  return stub.get();
}

std::unique_ptr<grpc::ClientContext> Connection::NewContext() const {
  auto context = std::make_unique<grpc::ClientContext>();
  if (!organization_.empty()) context->AddMetadata(kOrganizationKey, organization_);
  if (is_fresh_) context->AddMetadata(kConsistencyMetadata, kFullyConsistent);
  return context;
}

void Connection::SetDeadline(grpc::ClientContext& context) {
  context.set_deadline(std::chrono::system_clock::now() + kDeadline);
}

absl::Status Connection::Error(const grpc::Status& status) const {
  const absl::Status error = FromGrpcStatus(status);
  if (error.code() != absl::StatusCode::kUnavailable || !ReasonOf(error).empty()) return error;
  return ErrorWithReason(
      absl::StatusCode::kUnavailable, kNoServer,
      absl::StrCat("no server answers at ", address_,
                   ": start one with \"troupe-server --data_dir=DIR --listen=", address_,
                   "\", or name another with --server; one with TLS needs --tls_ca, --tls_cert "
                   "and --tls_key"));
}

bool IsTransportError(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
      return true;
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
      return ReasonOf(status).empty();
    default:
      return false;
  }
}

}  // namespace troupe
