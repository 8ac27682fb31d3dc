#include <cstdio>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "tests/property/exactness.h"

ABSL_FLAG(size_t, profiles, 5'000, "People of each market.");
ABSL_FLAG(size_t, projects, 1'000, "Projects of each market.");
ABSL_FLAG(size_t, questions, 20'000, "Questions in each direction, over all markets.");
ABSL_FLAG(size_t, markets, 4, "Markets, each from a seed of its own.");
ABSL_FLAG(size_t, update_every, 0, "Records change after so many questions; 0: never.");
ABSL_FLAG(size_t, twins, 0,
          "Questions asked again with somebody who differs in gender, age and height.");
ABSL_FLAG(uint64_t, seed, 1, "Of everything that is random.");
ABSL_FLAG(size_t, threads, 2, "Markets that are asked at a time.");

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  const troupe::testing::ExactnessCounts counts =
      troupe::testing::CheckExactness({.profiles = absl::GetFlag(FLAGS_profiles),
                                       .projects = absl::GetFlag(FLAGS_projects),
                                       .questions = absl::GetFlag(FLAGS_questions),
                                       .markets = absl::GetFlag(FLAGS_markets),
                                       .update_every = absl::GetFlag(FLAGS_update_every),
                                       .twins = absl::GetFlag(FLAGS_twins),
                                       .seed = absl::GetFlag(FLAGS_seed),
                                       .threads = absl::GetFlag(FLAGS_threads)});
  std::fputs(troupe::testing::ToString(counts).c_str(), stdout);
  return counts.differences == 0 ? 0 : 1;
}
