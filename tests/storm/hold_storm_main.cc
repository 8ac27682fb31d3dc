#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/time/time.h"
#include "nlohmann/json.hpp"
#include "tests/storm/hold_storm.h"
#include "tests/storm/storm_report.h"
#include "tests/testing/temp_directory.h"

ABSL_FLAG(int64_t, operations, 500'000, "How many are answered before it ends.");
ABSL_FLAG(int, kills, 60, "How often a process is killed.");
ABSL_FLAG(int, processes, 1, "1: one server; 3: a process for each kind of service.");
ABSL_FLAG(int, stages, 6, "Independent people and projects that are played with at a time.");
ABSL_FLAG(int, players, 8, "Clients of each stage.");
ABSL_FLAG(absl::Duration, limit, absl::Minutes(30), "Those not answered by then fail it.");
ABSL_FLAG(absl::Duration, tell_every, absl::Seconds(10), "How often it says what it has come to.");
ABSL_FLAG(uint64_t, seed, 20261128, "Of everything that is random.");

namespace {

nlohmann::json ToJson(const troupe::testing::HoldStormCounts& counts) {
  return {{"operations", counts.operations},
          {"acknowledged", counts.acknowledged},
          {"reads", counts.reads},
          {"doubts", counts.doubts},
          {"repeats", counts.repeats},
          {"stages", counts.stages},
          {"kills", counts.kills},
          {"kills_at_start", counts.kills_at_start},
          {"clock_steps", counts.steps},
          {"clock_hours", absl::ToInt64Hours(counts.stepped)},
          {"seconds", absl::ToDoubleSeconds(counts.duration)},
          {"log_records", counts.audit.records},
          {"log_agendas", counts.audit.agendas},
          {"log_confirmations", counts.audit.bookings},
          {"log_endings", counts.audit.endings},
          {"log_promotions", counts.audit.promotions},
          {"log_orphans", counts.audit.orphans},
          {"log_bases", counts.audit.bases},
          {"events", counts.events}};
}

}  // namespace

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "plays with holds while servers are killed, and prints as JSON what that did");
  absl::ParseCommandLine(argc, argv);
  const troupe::testing::TempDirectory folder;
  troupe::testing::Findings findings;
  const troupe::testing::HoldStormCounts counts =
      troupe::testing::HoldStorm(folder.path(),
                                 {.operations = absl::GetFlag(FLAGS_operations),
                                  .kills = absl::GetFlag(FLAGS_kills),
                                  .processes = absl::GetFlag(FLAGS_processes),
                                  .stages = absl::GetFlag(FLAGS_stages),
                                  .players = absl::GetFlag(FLAGS_players),
                                  .limit = absl::GetFlag(FLAGS_limit),
                                  .tell_every = absl::GetFlag(FLAGS_tell_every),
                                  .seed = absl::GetFlag(FLAGS_seed)},
                                 &findings)
          .Run();
  return troupe::testing::ReportStorm(ToJson(counts), findings);
}
