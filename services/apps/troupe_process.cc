#include "services/apps/troupe_process.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/booking/booking_wiring.h"
#include "services/feed/feed_wiring.h"
#include "services/feed/remote_log.h"
#include "services/log/durable_files.h"
#include "services/matching/match_wiring.h"
#include "services/model/model_wiring.h"
#include "services/operation/operation_wiring.h"
#include "services/outcome/outcome_wiring.h"
#include "services/placement/placement_wiring.h"
#include "services/profile/profile_wiring.h"
#include "services/project/project_wiring.h"
#include "services/seat/seat_wiring.h"
#include "services/staffing/staffing_wiring.h"
#include "troupe/feed/v1/feed_service.grpc.pb.h"
#include "troupe/v1/backup_service.grpc.pb.h"

namespace troupe {
namespace {

absl::Status CreateDataDirectory(const std::string& directory) {
  if (directory.empty()) {
    return InvalidField("--data_dir", "is not set", "name the folder that keeps the data");
  }
  return CreateFolder(directory, absl::StrCat("--data_dir ", directory));
}

}  // namespace

const ProcessRole& ServerRole() {
  static const ProcessRole role = {
      .name = "troupe-server", .owns = LogName::kTroupe, .follows = {}, .matches = true};
  return role;
}

const ProcessRole& ProfilesRole() {
  static const ProcessRole role = {
      .name = "troupe-profiles", .owns = LogName::kProfiles, .follows = {}};
  return role;
}

const ProcessRole& ProjectsRole() {
  static const ProcessRole role = {.name = "troupe-projects",
                                   .owns = LogName::kProjects,
                                   .follows = {LogName::kProfiles}};
  return role;
}

const ProcessRole& MatchingRole() {
  static const ProcessRole role = {.name = "troupe-matching",
                                   .owns = LogName::kMatching,
                                   .follows = {LogName::kProfiles, LogName::kProjects},
                                   .matches = true};
  return role;
}

absl::StatusOr<std::unique_ptr<TroupeProcess>> TroupeProcess::Start(const ProcessRole& role,
                                                                    const Options& options,
                                                                    const Clock* clock) {
  std::unique_ptr<TroupeProcess> process(new TroupeProcess(role, clock));
  process->threads_ = std::make_unique<ThreadPool>();
  TROUPE_RETURN_IF_ERROR(CreateDataDirectory(options.data_directory));
  TROUPE_RETURN_IF_ERROR(process->OpenOwnLog(options.data_directory));
  TROUPE_RETURN_IF_ERROR(process->OpenView(options.data_directory + "/view"));
  process->Follow(options.followed);
  TROUPE_RETURN_IF_ERROR(process->Serve(options));
  return process;
}

TroupeProcess::~TroupeProcess() {
  if (rpc_ != nullptr) Drain();
  // Their appliers wait for answers that may never come.
  for (const auto& log : other_logs_) log->Close();
}

// Calls that wait for another process may not be waited for.
void TroupeProcess::Drain() {
  if (bookings_ != nullptr) bookings_->Close();
  if (placements_ != nullptr) placements_->Close();
  if (staffing_ != nullptr) staffing_->Close();
  rpc_->Drain();
}

// What nobody asks of this process, its view need not keep.
ViewContents TroupeProcess::Contents() const {
  ViewContents contents;
  contents.pool = role_.matches;
  contents.agendas = role_.KeepsProfiles();
  contents.decisions = role_.KeepsProjects();
  if (!role_.KeepsProfiles() && !role_.matches) {
    contents.profiles = ViewContents::Profiles::kListed;
  }
  return contents;
}

absl::Status TroupeProcess::OpenOwnLog(const std::string& directory) {
  TROUPE_ASSIGN_OR_RETURN(
      log_, OpenRocksLog(*clock_, {.directory = directory + "/log", .name = role_.owns}));
  TROUPE_RETURN_IF_ERROR(WriteToday());
  day_ticker_ = std::make_unique<DayTicker>(log_.get(), clock_);
  return absl::OkStatus();
}

absl::Status TroupeProcess::OpenView(const std::string& directory) {
  TROUPE_ASSIGN_OR_RETURN(view_, OpenViewOf(*log_, directory, Contents()));
  TROUPE_RETURN_IF_ERROR(CatchUp(*log_, *view_, *clock_));
  appliers_.push_back(std::make_unique<Applier>(log_.get(), view_.get(), clock_));
  return absl::OkStatus();
}

void TroupeProcess::Follow(const std::vector<Followed>& followed) {
  for (const Followed& other : followed) {
    other_logs_.push_back(OpenRemoteLog(other.log, other.channel, role_.name, clock_));
    appliers_.push_back(Applier::OfOther(other_logs_.back().get(), view_.get(), clock_));
  }
}

absl::Status TroupeProcess::WriteToday() {
  absl::Status written;
  absl::Notification answered;
  log_->Append({TodayRequest(ChinaDay(clock_->Now()))}, absl::InfiniteFuture(),
               [&](std::vector<absl::StatusOr<LogPos>> results) {
                 written = results.front().status();
                 answered.Notify();
               });
  answered.WaitForNotification();
  return written;
}

absl::Status TroupeProcess::Serve(const Options& options) {
  std::vector<ViewGate::Source> sources = {{log_.get(), appliers_.front().get()}};
  for (size_t i = 0; i < other_logs_.size(); ++i) {
    sources.push_back({other_logs_[i].get(), appliers_[1 + i].get(),
                       /*may_lag=*/!role_.matches});
  }
  gate_ = std::make_unique<ViewGate>(view_.get(), std::move(sources), threads_.get());
  admission_ = std::make_unique<Admission>(
      Admission::Options{.operator_organization = {options.operator_organization},
                         .stream_patience = options.stream_patience},
      clock_);
  std::vector<std::unique_ptr<WiredService>> services;
  AddServices(options, services);
  for (const auto& service : services) service->WaitAt(gate_.get());
  AddLogServices(options, services);
  std::vector<std::string> names;
  for (const auto& service : services) names.push_back(service->full_name());
  TROUPE_ASSIGN_OR_RETURN(rpc_, RpcServer::Start(options.rpc, std::move(services)));
  {
    absl::MutexLock lock(&own_channel_mutex_);
    own_channel_ = rpc_->InProcessChannel();
  }
  WatchHealth(names);
  return rpc_->Ready();
}

void TroupeProcess::WatchHealth(const std::vector<std::string>& services) {
  const auto gate = [this] { return gate_->Check(); };
  const auto store = [this] {
    return admission_->has_store_failed() ? absl::UnavailableError("") : absl::OkStatus();
  };
  std::vector<HealthProbe::Check> checks;
  for (const std::string& service : services) {
    const bool reads_view = service != feed::v1::FeedService::service_full_name() &&
                            service != v1::BackupService::service_full_name();
    if (reads_view) checks.push_back({service, gate});
    checks.push_back({service, store});
  }
  health_ = std::make_unique<HealthProbe>(rpc_.get(), std::move(checks));
}

// Not at the gate: the log must be there to be read whatever the view does.
void TroupeProcess::AddLogServices(const Options& options,
                                   std::vector<std::unique_ptr<WiredService>>& services) {
  feed_ = std::make_unique<FeedService>(log_.get(), threads_.get(), clock_);
  services.push_back(WireFeedService(feed_.get(), admission_.get()));
  backups_ = std::make_unique<BackupService>(log_.get(), options.backup_directory, threads_.get(),
                                             clock_);
  services.push_back(WireBackupService(backups_.get(), admission_.get()));
  if (!role_.KeepsProjects()) return;
  seats_ = std::make_unique<SeatService>(log_.get(), view_.get(), threads_.get(), clock_,
                                         options.steps);
  services.push_back(WireSeatService(seats_.get(), admission_.get()));
}

// `other`, or this process once it serves.
ChannelSource TroupeProcess::ChannelTo(std::shared_ptr<grpc::Channel> other) {
  return [this, other = std::move(other)] {
    if (other != nullptr) return other;
    absl::MutexLock lock(&own_channel_mutex_);
    return own_channel_;
  };
}

void TroupeProcess::AddBookings(const Options& options,
                                std::vector<std::unique_ptr<WiredService>>& services) {
  seat_directory_ = OpenSeatDirectory(ChannelTo(options.projects), role_.name);
  match_directory_ = OpenMatchDirectory(ChannelTo(options.matches), role_.name);
  retry_timer_ = OpenRetryTimer();
  bookings_ = std::make_unique<BookingService>(
      log_.get(), view_.get(), threads_.get(), clock_, &random_ids_,
      BookingService::Others{seat_directory_.get(), match_directory_.get(), retry_timer_.get(),
                             options.steps});
  services.push_back(WireBookingService(bookings_.get(), admission_.get()));
  hold_timer_ = std::make_unique<HoldTimer>(
      log_.get(), view_.get(), threads_.get(), clock_,
      [this](ProfileId profile) { bookings_->Recover(profile); });
}

void TroupeProcess::AddPlacements(const Options& options,
                                  std::vector<std::unique_ptr<WiredService>>& services) {
  std::shared_ptr<grpc::Channel> profiles;  // Null: this process.
  for (const Followed& other : options.followed) {
    if (other.log == LogName::kProfiles) profiles = other.channel;
  }
  hold_directory_ = OpenHoldDirectory(ChannelTo(std::move(profiles)), role_.name);
  wait_timer_ = OpenRetryTimer();
  operations_ = std::make_unique<OperationService>(view_.get(), threads_.get(), clock_,
                                                   &live_operations_, wait_timer_.get());
  services.push_back(WireOperationService(operations_.get(), admission_.get()));
  placements_ = std::make_unique<PlacementService>(log_.get(), view_.get(), threads_.get(), clock_,
                                                   &random_ids_, &live_operations_,
                                                   hold_directory_.get(),
                                                   [this] { return gate_->Check(); });
  services.push_back(WirePlacementService(placements_.get(), admission_.get()));
}

void TroupeProcess::AddServices(const Options& options,
                                std::vector<std::unique_ptr<WiredService>>& services) {
  if (role_.KeepsProfiles()) {
    profiles_ = std::make_unique<ProfileService>(log_.get(), view_.get(), threads_.get(), clock_,
                                                 &random_ids_);
    services.push_back(WireProfileService(profiles_.get(), admission_.get()));
    AddBookings(options, services);
    calendar_renewal_ = std::make_unique<CalendarRenewal>(log_.get(), clock_);
  }
  if (role_.KeepsProjects()) {
    projects_ = std::make_unique<ProjectService>(log_.get(), view_.get(), threads_.get(), clock_,
                                                 &random_ids_);
    services.push_back(WireProjectService(projects_.get(), admission_.get()));
  }
  if (role_.matches) {
    matches_ = std::make_unique<MatchService>(view_.get(), threads_.get());
    services.push_back(WireMatchService(matches_.get(), admission_.get()));
    models_ = std::make_unique<ModelService>(log_.get(), view_.get(), threads_.get(), clock_,
                                             &random_ids_);
    services.push_back(WireModelService(models_.get(), admission_.get()));
    outcomes_ = std::make_unique<OutcomeService>(log_.get(), view_.get(), threads_.get(), clock_,
                                                 &random_ids_);
    services.push_back(WireOutcomeService(outcomes_.get(), admission_.get()));
    outcome_sweep_ = std::make_unique<OutcomeSweep>(log_.get(), view_.get(), clock_,
                                                    [this] { return gate_->Check(); });
    AddPlacements(options, services);
    staffing_ = std::make_unique<StaffingService>(log_.get(), view_.get(), threads_.get(), clock_,
                                                  &random_ids_, &live_operations_, wait_timer_.get(),
                                                  [this] { return gate_->Check(); });
    services.push_back(WireStaffingService(staffing_.get(), admission_.get()));
  }
}

}  // namespace troupe
