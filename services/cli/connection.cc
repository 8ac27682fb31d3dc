#include "services/cli/connection.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/support/channel_arguments.h>

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/violation.h"
#include "services/rpc/freshness_gate.h"
#include "services/rpc/limits.h"
#include "services/rpc/status_details.h"

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

Connection::Connection(const Channels& channels, std::string address, std::string organization)
    : address_(std::move(address)),
      organization_(std::move(organization)),
      profiles_(v1::ProfileService::NewStub(channels.profiles)),
      projects_(v1::ProjectService::NewStub(channels.projects)),
      matches_(v1::MatchService::NewStub(channels.matches)),
      models_(v1::ModelService::NewStub(channels.matches)),
      outcomes_(v1::OutcomeService::NewStub(channels.matches)),
      placements_(v1::PlacementService::NewStub(channels.matches)),
      staffing_(v1::StaffingService::NewStub(channels.matches)),
      operations_(v1::OperationService::NewStub(channels.matches)),
      bookings_(v1::BookingService::NewStub(channels.profiles)),
      backups_(v1::BackupService::NewStub(channels.profiles)) {}

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
