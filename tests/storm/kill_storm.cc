#include "tests/storm/kill_storm.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "matcher/base/status_macros.h"
#include "tests/storm/agreement.h"

namespace troupe::testing {
namespace {

constexpr char kOwner[] = "crew";
constexpr char kOperator[] = "operator";
constexpr absl::Duration kPatience = absl::Seconds(20);
constexpr absl::Duration kShowPatience = absl::Seconds(10);
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
      CreateProfile(crew.profiles, ProfileRecords::Stated("Landmark", "", 1)));
  // Its edition 3 has one opening, which is open.
  TROUPE_ASSIGN_OR_RETURN(
      const v1::Project project,
      CreateProject(crew.projects, ProjectRecords::Stated("Landmark", "", 3)));
  landmarks_ = {project.openings(0).name(), profile.name()};
  for (int i = 0; i < options_.clients; ++i) {
    witnesses_.emplace_back(i, random_(), deployment_->Open(kOwner), &landmarks_, findings_);
  }
  return beacon_.Switch();
}

void KillStorm::Cycle() {
  const std::vector<ServerProcess*> victims = DrawVictims();
  Shift shift(witnesses_);
  shift.Await(dice_.Between(5, 150));
  Kill(victims);
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
  for (ServerProcess* victim : victims) {
    ++counts_.kills;
    if (!options_.asks) {
      victim->Kill();
    } else if (const int code = victim->Terminate(); code != 0) {
      Refused(absl::InternalError(absl::StrCat("asked to end, a server ended with ", code)));
    }
  }
}

// Some are killed once more while they start.
absl::Status KillStorm::Restart(const std::vector<ServerProcess*>& victims) {
  for (ServerProcess* victim : victims) {
    while (!options_.asks && dice_.OneIn(4)) {
      victim->Launch();
      absl::SleepFor(absl::Milliseconds(dice_.Between(0, 80)));
      Kill({victim});
      ++counts_.kills_at_start;
    }
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

void KillStorm::Settle() {
  const Services crew = deployment_->Open(kOwner);
  const Services operators = deployment_->Open(kOperator);
  for (const bool is_settled : {false, true}) {
    for (Witness& witness : witnesses_) {
      if (is_settled) {
        witness.Settle();
      } else {
        counts_.doubts += static_cast<int64_t>(witness.Doubts());
      }
    }
    const absl::StatusOr<Listings> listed = ListAgreed(crew, operators, landmarks_, *findings_);
    if (!listed.ok()) return Refused(listed.status());
    for (Witness& witness : witnesses_) {
      witness.Check(listed->profiles, listed->projects, /*thorough=*/false);
    }
    ++counts_.checks;
  }
}

// A view is made again from the log if it is gone, and holds the same then.
void KillStorm::CheckRebuild() {
  const Services operators = deployment_->Open(kOperator);
  const auto before = Statistics(operators.matches);
  if (!before.ok()) return Refused(before.status());
  Kill(deployment_->Processes());
  for (const ServerProcess* process : deployment_->Processes()) {
    std::filesystem::remove_all(process->data_directory() + "/view");
  }
  if (const absl::Status started = deployment_->Start(); !started.ok()) return Refused(started);
  const auto listed =
      ListAgreed(deployment_->Open(kOwner), operators, landmarks_, *findings_);
  if (!listed.ok()) return Refused(listed.status());
  for (Witness& witness : witnesses_) {
    witness.Check(listed->profiles, listed->projects, /*thorough=*/true);
  }
  const auto after = Statistics(operators.matches);
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
