#ifndef TROUPE_SERVICES_CLI_CONNECTION_H_
#define TROUPE_SERVICES_CLI_CONNECTION_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/status.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "troupe/v1/backup_service.grpc.pb.h"
#include "troupe/v1/booking_service.grpc.pb.h"
#include "troupe/v1/match_service.grpc.pb.h"
#include "troupe/v1/model_service.grpc.pb.h"
#include "troupe/v1/operation_service.grpc.pb.h"
#include "troupe/v1/outcome_service.grpc.pb.h"
#include "troupe/v1/placement_service.grpc.pb.h"
#include "troupe/v1/profile_service.grpc.pb.h"
#include "troupe/v1/project_service.grpc.pb.h"
#include "troupe/v1/staffing_service.grpc.pb.h"

namespace troupe {

// A channel to the server at `address`, made on first use; there is no wait.
std::shared_ptr<grpc::Channel> OpenChannel(
    const std::string& address, const std::shared_ptr<grpc::ChannelCredentials>& credentials =
                                    grpc::InsecureChannelCredentials());

// The services of one deployment, asked on behalf of one organization; of that
// of the client's certificate if it is empty. Thread-safe.
class Connection {
 public:
  // Where each service is; the same channel where one server has several.
  struct Channels {
    std::shared_ptr<grpc::Channel> profiles, projects, matches;
  };
  // `address` is what errors call the servers.
  Connection(const Channels& channels, std::string address, std::string organization);
  // All services of one server.
  Connection(const std::shared_ptr<grpc::Channel>& channel, std::string address,
             std::string organization)
      : Connection(Channels{channel, channel, channel}, std::move(address),
                   std::move(organization)) {}

  // For whom it asks; empty: for whom the certificate names.
  const std::string& organization() const { return organization_; }

  // From now on answers show all that was acknowledged before their call.
  void AskForFresh() { is_fresh_ = true; }

  v1::ProfileService::Stub& profiles() const { return *profiles_; }
  v1::ProjectService::Stub& projects() const { return *projects_; }
  v1::MatchService::Stub& matches() const { return *matches_; }
  v1::ModelService::Stub& models() const { return *models_; }  // With the matches.
  v1::OutcomeService::Stub& outcomes() const { return *outcomes_; }  // Likewise.
  v1::PlacementService::Stub& placements() const { return *placements_; }  // Likewise.
  v1::StaffingService::Stub& staffing() const { return *staffing_; }  // Likewise.
  v1::OperationService::Stub& operations() const { return *operations_; }  // Likewise.
  v1::BookingService::Stub& bookings() const { return *bookings_; }
  v1::BackupService::Stub& backups() const { return *backups_; }

  // A context for one call, which names the organization, if any, and how fresh
  // the answer must be. No deadline.
  std::unique_ptr<grpc::ClientContext> NewContext() const;

  // The answer to one request, or the server's error with its details. A server
  // that cannot be reached is UNAVAILABLE, reason NO_SERVER.
  //
  //   connection.Ask(connection.profiles(), &v1::ProfileService::Stub::GetProfile, request)
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Ask(Stub& stub,
                               grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                            Response*),
                               const Request& request) const {
    return AskFor<Stub, Request, Response>(stub, method, request, /*has_deadline=*/true);
  }

  // The same, however long the server takes.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> AskPatiently(Stub& stub,
                                        grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                                     const Request&, Response*),
                                        const Request& request) const {
    return AskFor<Stub, Request, Response>(stub, method, request, /*has_deadline=*/false);
  }

  // `status` of a call on this connection, as a user can understand it.
  absl::Status Error(const grpc::Status& status) const;

 private:
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> AskFor(Stub& stub,
                                  grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                               const Request&, Response*),
                                  const Request& request, bool has_deadline) const {
    const std::unique_ptr<grpc::ClientContext> context = NewContext();
    if (has_deadline) SetDeadline(*context);
    Response response;
    const grpc::Status status = (stub.*method)(context.get(), request, &response);
    if (!status.ok()) return Error(status);
    return response;
  }

  static void SetDeadline(grpc::ClientContext& context);

  std::string address_;
  std::string organization_;
  bool is_fresh_ = false;
  std::unique_ptr<v1::ProfileService::Stub> profiles_;
  std::unique_ptr<v1::ProjectService::Stub> projects_;
  std::unique_ptr<v1::MatchService::Stub> matches_;
  std::unique_ptr<v1::ModelService::Stub> models_;
  std::unique_ptr<v1::OutcomeService::Stub> outcomes_;
  std::unique_ptr<v1::PlacementService::Stub> placements_;
  std::unique_ptr<v1::StaffingService::Stub> staffing_;
  std::unique_ptr<v1::OperationService::Stub> operations_;
  std::unique_ptr<v1::BookingService::Stub> bookings_;
  std::unique_ptr<v1::BackupService::Stub> backups_;
};

// True if `status` is about the way to the server, not about the request.
bool IsTransportError(const absl::Status& status);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_CONNECTION_H_
