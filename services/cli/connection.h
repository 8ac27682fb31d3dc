#ifndef TROUPE_SERVICES_CLI_CONNECTION_H_
#define TROUPE_SERVICES_CLI_CONNECTION_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/status.h>

#include <memory>
#include <string>
#include <typeindex>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

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

  // The stub of a service, such as v1::ProfileService::Stub, whose header is the
  // caller's to include: nobody needs them all. Made when it is first asked for.
  template <typename Stub>
  Stub& stub() const {
    return *static_cast<Stub*>(StubOf(typeid(Stub), [](const auto& channel) {
      return std::shared_ptr<void>(std::make_shared<Stub>(channel));
    }));
  }

  // A context for one call, which names the organization, if any, and how fresh
  // the answer must be. No deadline.
  std::unique_ptr<grpc::ClientContext> NewContext() const;

  // The answer to one request, or the server's error with its details. A server
  // that cannot be reached is UNAVAILABLE, reason NO_SERVER.
  //
  //   connection.Ask(&v1::ProfileService::Stub::GetProfile, request)
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Ask(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                            Response*),
                               const Request& request) const {
    return AskFor(stub<Stub>(), method, request, /*has_deadline=*/true);
  }

  // The same of a stub of another server's.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Ask(Stub& stub,
                               grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                            Response*),
                               const Request& request) const {
    return AskFor(stub, method, request, /*has_deadline=*/true);
  }

  // As Ask, however long the server takes.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> AskPatiently(grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                                     const Request&, Response*),
                                        const Request& request) const {
    return AskFor(stub<Stub>(), method, request, /*has_deadline=*/false);
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

  // The stub of this type; `make(channel)` gives it if there is none yet.
  using MakeStub = absl::FunctionRef<std::shared_ptr<void>(const std::shared_ptr<grpc::Channel>&)>;
  void* StubOf(std::type_index type, MakeStub make) const;

  static void SetDeadline(grpc::ClientContext& context);

  struct Stubs;  // By type, and the channels they take.

  std::string address_;
  std::string organization_;
  bool is_fresh_ = false;
  std::shared_ptr<Stubs> stubs_;
};

// True if `status` is about the way to the server, not about the request.
bool IsTransportError(const absl::Status& status);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_CONNECTION_H_
