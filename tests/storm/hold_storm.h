#ifndef TROUPE_TESTS_STORM_HOLD_STORM_H_
#define TROUPE_TESTS_STORM_HOLD_STORM_H_

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/storm/agenda_audit.h"
#include "tests/storm/deployment.h"
#include "tests/storm/findings.h"
#include "tests/storm/hold_player.h"
#include "tests/storm/hold_stage.h"
#include "tests/storm/stepped_clock.h"
#include "tests/testing/dice.h"

namespace troupe::testing {

struct HoldStormOptions {
  int64_t operations = 500'000;
  int kills = 60;                // At least; of all processes at once, if they are several.
  int processes = 1;             // 1 or 3.
  int stages = 6;                // Played at a time,
  int players = 8;               // by so many clients each,
  int64_t stage_operations = 1'000;  // until so much was asked for.
  absl::Duration limit = absl::Minutes(30);  // Who is slower does not finish.
  absl::Duration tell_every = absl::InfiniteDuration();  // On standard error.
  uint64_t seed = 20261128;
};

// What a storm did.
struct HoldStormCounts {
  int64_t operations = 0;
  int64_t acknowledged = 0;
  int64_t reads = 0;
  int64_t doubts = 0;
  int64_t repeats = 0;
  int64_t stages = 0;            // Played, and checked.
  int kills = 0;
  int kills_at_start = 0;
  int steps = 0;                 // Of the clock.
  absl::Duration stepped;
  absl::Duration duration;
  AgendaAuditCounts audit;       // Of all logs.
  std::map<std::string, int64_t> events;  // In the histories, by kind.
};

// Clients that place, answer, challenge, confirm and cancel holds of few people
// on few days, while servers are killed and their clock is stepped. Each stage
// is compared with what was acknowledged once it is played; the logs are read
// again and again. Thread-compatible.
class HoldStorm {
 public:
  // Keeps its data in `folder`, which exists. `findings` outlives it.
  HoldStorm(const std::string& folder, const HoldStormOptions& options, Findings* findings);

  HoldStormCounts Run();

 private:
  class Company;

  absl::Status Prepare();
  void Disturb();
  void StepClock();
  void KillSome();
  absl::Status Restart(const std::vector<ServerProcess*>& victims);
  absl::Status AuditLogs();
  void Refused(const absl::Status& status);
  // What it has come to, for people who wait.
  void Tell(absl::string_view what) const;
  // Logs are audited while nobody serves. If there are several processes, every
  // other time one is killed by itself, and the others go on.
  int RoundsPerAudit() const { return options_.processes == 1 ? 1 : 2; }
  bool IsLate() const { return absl::Now() - began_ > options_.limit; }
  bool IsDone() const { return traffic_.operations >= options_.operations || IsLate(); }

  const HoldStormOptions options_;
  Findings* const findings_;
  const std::string clock_file_;
  SteppedClock clock_;
  const std::unique_ptr<Deployment> deployment_;
  absl::Duration stepped_since_audit_;
  int rounds_ = 0;  // Of kills.
  absl::Time began_ = absl::Now();
  std::mt19937_64 random_;
  Dice dice_{random_};
  std::vector<std::unique_ptr<AgendaAudit>> audits_;
  HoldTraffic traffic_;
  HoldStormCounts counts_;

  mutable absl::Mutex stages_mutex_;
  int64_t stages_ ABSL_GUARDED_BY(stages_mutex_) = 0;
  std::map<std::string, int64_t> events_ ABSL_GUARDED_BY(stages_mutex_);
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_HOLD_STORM_H_
