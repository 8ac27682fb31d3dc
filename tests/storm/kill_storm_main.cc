#include <memory>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/time/time.h"
#include "nlohmann/json.hpp"
#include "tests/storm/deployment.h"
#include "tests/storm/kill_storm.h"
#include "tests/storm/storm_report.h"
#include "tests/testing/temp_directory.h"

ABSL_FLAG(int, kills, 200, "How often a process is killed.");
ABSL_FLAG(int, clients, 8, "Clients that go on meanwhile.");
ABSL_FLAG(int, processes, 1, "1: troupe-server; 3: a process for each kind of service.");
ABSL_FLAG(absl::Duration, freshness_time, absl::Seconds(10),
          "How long to measure, before the first kill, how soon matching shows a write.");
ABSL_FLAG(uint64_t, seed, 20261123, "Of everything that is random.");

namespace {

nlohmann::json ToJson(const troupe::testing::KillStormCounts& counts) {
  return {{"kills", counts.kills},
          {"kills_at_start", counts.kills_at_start},
          {"calls", counts.calls},
          {"acknowledged", counts.acknowledged},
          {"doubts", counts.doubts},
          {"checks", counts.checks},
          {"backups", counts.backups},
          {"rebuilds", counts.rebuilds},
          {"slowest_start_ms", absl::ToInt64Milliseconds(counts.slowest_start)},
          {"fresh_writes", counts.freshness.writes},
          {"fresh_median_ms", absl::ToDoubleMilliseconds(counts.freshness.median)},
          {"fresh_p99_ms", absl::ToDoubleMilliseconds(counts.freshness.p99)},
          {"fresh_most_ms", absl::ToDoubleMilliseconds(counts.freshness.most)}};
}

}  // namespace

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("kills servers under load, and prints as JSON what that did");
  absl::ParseCommandLine(argc, argv);
  const troupe::testing::TempDirectory folder;
  troupe::testing::Findings findings;
  const auto deployment = absl::GetFlag(FLAGS_processes) == 1
                              ? troupe::testing::OneProcess(folder.path())
                              : troupe::testing::ThreeProcesses(folder.path());
  const troupe::testing::KillStormCounts counts =
      troupe::testing::KillStorm(deployment.get(),
                                 {.kills = absl::GetFlag(FLAGS_kills),
                                  .clients = absl::GetFlag(FLAGS_clients),
                                  .freshness_time = absl::GetFlag(FLAGS_freshness_time),
                                  .seed = absl::GetFlag(FLAGS_seed)},
                                 &findings)
          .Run();
  return troupe::testing::ReportStorm(ToJson(counts), findings);
}
