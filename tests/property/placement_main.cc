// Places small rounds by every mechanism and holds each outcome against all
// placements that there are; prints one JSON object a mechanism. Or writes certificates
// of such rounds, for deploy/verify_placement.py, or corrupted ones, with what is wrong.
#include <cstdio>
#include <filesystem>
#include <string>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "tests/property/certificates.h"
#include "tests/property/placement.h"

ABSL_FLAG(size_t, rounds, 20'000, "Rounds, by each mechanism.");
ABSL_FLAG(size_t, misreports, 500, "Rounds in which every graduate tries every list.");
ABSL_FLAG(size_t, graduates, 5, "Of a round at most.");
ABSL_FLAG(size_t, programs, 4, "Likewise.");
ABSL_FLAG(std::string, certificates, "", "A folder: write certificates there, and no more.");
ABSL_FLAG(std::string, corruptions, "", "A folder: write corrupted ones there, and no more.");
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
  for (const std::string& folder :
       {absl::GetFlag(FLAGS_certificates), absl::GetFlag(FLAGS_corruptions)}) {
    if (!folder.empty()) std::filesystem::create_directories(folder);
  }
  if (!absl::GetFlag(FLAGS_certificates).empty()) {
    std::printf("%zu certificates\n",
                troupe::testing::WriteCertificates({.folder = absl::GetFlag(FLAGS_certificates),
                                                    .rounds = absl::GetFlag(FLAGS_rounds),
                                                    .seed = absl::GetFlag(FLAGS_seed)}));
    return 0;
  }
  if (!absl::GetFlag(FLAGS_corruptions).empty()) {
    for (const auto& [file, corruption] :
         troupe::testing::WriteCorruptions({.folder = absl::GetFlag(FLAGS_corruptions),
                                            .rounds = absl::GetFlag(FLAGS_rounds),
                                            .seed = absl::GetFlag(FLAGS_seed)})) {
      std::printf("%s\t%s\n", file.c_str(), std::string(corruption).c_str());
    }
    return 0;
  }
  bool is_kept = true;
  for (troupe::Mechanism mechanism : troupe::kMechanisms) {
    const auto figures = troupe::testing::CheckPlacements(
        {.mechanism = mechanism,
         .rounds = absl::GetFlag(FLAGS_rounds),
         .misreports = IsTruthful(mechanism) ? absl::GetFlag(FLAGS_misreports) : 0,
         .graduates = absl::GetFlag(FLAGS_graduates),
         .programs = absl::GetFlag(FLAGS_programs),
         .seed = absl::GetFlag(FLAGS_seed)});
    std::fputs(ToJson(mechanism, figures).c_str(), stdout);
    is_kept = is_kept && figures.broken + figures.wrong_verdicts + figures.gains == 0;
  }
  return is_kept ? 0 : 1;
}
