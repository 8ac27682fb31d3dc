// Places small rounds by every mechanism and holds each outcome against all
// placements that there are; prints one JSON object a mechanism.
#include <cstdio>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "tests/property/placement.h"

ABSL_FLAG(size_t, rounds, 20'000, "Rounds, by each mechanism.");
ABSL_FLAG(size_t, misreports, 500, "Rounds in which every graduate tries every list.");
ABSL_FLAG(uint64_t, seed, 1, "Of everything that is random.");

namespace {

// Whether the mechanism promises that nobody gains by another list.
bool IsTruthful(troupe::Mechanism mechanism) {
  using troupe::Mechanism;
  return mechanism == Mechanism::kGraduatesPropose || mechanism == Mechanism::kStudentProject ||
         mechanism == Mechanism::kReserves || mechanism == Mechanism::kRegionalCaps;
}

}  // namespace

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  bool is_kept = true;
  for (troupe::Mechanism mechanism : troupe::kMechanisms) {
    const auto figures = troupe::testing::CheckPlacements(
        {.mechanism = mechanism,
         .rounds = absl::GetFlag(FLAGS_rounds),
         .misreports = IsTruthful(mechanism) ? absl::GetFlag(FLAGS_misreports) : 0,
         .seed = absl::GetFlag(FLAGS_seed)});
    std::fputs(ToJson(mechanism, figures).c_str(), stdout);
    is_kept = is_kept && figures.broken + figures.wrong_verdicts + figures.gains == 0;
  }
  return is_kept ? 0 : 1;
}
