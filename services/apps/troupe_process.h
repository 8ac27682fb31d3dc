#ifndef TROUPE_SERVICES_APPS_TROUPE_PROCESS_H_
#define TROUPE_SERVICES_APPS_TROUPE_PROCESS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "matcher/base/clock.h"
#include "services/backup/backup_service.h"
#include "services/booking/booking_service.h"
#include "services/booking/hold_timer.h"
#include "services/booking/match_directory.h"
#include "services/booking/seat_directory.h"
#include "services/feed/feed_service.h"
#include "services/log/applier.h"
#include "services/log/day_ticker.h"
#include "services/log/rocks_log.h"
#include "services/log/view.h"
#include "services/matching/match_service.h"
#include "services/model/model_service.h"
#include "services/operation/operation_service.h"
#include "services/outcome/outcome_service.h"
#include "services/outcome/outcome_sweep.h"
#include "services/placement/hold_directory.h"
#include "services/placement/placement_service.h"
#include "services/profile/calendar_renewal.h"
#include "services/profile/profile_service.h"
#include "services/project/project_service.h"
#include "services/rpc/admission.h"
#include "services/rpc/channel_source.h"
#include "services/rpc/health_probe.h"
#include "services/rpc/live_operations.h"
#include "services/rpc/random_ids.h"
#include "services/rpc/retry_timer.h"
#include "services/rpc/rpc_server.h"
#include "services/rpc/thread_pool.h"
#include "services/rpc/view_gate.h"
#include "services/seat/seat_service.h"
#include "services/staffing/staffing_service.h"

namespace troupe {

// Which part of a deployment a process is. Constant.
struct ProcessRole {
  const char* name;              // "troupe-profiles"
  LogName owns{};                // The log in its data directory.
  std::vector<LogName> follows;  // Those of other processes.
  bool matches = false;          // Serves MatchService and what reads the same pool.

  bool KeepsProfiles() const { return owns == LogName::kTroupe || owns == LogName::kProfiles; }
  bool KeepsProjects() const { return owns == LogName::kTroupe || owns == LogName::kProjects; }
};

// troupe-server: all in one. troupe-profiles, troupe-projects and
// troupe-matching: the same in three.
const ProcessRole& ServerRole();
const ProcessRole& ProfilesRole();
const ProcessRole& ProjectsRole();
const ProcessRole& MatchingRole();

// One process of a deployment on one data directory: its log in
// `data_directory`/log, its view of that and of other processes' logs in
// `data_directory`/view, and its services on one port. Thread-compatible.
class TroupeProcess {
 public:
  // Another process whose log this one follows.
  struct Followed {
    LogName log{};
    std::shared_ptr<grpc::Channel> channel;
  };
  struct Options {
    std::string data_directory;  // Created if absent; its parent exists.
    std::string backup_directory;  // Empty: no backups. Its parent exists.
    std::string operator_organization;
    absl::Duration stream_patience = kStreamPatience;  // With clients that do not read.
    std::vector<Followed> followed;  // One for each log that the role follows.
    // Where a process that keeps profiles asks for seats and for matches; null:
    // itself. They may be away.
    std::shared_ptr<grpc::Channel> projects = nullptr;
    std::shared_ptr<grpc::Channel> matches = nullptr;
    ProtocolSteps* steps = nullptr;  // For tests; outlives the process.
    RpcServer::Options rpc;
  };

  // A process that serves: its own log is verified, and its view of that up to
  // date, before the port opens. Calls are answered once the view has also
  // caught up with the logs of others; health says so. Errors as OpenRocksLog's,
  // OpenViewOf's and RpcServer's. `role` and `clock` outlive it.
  static absl::StatusOr<std::unique_ptr<TroupeProcess>> Start(const ProcessRole& role,
                                                              const Options& options,
                                                              const Clock* clock);
  ~TroupeProcess();  // Drains.

  // Answers the calls that run, and takes no more.
  void Drain();

  int port() const { return rpc_->port(); }
  std::shared_ptr<grpc::Channel> InProcessChannel() { return rpc_->InProcessChannel(); }

 private:
  TroupeProcess(const ProcessRole& role, const Clock* clock) : role_(role), clock_(clock) {}
  ViewContents Contents() const;
  absl::Status OpenOwnLog(const std::string& directory);
  absl::Status OpenView(const std::string& directory);
  void Follow(const std::vector<Followed>& followed);
  absl::Status WriteToday();
  absl::Status Serve(const Options& options);
  void WatchHealth(const std::vector<std::string>& services);
  void AddLogServices(const Options& options,
                      std::vector<std::unique_ptr<WiredService>>& services);
  void AddServices(const Options& options,
                   std::vector<std::unique_ptr<WiredService>>& services);
  void AddBookings(const Options& options, std::vector<std::unique_ptr<WiredService>>& services);
  void AddPlacements(const Options& options, std::vector<std::unique_ptr<WiredService>>& services);
  ChannelSource ChannelTo(std::shared_ptr<grpc::Channel> other);

  // In the order in which they need each other.
  const ProcessRole& role_;
  const Clock* const clock_;
  std::unique_ptr<ThreadPool> threads_;
  std::unique_ptr<StoredLog> log_;  // Null: it owns none.
  std::vector<std::unique_ptr<LogReader>> other_logs_;
  std::unique_ptr<View> view_;
  std::vector<std::unique_ptr<Applier>> appliers_;
  std::unique_ptr<DayTicker> day_ticker_;
  std::unique_ptr<ViewGate> gate_;
  RandomIds random_ids_;
  std::unique_ptr<FeedService> feed_;
  std::unique_ptr<BackupService> backups_;
  std::unique_ptr<ProfileService> profiles_;
  std::unique_ptr<CalendarRenewal> calendar_renewal_;
  std::unique_ptr<ProjectService> projects_;
  std::unique_ptr<SeatService> seats_;
  std::unique_ptr<SeatDirectory> seat_directory_;
  std::unique_ptr<MatchDirectory> match_directory_;
  std::unique_ptr<RetryTimer> retry_timer_;
  std::unique_ptr<BookingService> bookings_;
  std::unique_ptr<HoldTimer> hold_timer_;
  std::unique_ptr<MatchService> matches_;
  std::unique_ptr<ModelService> models_;
  std::unique_ptr<OutcomeService> outcomes_;
  std::unique_ptr<OutcomeSweep> outcome_sweep_;
  LiveOperations live_operations_;
  std::unique_ptr<HoldDirectory> hold_directory_;
  std::unique_ptr<RetryTimer> wait_timer_;
  std::unique_ptr<OperationService> operations_;
  std::unique_ptr<PlacementService> placements_;
  std::unique_ptr<StaffingService> staffing_;
  std::unique_ptr<Admission> admission_;
  std::unique_ptr<RpcServer> rpc_;
  std::unique_ptr<HealthProbe> health_;

  absl::Mutex own_channel_mutex_;
  std::shared_ptr<grpc::Channel> own_channel_ ABSL_GUARDED_BY(own_channel_mutex_);  // Once it serves.
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_APPS_TROUPE_PROCESS_H_
