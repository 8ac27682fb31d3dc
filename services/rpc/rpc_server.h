#ifndef TROUPE_SERVICES_RPC_RPC_SERVER_H_
#define TROUPE_SERVICES_RPC_RPC_SERVER_H_

#include <grpcpp/channel.h>
#include <grpcpp/server.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/rpc/tls_files.h"
#include "services/rpc/tls_server_keys.h"
#include "services/rpc/wired_service.h"

namespace troupe {

// A listening gRPC server with health, reflection and limits. Start and Drain
// by one thread; else thread-safe.
//
//   auto server = RpcServer::Start({.listen = "127.0.0.1:0"}, std::move(services));
//   TROUPE_RETURN_IF_ERROR((*server)->Ready());
//   stop_signals.Wait();
//   (*server)->Drain();
class RpcServer {
 public:
  struct Options {
    // HOST:PORT, port 0 for any that is free, or "unix:PATH"; without `tls` of
    // this machine's loopback. Empty: in-process channels only.
    std::string listen = {};
    // What the server shows, and who signed its clients' certificates, without
    // which they cannot connect. Read again when they change.
    TlsFiles tls = {};
    // Holds the port, in decimal, while the server is ready; one that a server
    // left that was killed goes at the start. Empty: no file.
    std::string port_file = {};
    // How long calls may go on once the server drains.
    absl::Duration drain_timeout = absl::Seconds(10);
  };

  // A server that answers, and says by health that it is not ready yet.
  // INVALID_ARGUMENT: `listen` is no address. FAILED_PRECONDITION: it is not of
  // the loopback (reason TLS_REQUIRED), or cannot be listened on (reason
  // CANNOT_LISTEN); the TLS files are unusable (reason TLS_FILES). INTERNAL: a service has methods that nothing answers.
  static absl::StatusOr<std::unique_ptr<RpcServer>> Start(
      Options options, std::vector<std::unique_ptr<WiredService>> services);

  ~RpcServer();  // Drains.

  // Says by health, for the server and each service, that it serves, then
  // writes the port file, whole or not at all. UNAVAILABLE: it cannot.
  absl::Status Ready();

  // Says by health whether `service` ("troupe.v1.MatchService") can do its work,
  // which is true from Ready on unless this says otherwise. The server serves
  // while every service does. Thread-safe.
  void SetServing(const std::string& service, bool serving);

  // Says that it does not serve, takes no more calls, stops the streams of
  // responses (UNAVAILABLE, reason SERVER_STOPPING), and returns when the calls
  // that run have been answered. After the timeout (in-process channels: at
  // once, which is gRPC's way) they are cancelled, and still waited for:
  // nothing calls a service any more when this returns.
  void Drain();

  int port() const { return port_; }  // 0 if it listens on none.
  std::shared_ptr<grpc::Channel> InProcessChannel();

 private:
  RpcServer(Options options, std::vector<std::unique_ptr<WiredService>> services);
  absl::Status OpenKeys();
  absl::Status Listen();
  std::shared_ptr<grpc::ServerCredentials> Credentials();
  void ShowHealth() ABSL_EXCLUSIVE_LOCKS_REQUIRED(health_mutex_);

  const Options options_;
  const std::vector<std::unique_ptr<WiredService>> services_;
  std::unique_ptr<TlsServerKeys> keys_;  // Null without TLS.
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
  bool drained_ = false;
  absl::Mutex health_mutex_;
  bool ready_ ABSL_GUARDED_BY(health_mutex_) = false;
  std::set<std::string> failing_ ABSL_GUARDED_BY(health_mutex_);  // Services.
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_RPC_SERVER_H_
