#include "matcher/placement/place.h"

#include <optional>
#include <utility>

#include "matcher/base/status_macros.h"
#include "matcher/placement/deferred_acceptance.h"
#include "matcher/placement/floors.h"
#include "matcher/placement/largest_stable.h"
#include "matcher/placement/linked_pairs.h"
#include "matcher/placement/lottery.h"
#include "matcher/placement/regional_caps.h"
#include "matcher/placement/reserves.h"
#include "matcher/placement/student_project.h"

namespace troupe {
namespace {

absl::StatusOr<std::vector<uint32_t>> PlaceBy(const Instance& instance, Mechanism mechanism,
                                              uint64_t seed, const StopToken& stop) {
  switch (mechanism) {
    case Mechanism::kGraduatesPropose: return GraduatesPropose(instance, stop);
    case Mechanism::kProgramsPropose: return ProgramsPropose(instance, stop);
    case Mechanism::kStudentProject: return PlaceUnderStudios(instance, stop);
    case Mechanism::kReserves: return PlaceWithReserves(instance, stop);
    case Mechanism::kLargestStable: return PlaceManyStably(instance, stop);
    case Mechanism::kRegionalCaps: return PlaceUnderCaps(instance, stop);
    case Mechanism::kFloors: return PlaceWithFloors(instance, stop);
    case Mechanism::kLinkedPairs: return PlaceWithPairs(instance, seed, stop);
  }
  return absl::InternalError("no such mechanism");
}

// Those that promise one placement of all stable ones.
bool PromisesTheBest(Mechanism mechanism) {
  return mechanism == Mechanism::kGraduatesPropose || mechanism == Mechanism::kProgramsPropose ||
         mechanism == Mechanism::kStudentProject || mechanism == Mechanism::kReserves;
}

// The instance that is placed: itself, as large as it may be, if there is no tie to
// break, else a copy, which lies in `broken`.
const Instance& PlacedOne(const Instance& instance, Mechanism mechanism, uint64_t seed,
                          std::optional<Instance>& broken) {
  if (mechanism == Mechanism::kLargestStable || !HasTies(instance)) return instance;
  return broken.emplace(BreakTies(instance, seed));
}

}  // namespace

absl::StatusOr<PlacementOutcome> PlaceGraduates(const Instance& instance, Mechanism mechanism,
                                                uint64_t seed, const StopToken& stop) {
  TROUPE_RETURN_IF_ERROR(CheckMechanism(instance, mechanism));
  std::optional<Instance> broken;
  const Instance& strict = PlacedOne(instance, mechanism, seed, broken);
  TROUPE_ASSIGN_OR_RETURN(std::vector<uint32_t> program_of,
                          PlaceBy(strict, mechanism, seed, stop));
  PlacementOutcome outcome = {.placement = WithCutoffs(strict, std::move(program_of))};
  if (mechanism == Mechanism::kFloors || mechanism == Mechanism::kLinkedPairs) {
    outcome.breaches = BreachesOf(strict, mechanism, outcome.placement.program_of);
  }
  return outcome;
}

absl::StatusOr<std::vector<Breach>> Verify(const Instance& instance, Mechanism mechanism,
                                           uint64_t seed, const Placement& placement,
                                           const StopToken& stop) {
  TROUPE_RETURN_IF_ERROR(CheckMechanism(instance, mechanism));
  std::optional<Instance> broken;
  const Instance& strict = PlacedOne(instance, mechanism, seed, broken);
  std::vector<Breach> breaches = BreachesOf(strict, mechanism, placement);
  if (!PromisesTheBest(mechanism) || placement.program_of.size() != instance.graduates.size()) {
    return breaches;
  }
  TROUPE_ASSIGN_OR_RETURN(const std::vector<uint32_t> best,
                          PlaceBy(strict, mechanism, seed, stop));
  for (uint32_t graduate = 0; graduate < best.size(); ++graduate) {
    if (best[graduate] == placement.program_of[graduate]) continue;
    breaches.push_back({.kind = Breach::Kind::kNotBest, .graduate = graduate});
  }
  return breaches;
}

}  // namespace troupe
