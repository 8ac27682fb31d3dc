#include <cstdio>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "tests/property/power_cuts.h"

ABSL_FLAG(int, cuts, 100, "How often the power is cut.");
ABSL_FLAG(int, clients, 4, "Who append at the same time.");
ABSL_FLAG(uint64_t, seed, 1, "Of everything that is random.");

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  const troupe::testing::PowerCutCounts counts =
      troupe::testing::CheckPowerCuts({.cuts = absl::GetFlag(FLAGS_cuts),
                                       .clients = absl::GetFlag(FLAGS_clients),
                                       .seed = absl::GetFlag(FLAGS_seed)});
  std::fputs(troupe::testing::ToString(counts).c_str(), stdout);
  return counts.violations.empty() ? 0 : 1;
}
