#include <string>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "nlohmann/json.hpp"
#include "tests/storm/crew_storm.h"
#include "tests/storm/storm_report.h"
#include "tests/testing/temp_directory.h"

ABSL_FLAG(int, processes, 1, "1: troupe-server; 3: those that keep profiles and projects apart.");
ABSL_FLAG(int, people, 40, "In a crew.");
ABSL_FLAG(int, stride, 1, "Kills at every so manieth step.");

namespace {

nlohmann::json ToJson(const troupe::testing::CrewStormCounts& counts) {
  return {{"steps", counts.steps},
          {"cancel_steps", counts.cancel_steps},
          {"kills", counts.kills},
          {"kills_of_other", counts.kills_of_other},
          {"kills_at", counts.kills_at},
          {"booked", counts.booked},
          {"refused_crews", counts.refused},
          {"cancelled", counts.cancelled},
          {"second_crew", counts.second_crew}};
}

}  // namespace

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "confirms crews while servers are killed at each step, and prints as JSON what that did");
  absl::ParseCommandLine(argc, argv);
  const troupe::testing::TempDirectory folder;
  troupe::testing::Findings findings;
  const troupe::testing::CrewStormCounts counts =
      troupe::testing::CrewStorm(folder.path(),
                                 {.processes = absl::GetFlag(FLAGS_processes),
                                  .people = absl::GetFlag(FLAGS_people),
                                  .stride = absl::GetFlag(FLAGS_stride)},
                                 &findings)
          .Run();
  return troupe::testing::ReportStorm(ToJson(counts), findings);
}
