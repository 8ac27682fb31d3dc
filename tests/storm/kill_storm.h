#ifndef TROUPE_TESTS_STORM_KILL_STORM_H_
#define TROUPE_TESTS_STORM_KILL_STORM_H_

#include <cstdint>
#include <deque>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tests/storm/agreement.h"
#include "tests/storm/beacon.h"
#include "tests/storm/deployment.h"
#include "tests/storm/findings.h"
#include "tests/storm/tally.h"
#include "tests/storm/witness.h"
#include "tests/testing/dice.h"

namespace troupe::testing {

struct KillStormOptions {
  int kills = 200;
  int clients = 8;
  int kills_per_rebuild = 25;
  absl::Duration freshness_time;  // How long to measure Freshness before the first kill.
  bool asks = false;  // Instead of killing: processes are asked to end, and do so cleanly.
  uint64_t seed = 20261123;
};

// How long after its acknowledgement, under the load of all clients, a write is
// shown by an answer of matching.
struct Freshness {
  int64_t writes = 0;
  absl::Duration median;
  absl::Duration p99;
  absl::Duration most;
};

// What a storm did.
struct KillStormCounts {
  int kills = 0;              // Of a process each; with `asks`, ends.
  int kills_at_start = 0;     // Of them: before it served.
  int64_t calls = 0;          // Answered.
  int64_t acknowledged = 0;   // Writes.
  int64_t doubts = 0;         // Writes whose answer a kill took.
  int checks = 0;             // Of everything against everything.
  int backups = 0;            // That were made, though others were cut off by a kill.
  int rebuilds = 0;           // Views made again from the log, with equal digests.
  absl::Duration slowest_start;
  Freshness freshness;
};

// Clients that write, read and find while the processes of a deployment are
// killed at random moments: while they serve, while they start, one or all.
// After every restart what the clients know is compared with what the services
// answer. Thread-compatible.
class KillStorm {
 public:
  // `deployment` has not been started; it and `findings` outlive this.
  KillStorm(Deployment* deployment, const KillStormOptions& options, Findings* findings);

  // Starts it, and kills it as often as the options say, or until the first
  // finding.
  KillStormCounts Run();

 private:
  class Shift;

  absl::Status Prepare();
  absl::Status MeasureFreshness();
  void Cycle();
  std::vector<ServerProcess*> DrawVictims();
  void Kill(const std::vector<ServerProcess*>& victims);
  void KillDuringBackup(const std::vector<ServerProcess*>& victims);
  std::vector<absl::Status> MakeBackups() const;
  void AskToEnd(const std::vector<ServerProcess*>& victims);
  absl::Status Restart(const std::vector<ServerProcess*>& victims);
  void CheckRebuild();
  void CheckBeacon();
  void Settle();
  void Check(const absl::StatusOr<Listings>& listed, bool thorough);
  void Refused(const absl::Status& status);

  Deployment* const deployment_;
  const KillStormOptions options_;
  Findings* const findings_;
  std::mt19937_64 random_;
  Dice dice_{random_};
  Landmarks landmarks_;
  std::deque<Witness> witnesses_;
  Beacon beacon_;
  KillStormCounts counts_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_KILL_STORM_H_
