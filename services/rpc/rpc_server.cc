#include "services/rpc/rpc_server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "grpc/health/v1/health.pb.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/rpc/limits.h"
#include "services/rpc/listen_address.h"
#include "services/rpc/port_file.h"

namespace troupe {
namespace {

// Reflection is a blocking service: each of its streams keeps a thread.
constexpr int kMaxReflectionThreads = 16;

int Milliseconds(absl::Duration duration) {
  return static_cast<int>(absl::ToInt64Milliseconds(duration));
}

void SetLimits(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
  builder.SetMaxSendMessageSize(kMaxMessageBytes);
  grpc::ResourceQuota quota("troupe");
  quota.Resize(kTransportBytes);
  quota.SetMaxThreads(kMaxReflectionThreads);
  builder.SetResourceQuota(quota);
  builder.SetSyncServerOption(grpc::ServerBuilder::NUM_CQS, 1);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMaxCallsPerConnection);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMaxMetadataBytes);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, Milliseconds(kKeepaliveTime));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, Milliseconds(kKeepaliveTimeout));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             Milliseconds(kLeastPingInterval));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, Milliseconds(kIdleConnection));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, Milliseconds(kConnectionAge));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS,
                             Milliseconds(kConnectionGrace));
}

absl::Status CannotListen(absl::string_view address) {
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "CANNOT_LISTEN",
      absl::StrCat("cannot listen on ", address, ": another process uses it, or it is not an "
                   "address of this machine; give another, or port 0 for any that is free"));
}

absl::Status Stopping() {
  return ErrorWithReason(absl::StatusCode::kUnavailable, "SERVER_STOPPING",
                         "the server is stopping: call again, and go on from where you were");
}

}  // namespace

RpcServer::RpcServer(Options options, std::vector<std::unique_ptr<WiredService>> services)
    : options_(std::move(options)), services_(std::move(services)) {}

absl::StatusOr<std::unique_ptr<RpcServer>> RpcServer::Start(
    Options options, std::vector<std::unique_ptr<WiredService>> services) {
  for (const auto& service : services) {
    const std::vector<std::string> unwired = service->UnwiredMethods();
    if (!unwired.empty()) {
      return absl::InternalError(absl::StrCat("nothing answers ", absl::StrJoin(unwired, ", ")));
    }
  }
  if (!options.listen.empty()) {
    TROUPE_RETURN_IF_ERROR(CheckListenAddress(options.listen, !options.tls.IsEmpty()));
  }
  std::unique_ptr<RpcServer> server(new RpcServer(std::move(options), std::move(services)));
  if (!server->options_.port_file.empty()) std::remove(server->options_.port_file.c_str());
  TROUPE_RETURN_IF_ERROR(server->OpenKeys());
  TROUPE_RETURN_IF_ERROR(server->Listen());
  return server;
}

RpcServer::~RpcServer() { Drain(); }

absl::Status RpcServer::OpenKeys() {
  if (options_.tls.IsEmpty()) return absl::OkStatus();
  TROUPE_ASSIGN_OR_RETURN(keys_, TlsServerKeys::Open(options_.tls));
  return absl::OkStatus();
}

std::shared_ptr<grpc::ServerCredentials> RpcServer::Credentials() {
  return keys_ == nullptr ? grpc::InsecureServerCredentials() : keys_->Credentials();
}

absl::Status RpcServer::Listen() {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::health::v1::HealthCheckRequest::descriptor();  // Links it in, for reflection.
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  SetLimits(builder);
  // Else a second server on the same port would start and take half the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  for (const auto& service : services_) builder.RegisterService(service.get());
  int port = 0;
  if (!options_.listen.empty()) {
    builder.AddListeningPort(options_.listen, Credentials(), &port);
  }
  server_ = builder.BuildAndStart();
  if (server_ == nullptr) return CannotListen(options_.listen);
  if (!absl::StartsWith(options_.listen, "unix:")) port_ = port;
  absl::MutexLock lock(&health_mutex_);
  ShowHealth();
  return absl::OkStatus();
}

void RpcServer::SetServing(const std::string& service, bool serving) {
  absl::MutexLock lock(&health_mutex_);
  const bool changed = serving ? failing_.erase(service) > 0 : failing_.insert(service).second;
  if (!changed) return;
  spdlog::warn("{} {}", service, serving ? "serves again" : "does not serve");
  ShowHealth();
}

void RpcServer::ShowHealth() {
  grpc::HealthCheckServiceInterface* health = server_->GetHealthCheckService();
  for (const auto& service : services_) {
    const std::string& name = service->full_name();
    health->SetServingStatus(name, ready_ && !failing_.contains(name));
  }
  health->SetServingStatus("", ready_ && failing_.empty());
}

absl::Status RpcServer::Ready() {
  {
    absl::MutexLock lock(&health_mutex_);
    ready_ = true;
    ShowHealth();
  }
  if (options_.port_file.empty()) return absl::OkStatus();
  return WritePortFile(options_.port_file, port_);
}

void RpcServer::Drain() {
  if (drained_ || server_ == nullptr) return;
  drained_ = true;
  if (!options_.port_file.empty()) std::remove(options_.port_file.c_str());
  server_->GetHealthCheckService()->Shutdown();
  for (const auto& service : services_) service->StopStreams(Stopping());
  server_->Shutdown(absl::ToChronoTime(absl::Now() + options_.drain_timeout));
}

std::shared_ptr<grpc::Channel> RpcServer::InProcessChannel() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  return server_->InProcessChannel(arguments);
}

}  // namespace troupe
