// Holds gaps and training plans of random small markets against linear programs and
// exhaustive search; prints one JSON object a check.
#include <cstdio>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "tests/property/staffing.h"

ABSL_FLAG(size_t, markets, 2'000, "Small markets, of allocation.");
ABSL_FLAG(size_t, planted, 30, "Markets in balance but for one cell.");
ABSL_FLAG(size_t, problems, 2'000, "Small problems of training, in which there is something to gain.");
ABSL_FLAG(bool, may_prove, true, "Whether plans go on until they are proven.");
ABSL_FLAG(uint64_t, seed, 1, "Of everything that is random.");

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  using namespace troupe::testing;
  const uint64_t seed = absl::GetFlag(FLAGS_seed);
  const AllocationFigures allocation = CheckAllocations(absl::GetFlag(FLAGS_markets), seed);
  std::fputs(ToJson(allocation).c_str(), stdout);
  const ChangeFigures changes = CheckChanges(absl::GetFlag(FLAGS_markets), seed);
  std::fputs(ToJson(changes).c_str(), stdout);
  const PlantedFigures planted = CheckPlantedGaps(absl::GetFlag(FLAGS_planted), seed);
  std::fputs(ToJson(planted).c_str(), stdout);
  const PlanFigures plans =
      CheckPlans(absl::GetFlag(FLAGS_problems), seed, absl::GetFlag(FLAGS_may_prove));
  std::fputs(ToJson(plans).c_str(), stdout);
  return allocation.IsKept() && changes.differing == 0 && plans.IsKept() && planted.found == planted.markets ? 0 : 1;
}
