#include <cstdio>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "tests/model/explore.h"
#include "tests/model/mistakes.h"

ABSL_FLAG(int, holds, 3, "Holds that may be placed.");
ABSL_FLAG(int, answers, 2, "Accepts, declines and releases.");
ABSL_FLAG(int, counter_offers, 0, "Counter-offers.");
ABSL_FLAG(int, challenges, 1, "Challenges.");
ABSL_FLAG(int, confirmations, 2, "Requests to confirm a hold or a crew.");
ABSL_FLAG(int, retries, 1, "Retries of those.");
ABSL_FLAG(int, cancellations, 1, "Cancellations of bookings.");
ABSL_FLAG(int, edits, 1, "Edits of a calendar.");
ABSL_FLAG(int, crashes, 1, "Crashes and restarts.");
ABSL_FLAG(int, delayed, 0, "Writes that are delayed.");
ABSL_FLAG(int, skews, 0, "Placements by a clock that is behind.");
ABSL_FLAG(int, jumps, 3, "Jumps of time to what is due next.");
ABSL_FLAG(int64_t, most_states, 1'000'000'000, "Give up after so many.");
ABSL_FLAG(bool, mistakes, false, "Find the seeded mistakes instead.");

namespace troupe::testing {
namespace {

void PrintTrace(const Exploration& found) {
  int step = 0;
  for (const Action& action : found.trace) {
    std::printf("  %2d. %s\n", ++step, ToString(action).c_str());
  }
  std::printf("  breaks %s\n", found.broken.c_str());
}

bool CheckAll(const Bounds& bounds) {
  const Exploration found = Explore(bounds, absl::GetFlag(FLAGS_most_states));
  std::printf("states %lld, transitions %lld, deepest %lld, violations %d, complete %s\n",
              static_cast<long long>(found.states), static_cast<long long>(found.transitions),
              static_cast<long long>(found.deepest), found.broken.empty() ? 0 : 1,
              found.complete ? "yes" : "no");
  if (!found.broken.empty()) PrintTrace(found);
  return found.broken.empty() && found.complete;
}

bool CheckMistakes() {
  bool all_caught = true;
  for (const SeededMistake& seeded : SeededMistakes()) {
    const Exploration found =
        ShortestTrace(seeded.bounds, seeded.mistake, absl::GetFlag(FLAGS_most_states));
    const bool caught = !found.broken.empty();
    all_caught &= caught;
    std::printf("%s: %s after %lld states, %lld steps\n", std::string(seeded.name).c_str(),
                caught ? "caught" : "MISSED", static_cast<long long>(found.states),
                static_cast<long long>(found.deepest));
    if (caught) PrintTrace(found);
  }
  return all_caught;
}

Bounds AskedFor() {
  const auto of = [](absl::Flag<int>& flag) { return static_cast<int8_t>(absl::GetFlag(flag)); };
  return {.holds = of(FLAGS_holds),
          .answers = of(FLAGS_answers),
          .counter_offers = of(FLAGS_counter_offers),
          .challenges = of(FLAGS_challenges),
          .confirmations = of(FLAGS_confirmations),
          .retries = of(FLAGS_retries),
          .cancellations = of(FLAGS_cancellations),
          .edits = of(FLAGS_edits),
          .crashes = of(FLAGS_crashes),
          .delayed = of(FLAGS_delayed),
          .skews = of(FLAGS_skews),
          .jumps = of(FLAGS_jumps)};
}

}  // namespace
}  // namespace troupe::testing

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  const bool sound = absl::GetFlag(FLAGS_mistakes)
                         ? troupe::testing::CheckMistakes()
                         : troupe::testing::CheckAll(troupe::testing::AskedFor());
  return sound ? 0 : 1;
}
