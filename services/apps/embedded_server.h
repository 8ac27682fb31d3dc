#ifndef TROUPE_SERVICES_APPS_EMBEDDED_SERVER_H_
#define TROUPE_SERVICES_APPS_EMBEDDED_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "matcher/base/clock.h"
#include "services/log/applier.h"
#include "services/log/change_log.h"
#include "services/log/day_ticker.h"
#include "services/log/view.h"
#include "services/matching/match_service.h"
#include "services/profile/profile_service.h"
#include "services/project/project_service.h"
#include "services/rpc/admission.h"
#include "services/rpc/health_probe.h"
#include "services/rpc/random_ids.h"
#include "services/rpc/rpc_server.h"
#include "services/rpc/thread_pool.h"

namespace troupe {

// All of Troupe in one process on one data directory: the log in
// `data_directory`/log, the view of it in `data_directory`/view, and every
// service on one port. Thread-compatible.
class EmbeddedServer {
 public:
  struct Options {
    std::string data_directory;  // Created if absent; its parent exists.
    std::string operator_organization;
    RpcServer::Options rpc;
  };

  // A server that serves: the log is verified, and the view up to date, before
  // the port opens. Errors as OpenRocksLog's, OpenViewOf's and RpcServer's.
  // `clock` outlives it.
  static absl::StatusOr<std::unique_ptr<EmbeddedServer>> Start(const Options& options,
                                                               const Clock* clock);
  ~EmbeddedServer();  // Drains.

  // Answers the calls that run, and takes no more.
  void Drain() { rpc_->Drain(); }

  int port() const { return rpc_->port(); }
  std::shared_ptr<grpc::Channel> InProcessChannel() { return rpc_->InProcessChannel(); }

 private:
  explicit EmbeddedServer(const Clock* clock) : clock_(clock) {}
  absl::Status OpenStore(const std::string& directory);
  absl::Status WriteToday();
  absl::Status Serve(const Options& options);
  void WatchHealth();

  // In the order in which they need each other.
  const Clock* const clock_;
  std::unique_ptr<ChangeLog> log_;
  std::unique_ptr<View> view_;
  std::unique_ptr<Applier> applier_;
  std::unique_ptr<DayTicker> day_ticker_;
  std::unique_ptr<ThreadPool> threads_;
  RandomIds random_ids_;
  std::unique_ptr<ProfileService> profiles_;
  std::unique_ptr<ProjectService> projects_;
  std::unique_ptr<MatchService> matches_;
  std::unique_ptr<Admission> admission_;
  std::unique_ptr<RpcServer> rpc_;
  std::unique_ptr<HealthProbe> health_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_APPS_EMBEDDED_SERVER_H_
