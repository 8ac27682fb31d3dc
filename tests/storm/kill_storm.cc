#include "tests/storm/kill_storm.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "matcher/base/status_macros.h"
#include "services/rpc/status_details.h"
#include "tests/storm/patience.h"
#include "troupe/v1/backup_service.grpc.pb.h"

namespace troupe::testing {
namespace {

constexpr char kOwner[] = "crew";
constexpr char kOperator[] = "operator";
constexpr absl::Duration kPatience = absl::Seconds(20);
constexpr absl::Duration kShowPatience = absl::Seconds(10);
constexpr std::chrono::seconds kBackupDeadline(60);
constexpr absl::Duration kPause = absl::Milliseconds(1);

}  // namespace

// The time in which all witnesses work.
class KillStorm::Shift {
 public:
  explicit Shift(std::deque<Witness>& witnesses) {
    for (Witness& witness : witnesses) {
      threads_.emplace_back([this, &witness] { witness.Work(tally_); });
    }
  }
  ~Shift() { End(); }

  // Lets them get so many answers more.
  void Await(int calls) { tally_.Await(calls, kPatience); }

  // Returns when all have put down their work. How many answers they got.
  int64_t End() {
    tally_.Close();
    for (std::thread& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
    return tally_.Count();
  }

 private:
  Tally tally_;
  std::vector<std::thread> threads_;
};

KillStorm::KillStorm(Deployment* deployment, const KillStormOptions& options, Findings* findings)
    : deployment_(deployment),
      options_(options),
      findings_(findings),
      random_(options.seed),
      beacon_(deployment->Open(kOwner)) {}

KillStormCounts KillStorm::Run() {
  if (const absl::Status prepared = Prepare(); !prepared.ok()) Refused(prepared);
  if (const absl::Status measured = MeasureFreshness(); !measured.ok()) Refused(measured);
  int next_rebuild = options_.kills_per_rebuild;
  while (findings_->IsEmpty() && counts_.kills < options_.kills) {
    Cycle();
    if (counts_.kills < next_rebuild) continue;
    CheckRebuild();
    next_rebuild += options_.kills_per_rebuild;
  }
  if (findings_->IsEmpty()) CheckRebuild();
  for (const Witness& witness : witnesses_) counts_.acknowledged += witness.acknowledged();
  return counts_;
}

absl::Status KillStorm::Prepare() {
  TROUPE_RETURN_IF_ERROR(deployment_->Start());
  const Services crew = deployment_->Open(kOwner);
  TROUPE_ASSIGN_OR_RETURN(
      const v1::Profile profile,
      Patiently([&] {
        return CreateProfile(crew.profiles, ProfileRecords::Stated("Landmark", "", 1), "profile");
      }));
  // Its edition 3 has one opening, which is open.
  TROUPE_ASSIGN_OR_RETURN(
      const v1::Project project,
      Patiently([&] {
        return CreateProject(crew.projects, ProjectRecords::Stated("Landmark", "", 3), "project");
      }));
  landmarks_ = {project.openings(0).name(), profile.name()};
  for (int i = 0; i < options_.clients; ++i) {
    witnesses_.emplace_back(i, random_(), deployment_->Open(kOwner), &landmarks_, findings_);
  }
  TROUPE_RETURN_IF_ERROR(beacon_.Switch());
  return StatisticsNow(deployment_->Open(kOperator)).status();  // All processes are there.
}

absl::Status KillStorm::MeasureFreshness() {
  Shift shift(witnesses_);
  std::vector<absl::Duration> lags;
  const absl::Time end = absl::Now() + options_.freshness_time;
  while (absl::Now() < end) {
    TROUPE_RETURN_IF_ERROR(beacon_.Switch());
    const absl::Time acknowledged = absl::Now();
    bool is_shown = false;
    while (!is_shown) {
      TROUPE_ASSIGN_OR_RETURN(is_shown, beacon_.IsShown());
    }
    lags.push_back(absl::Now() - acknowledged);
  }
  counts_.calls += shift.End();
  if (lags.empty()) return absl::OkStatus();
  std::sort(lags.begin(), lags.end());
  counts_.freshness = {.writes = static_cast<int64_t>(lags.size()),
                       .median = lags[lags.size() / 2],
                       .p99 = lags[lags.size() * 99 / 100],
                       .most = lags.back()};
  return absl::OkStatus();
}

void KillStorm::Cycle() {
  const std::vector<ServerProcess*> victims = DrawVictims();
  Shift shift(witnesses_);
  shift.Await(dice_.Between(5, 150));
  if (options_.asks) {
    AskToEnd(victims);
  } else if (dice_.OneIn(4)) {
    KillDuringBackup(victims);
  } else {
    Kill(victims);
  }
  // Either nothing happens between the kill and the check, or the clients go on
  // over it: those whose server is gone ask again once it is back.
  const bool go_on = dice_.OneIn(2);
  if (!go_on) counts_.calls += shift.End();
  if (const absl::Status restarted = Restart(victims); !restarted.ok()) return Refused(restarted);
  if (go_on) {
    shift.Await(dice_.Between(5, 150));
    counts_.calls += shift.End();
  }
  Settle();
}

std::vector<ServerProcess*> KillStorm::DrawVictims() {
  std::vector<ServerProcess*> processes = deployment_->Processes();
  if (dice_.OneIn(4)) return processes;
  return {dice_.Pick(processes)};
}

void KillStorm::Kill(const std::vector<ServerProcess*>& victims) {
  for (ServerProcess* victim : victims) victim->Kill();
  counts_.kills += static_cast<int>(victims.size());
}

void KillStorm::AskToEnd(const std::vector<ServerProcess*>& victims) {
  for (ServerProcess* victim : victims) {
    const int code = victim->Terminate();
    if (code == 0) continue;
    Refused(absl::InternalError(absl::StrCat("asked to end, a server ended with ", code)));
  }
  counts_.kills += static_cast<int>(victims.size());
}

void KillStorm::KillDuringBackup(const std::vector<ServerProcess*>& victims) {
  std::vector<absl::Status> made;
  std::thread backup([&] { made = MakeBackups(); });
  absl::SleepFor(absl::Milliseconds(dice_.Between(0, 50)));
  Kill(victims);
  backup.join();
  for (const absl::Status& status : made) {
    if (status.ok()) ++counts_.backups;
    if (!status.ok() && !IsTransportError(status)) Refused(status);
  }
}

// Of the logs of profiles and projects, which may be one.
std::vector<absl::Status> KillStorm::MakeBackups() const {
  const Services operators = deployment_->Open(kOperator);
  std::vector<absl::Status> made;
  for (const auto& channel : {operators.channels[0], operators.channels[1]}) {
    const auto context = operators.profiles.NewContext();
    context->set_deadline(std::chrono::system_clock::now() + kBackupDeadline);
    v1::Backup backup;
    made.push_back(FromGrpcStatus(
        v1::BackupService::NewStub(channel)->CreateBackup(context.get(), {}, &backup)));
  }
  return made;
}

// Some are killed once more while they start.
absl::Status KillStorm::Restart(const std::vector<ServerProcess*>& victims) {
  for (ServerProcess* victim : victims) {
    if (options_.asks) continue;
    const int kills = KillWhileItStarts(*victim, absl::Milliseconds(80), dice_);
    counts_.kills += kills;
    counts_.kills_at_start += kills;
  }
  const bool has_matching =
      std::find(victims.begin(), victims.end(), deployment_->Matching()) != victims.end();
  const absl::Time launched = absl::Now();
  for (ServerProcess* victim : victims) {
    if (victim != deployment_->Matching()) victim->Launch();
  }
  for (ServerProcess* victim : victims) {
    if (victim != deployment_->Matching()) TROUPE_RETURN_IF_ERROR(victim->AwaitReady());
  }
  if (has_matching) {
    if (deployment_->Matching() != deployment_->Profiles()) {
      TROUPE_RETURN_IF_ERROR(beacon_.Switch());
    }
    deployment_->Matching()->Launch();
    TROUPE_RETURN_IF_ERROR(deployment_->Matching()->AwaitReady());
    CheckBeacon();
  }
  counts_.slowest_start = std::max(counts_.slowest_start, absl::Now() - launched);
  return absl::OkStatus();
}

// Matching that starts knows what was acknowledged before, or says that it does
// not yet.
void KillStorm::CheckBeacon() {
  const absl::Time began = absl::Now();
  while (absl::Now() < began + kShowPatience) {
    const absl::StatusOr<bool> shown = beacon_.IsShown();
    if (shown.ok() && *shown) return;
    if (shown.ok()) {
      return findings_->Add(Wrong::kStale, "matching answers before it has caught up");
    }
    if (!absl::IsUnavailable(shown.status())) return Refused(shown.status());
    absl::SleepFor(kPause);
  }
  findings_->Add(Wrong::kStale, "matching does not catch up");
}

// First everything is as it was acknowledged or as it is in doubt; then, when
// nothing is in doubt any more, all answers fit each other.
void KillStorm::Settle() {
  const Services crew = deployment_->Open(kOwner);
  for (const Witness& witness : witnesses_) {
    counts_.doubts += static_cast<int64_t>(witness.Doubts());
  }
  Check(ListAll(crew), /*thorough=*/false);
  for (Witness& witness : witnesses_) witness.Settle();
  Check(ListAgreed(crew, deployment_->Open(kOperator), landmarks_, *findings_),
        /*thorough=*/false);
}

void KillStorm::Check(const absl::StatusOr<Listings>& listed, bool thorough) {
  if (!listed.ok()) return Refused(listed.status());
  for (Witness& witness : witnesses_) {
    witness.Check(listed->profiles, listed->projects, thorough);
  }
  ++counts_.checks;
}

// A view is made again from the log if it is gone, and holds the same then.
void KillStorm::CheckRebuild() {
  const Services operators = deployment_->Open(kOperator);
  const auto before = StatisticsNow(operators);
  if (!before.ok()) return Refused(before.status());
  Kill(deployment_->Processes());
  for (const ServerProcess* process : deployment_->Processes()) {
    std::filesystem::remove_all(process->data_directory() + "/view");
  }
  if (const absl::Status started = deployment_->Start(); !started.ok()) return Refused(started);
  Check(ListAgreed(deployment_->Open(kOwner), operators, landmarks_, *findings_),
        /*thorough=*/true);
  for (const absl::Status& made : MakeBackups()) {
    made.ok() ? static_cast<void>(++counts_.backups) : Refused(made);
  }
  const auto after = StatisticsNow(operators);
  if (!after.ok()) return Refused(after.status());
  if (after->digest() != before->digest()) {
    findings_->Add(Wrong::kDisagreed, "a view made again from the log has another digest");
  }
  ++counts_.rebuilds;
}

void KillStorm::Refused(const absl::Status& status) {
  findings_->Add(Wrong::kRefused, absl::StrCat("after ", counts_.kills, " kills: ",
                                               status.ToString()));
}

}  // namespace troupe::testing
