#include "services/apps/embedded_server.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/log/durable_files.h"
#include "services/log/rocks_log.h"
#include "services/matching/match_wiring.h"
#include "services/profile/profile_wiring.h"
#include "services/project/project_wiring.h"
#include "troupe/v1/match_service.grpc.pb.h"
#include "troupe/v1/profile_service.grpc.pb.h"
#include "troupe/v1/project_service.grpc.pb.h"

namespace troupe {
namespace {

absl::Status CreateDirectory(const std::string& directory) {
  if (directory.empty()) {
    return InvalidField("--data_dir", "is not set", "name the folder that keeps the data");
  }
  // Unless its parent is synced, a power cut takes the folder with all in it.
  if (mkdir(directory.c_str(), 0700) == 0) return SyncParentOf(directory);
  if (errno == EEXIST) return absl::OkStatus();
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "CANNOT_CREATE_DIRECTORY",
                         absl::StrCat("--data_dir ", directory, " cannot be created (",
                                      std::strerror(errno), "): create its parent, or choose "
                                      "a folder that you may write"));
}

}  // namespace

absl::StatusOr<std::unique_ptr<EmbeddedServer>> EmbeddedServer::Start(const Options& options,
                                                                      const Clock* clock) {
  std::unique_ptr<EmbeddedServer> server(new EmbeddedServer(clock));
  TROUPE_RETURN_IF_ERROR(server->OpenStore(options.data_directory));
  TROUPE_RETURN_IF_ERROR(server->Serve(options));
  return server;
}

EmbeddedServer::~EmbeddedServer() = default;

absl::Status EmbeddedServer::OpenStore(const std::string& directory) {
  TROUPE_RETURN_IF_ERROR(CreateDirectory(directory));
  TROUPE_ASSIGN_OR_RETURN(log_, OpenRocksLog(*clock_, {.directory = directory + "/log"}));
  TROUPE_RETURN_IF_ERROR(WriteToday());
  TROUPE_ASSIGN_OR_RETURN(view_, OpenViewOf(*log_, directory + "/view"));
  TROUPE_RETURN_IF_ERROR(CatchUp(*log_, *view_, *clock_));
  applier_ = std::make_unique<Applier>(log_.get(), view_.get(), clock_);
  day_ticker_ = std::make_unique<DayTicker>(log_.get(), clock_);
  return absl::OkStatus();
}

absl::Status EmbeddedServer::WriteToday() {
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

absl::Status EmbeddedServer::Serve(const Options& options) {
  threads_ = std::make_unique<ThreadPool>();
  profiles_ = std::make_unique<ProfileService>(log_.get(), view_.get(), threads_.get(), clock_,
                                               &random_ids_);
  projects_ = std::make_unique<ProjectService>(log_.get(), view_.get(), threads_.get(), clock_,
                                               &random_ids_);
  matches_ = std::make_unique<MatchService>(view_.get(), threads_.get());
  admission_ = std::make_unique<Admission>(
      Admission::Options{.operator_organization = {options.operator_organization}}, clock_);
  std::vector<std::unique_ptr<WiredService>> services;
  services.push_back(WireProfileService(profiles_.get(), admission_.get()));
  services.push_back(WireProjectService(projects_.get(), admission_.get()));
  services.push_back(WireMatchService(matches_.get(), admission_.get()));
  TROUPE_ASSIGN_OR_RETURN(rpc_, RpcServer::Start(options.rpc, std::move(services)));
  WatchHealth();
  return rpc_->Ready();
}

void EmbeddedServer::WatchHealth() {
  const auto view = [this] { return view_->failure(); };
  const auto store = [this] {
    return admission_->has_store_failed() ? absl::UnavailableError("") : absl::OkStatus();
  };
  health_ = std::make_unique<HealthProbe>(
      rpc_.get(), std::vector<HealthProbe::Check>{{v1::ProfileService::service_full_name(), view},
                                                  {v1::ProfileService::service_full_name(), store},
                                                  {v1::ProjectService::service_full_name(), view},
                                                  {v1::ProjectService::service_full_name(), store},
                                                  {v1::MatchService::service_full_name(), view}});
}

}  // namespace troupe
