#include "tests/property/certificates.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/base/stop_token.h"
#include "matcher/placement/validate_instance.h"
#include "tests/testing/certificate_json.h"
#include "tests/testing/dice.h"
#include "tests/testing/random_round.h"

namespace troupe::testing {
namespace {

// Nothing if floors conflict.
std::optional<Certificate> RandomCertificate(Mechanism mechanism, const CertificateOptions& options,
                                             Dice& dice) {
  const Instance round = RandomRound(
      mechanism, {.graduates = options.graduates, .programs = options.programs}, dice);
  const uint64_t seed = dice.Below(1'000);
  absl::StatusOr<PlacementOutcome> outcome = PlaceGraduates(round, mechanism, seed, NeverStop());
  if (!outcome.ok()) return std::nullopt;
  return MakeCertificate("test", round, mechanism, seed, *std::move(outcome));
}

// The file's path.
std::string Write(const std::filesystem::path& folder, const std::string& name,
                  const Certificate& certificate) {
  const std::filesystem::path path = folder / (name + ".json");
  std::ofstream(path) << ToJson(certificate).dump(1);
  return path.string();
}

// The lists with one turned round, that of `row`.
RankedLists TurnedRound(const RankedLists& lists, size_t row) {
  RankedLists turned;
  for (size_t i = 0; i < lists.size(); ++i) {
    std::vector<RankedLists::Tied> groups;
    for (size_t at = 0; at < lists[i].size(); ++at) {
      if (at == 0 || lists.RankAt(i, at) != lists.RankAt(i, at - 1)) groups.emplace_back();
      groups.back().push_back(lists[i][at]);
    }
    if (i == row) std::reverse(groups.begin(), groups.end());
    turned.Add(groups);
  }
  return turned;
}

Certificate Corrupted(Certificate certificate, absl::string_view corruption, Dice& dice) {
  Instance& instance = certificate.instance;
  std::vector<uint32_t>& placed = certificate.placement.program_of;
  Cutoffs& cutoffs = certificate.placement.cutoffs;
  const size_t graduate = dice.Below(placed.size());
  const size_t program = dice.Below(instance.programs.size());
  if (corruption == kCorruptions[0]) placed[graduate] = static_cast<uint32_t>(program);
  if (corruption == kCorruptions[1]) placed[graduate] = kNoRow;
  if (corruption == kCorruptions[2]) std::swap(placed[graduate], placed[dice.Below(placed.size())]);
  if (corruption == kCorruptions[3]) ++cutoffs.programs[program];
  if (corruption == kCorruptions[4]) --instance.programs[program].capacity;
  if (corruption == kCorruptions[5]) ++instance.programs[program].capacity;
  if (corruption == kCorruptions[6]) {
    instance.priorities = TurnedRound(instance.priorities, program);
  }
  if (corruption == kCorruptions[7]) instance.wishes = TurnedRound(instance.wishes, graduate);
  if (corruption == kCorruptions[8]) {
    if (certificate.breaches.empty()) {
      certificate.breaches.push_back({.kind = Breach::Kind::kBlocking,
                                      .graduate = static_cast<uint32_t>(graduate),
                                      .program = static_cast<uint32_t>(program)});
    } else {
      certificate.breaches.pop_back();
    }
  }
  if (corruption == kCorruptions[9]) placed[graduate] = kNoRow - 1;
  return certificate;
}

// True if the engine, too, sees that something is wrong, which it need not be.
bool IsBroken(const Certificate& certificate) {
  if (!ValidateInstance(certificate.instance).ok()) return false;  // Not to be written.
  const absl::StatusOr<std::vector<Breach>> breaches =
      Verify(certificate.instance, certificate.mechanism, certificate.seed, certificate.placement,
             NeverStop());
  return breaches.ok() && *breaches != certificate.breaches;
}

}  // namespace

size_t WriteCertificates(const CertificateOptions& options) {
  std::mt19937_64 rng(options.seed);
  Dice dice(rng);
  size_t written = 0;
  for (Mechanism mechanism : kMechanisms) {
    for (size_t round = 0; round < options.rounds; ++round) {
      const auto certificate = RandomCertificate(mechanism, options, dice);
      if (!certificate.has_value()) continue;
      Write(options.folder, absl::StrCat(MechanismWord(mechanism), round), *certificate);
      ++written;
    }
  }
  return written;
}

std::map<std::string, absl::string_view> WriteCorruptions(const CertificateOptions& options) {
  std::mt19937_64 rng(options.seed);
  Dice dice(rng);
  std::map<std::string, absl::string_view> written;
  for (Mechanism mechanism : kMechanisms) {
    for (size_t round = 0; round < options.rounds; ++round) {
      const auto certificate = RandomCertificate(mechanism, options, dice);
      if (!certificate.has_value()) continue;
      const absl::string_view corruption = dice.Pick(kCorruptions);
      const Certificate corrupted = Corrupted(*certificate, corruption, dice);
      if (!IsBroken(corrupted)) continue;
      const std::string name = absl::StrCat(MechanismWord(mechanism), round);
      written[Write(options.folder, name, corrupted)] = corruption;
    }
  }
  return written;
}

}  // namespace troupe::testing
