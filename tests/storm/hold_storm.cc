#include "tests/storm/hold_storm.h"

#include <algorithm>
#include <iostream>
#include <thread>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "matcher/base/status_macros.h"

namespace troupe::testing {
namespace {

constexpr int kHouses = 3;
constexpr absl::Duration kPause = absl::Milliseconds(2);
constexpr absl::Duration kMostStepped = absl::Hours(6 * 24);  // Logs keep 7 days.
constexpr int kStepsPerAudit = 16;  // Of the clock: about as much as may be.

std::unique_ptr<Deployment> Deploy(int processes, const std::string& folder,
                                   const std::string& clock_file) {
  return processes == 1 ? OneClockedProcess(folder, clock_file)
                        : ThreeClockedProcesses(folder, clock_file);
}

std::string KindName(int kind) {
  const std::string name = v1::HoldEvent::Kind_Name(static_cast<v1::HoldEvent::Kind>(kind));
  return absl::AsciiStrToLower(absl::StripPrefix(name, "KIND_"));
}

}  // namespace

// The clients that play one stage after the other, together.
class HoldStorm::Company {
 public:
  Company(HoldStorm* storm, int number, uint64_t seed)
      : storm_(*storm), number_(number), random_(seed), parties_(Parties()), thread_([this] {
          Play();
        }) {}
  ~Company() { thread_.join(); }

 private:
  HoldParties Parties() const {
    HoldParties parties{.agency = storm_.deployment_->Open("agency"), .houses = {}};
    for (int i = 0; i < kHouses; ++i) {
      parties.houses.push_back(storm_.deployment_->Open(absl::StrCat("house-", i)));
    }
    return parties;
  }

  void Play() {
    for (int round = 0; !storm_.IsDone() && storm_.findings_->IsEmpty(); ++round) {
      HoldStage stage(absl::StrCat("stage-", number_, "-", round), &parties_, &storm_.clock_,
                      storm_.findings_);
      if (const absl::Status open = stage.Open(); !open.ok()) return storm_.Refused(open);
      PlayOn(stage);
      stage.Check();
      {
        absl::MutexLock lock(&storm_.stages_mutex_);
        ++storm_.stages_;
        for (const auto& [kind, count] : stage.EventCounts()) {
          storm_.events_[KindName(kind)] += count;
        }
      }
      stage.Close();
    }
  }

  void PlayOn(HoldStage& stage) {
    const int64_t each = storm_.options_.stage_operations / storm_.options_.players;
    std::vector<std::thread> players;
    for (int i = 0; i < storm_.options_.players; ++i) {
      players.emplace_back([&, seed = random_(), i] {
        HoldPlayer player(absl::StrCat(stage.label(), "-player-", i), seed, &stage,
                          &storm_.traffic_);
        for (int64_t n = 0; n < each && !storm_.IsDone(); ++n) player.Act();
      });
    }
    for (std::thread& player : players) player.join();
  }

  HoldStorm& storm_;
  const int number_;
  std::mt19937_64 random_;
  const HoldParties parties_;
  std::thread thread_;  // Started last.
};

HoldStorm::HoldStorm(const std::string& folder, const HoldStormOptions& options,
                     Findings* findings)
    : options_(options),
      findings_(findings),
      clock_file_(folder + "/clock"),
      clock_(clock_file_),
      deployment_(Deploy(options.processes, folder, clock_file_)),
      random_(options.seed) {
  const auto audit = [&](LogName name, const std::string& data) {
    audits_.push_back(
        std::make_unique<AgendaAudit>(name, absl::StrCat(folder, "/", data, "/log"), &clock_,
                                      findings_));
  };
  if (options.processes == 1) {
    audit(LogName::kTroupe, "data");
  } else {
    audit(LogName::kProfiles, "profiles");
    audit(LogName::kProjects, "projects");
  }
}

HoldStormCounts HoldStorm::Run() {
  began_ = absl::Now();
  if (const absl::Status prepared = Prepare(); !prepared.ok()) {
    Refused(prepared);
    return counts_;
  }
  {
    std::deque<Company> companies;
    for (int i = 0; i < options_.stages; ++i) companies.emplace_back(this, i, random_());
    Disturb();
    Tell("is over: what is played is checked");
  }
  if (traffic_.operations < options_.operations && findings_->IsEmpty()) {
    Refused(absl::DeadlineExceededError(
        absl::StrCat(traffic_.operations.load(), " of ", options_.operations,
                     " operations are answered in ", absl::FormatDuration(options_.limit),
                     "; the last that was not: ", traffic_.LastDoubt())));
  }
  if (const absl::Status audited = AuditLogs(); !audited.ok()) Refused(audited);
  counts_.duration = absl::Now() - began_;
  counts_.operations = traffic_.operations;
  counts_.acknowledged = traffic_.acknowledged;
  counts_.reads = traffic_.reads;
  counts_.doubts = traffic_.doubts;
  counts_.repeats = traffic_.repeats;
  {
    absl::MutexLock lock(&stages_mutex_);
    counts_.stages = stages_;
    counts_.events = events_;
  }
  for (const auto& audit : audits_) {
    counts_.audit.records += audit->counts().records;
    counts_.audit.agendas += audit->counts().agendas;
    counts_.audit.bookings += audit->counts().bookings;
    counts_.audit.endings += audit->counts().endings;
    counts_.audit.promotions += audit->counts().promotions;
    counts_.audit.orphans += audit->counts().orphans;
    counts_.audit.bases += audit->counts().bases;
  }
  return counts_;
}

absl::Status HoldStorm::Prepare() {
  TROUPE_RETURN_IF_ERROR(deployment_->Start());
  for (ServerProcess* process : deployment_->Processes()) process->Kill();
  for (const auto& audit : audits_) TROUPE_RETURN_IF_ERROR(audit->Follow());
  return deployment_->Start();
}

// Kills and steps, evenly over the operations.
void HoldStorm::Disturb() {
  const int64_t step_every =
      std::max<int64_t>(options_.operations / (options_.kills + 1) / kStepsPerAudit, 1);
  const int rounds = options_.kills * RoundsPerAudit();
  int64_t next_kill = options_.operations / (rounds + 1);
  int64_t next_step = step_every;
  absl::Time next_word = began_ + options_.tell_every;
  while (!IsDone() && findings_->IsEmpty()) {
    absl::SleepFor(kPause);
    const int64_t done = traffic_.operations;
    if (absl::Now() >= next_word) {
      Tell("goes on");
      next_word = absl::Now() + options_.tell_every;
    }
    if (done >= next_step) {
      StepClock();
      next_step = done + step_every;
    }
    if (done < next_kill || rounds_ >= rounds) continue;
    KillSome();
    ++rounds_;
    next_kill = done + (options_.operations - done) / (rounds - rounds_ + 1);
  }
}

// Mostly by less than a challenge gives, so that some are answered in time.
void HoldStorm::StepClock() {
  const absl::Duration step =
      dice_.OneIn(4) ? absl::Hours(dice_.Between(20, 30)) : absl::Minutes(dice_.Between(10, 600));
  // What an audit has not read yet must not be trimmed.
  if (stepped_since_audit_ + step > kMostStepped) return;
  clock_.StepBy(step);
  stepped_since_audit_ += step;
  counts_.stepped += step;
  ++counts_.steps;
}

void HoldStorm::KillSome() {
  std::vector<ServerProcess*> victims = deployment_->Processes();
  const bool audits = rounds_ % RoundsPerAudit() == 0;
  if (!audits && !dice_.OneIn(4)) victims = {dice_.Pick(victims)};
  for (ServerProcess* victim : victims) victim->Kill();
  counts_.kills += static_cast<int>(victims.size());
  if (dice_.OneIn(3)) StepClock();  // What falls due while nobody serves.
  if (audits) {
    if (const absl::Status audited = AuditLogs(); !audited.ok()) return Refused(audited);
  }
  if (const absl::Status restarted = Restart(victims); !restarted.ok()) Refused(restarted);
}

// Some are killed once more while they start.
absl::Status HoldStorm::Restart(const std::vector<ServerProcess*>& victims) {
  for (ServerProcess* victim : victims) {
    counts_.kills_at_start += KillWhileItStarts(*victim, absl::Milliseconds(200), dice_);
  }
  for (ServerProcess* victim : victims) victim->Launch();
  for (ServerProcess* victim : victims) TROUPE_RETURN_IF_ERROR(victim->AwaitReady());
  return absl::OkStatus();
}

// Nobody serves meanwhile.
absl::Status HoldStorm::AuditLogs() {
  for (ServerProcess* process : deployment_->Processes()) process->Kill();
  for (const auto& audit : audits_) TROUPE_RETURN_IF_ERROR(audit->Follow());
  stepped_since_audit_ = absl::ZeroDuration();
  return absl::OkStatus();
}

void HoldStorm::Tell(absl::string_view what) const {
  if (options_.tell_every == absl::InfiniteDuration()) return;
  int64_t stages = 0;
  {
    absl::MutexLock lock(&stages_mutex_);
    stages = stages_;
  }
  const double seconds = absl::ToDoubleSeconds(absl::Now() - began_);
  std::cerr << absl::StrFormat(
      "%.0f s: the storm %s: %d of %d operations (%.0f/s), %d kills, %d stages, %d doubts, the "
      "last: %s\n",
      seconds, what, traffic_.operations.load(), options_.operations,
      static_cast<double>(traffic_.operations) / seconds, counts_.kills, stages,
      traffic_.doubts.load(), traffic_.LastDoubt());
}

void HoldStorm::Refused(const absl::Status& status) {
  findings_->Add(Wrong::kRefused, absl::StrCat("after ", counts_.kills, " kills: ",
                                               status.ToString()));
}

}  // namespace troupe::testing
