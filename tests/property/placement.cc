#include "tests/property/placement.h"

#include <algorithm>
#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "matcher/base/stop_token.h"
#include "matcher/base/violation.h"
#include "matcher/placement/floors.h"
#include "matcher/placement/lottery.h"
#include "matcher/placement/place.h"
#include "matcher/placement/validate_instance.h"
#include "tests/testing/dice.h"
#include "tests/testing/placement_oracle.h"
#include "tests/testing/random_round.h"

namespace troupe::testing {
namespace {

using ProgramOf = PlacementOracle::ProgramOf;

size_t PlacedIn(const ProgramOf& placed) {
  return placed.size() - static_cast<size_t>(std::count(placed.begin(), placed.end(), kNoRow));
}

class RoundCheck {
 public:
  RoundCheck(const Instance& round, Mechanism mechanism, uint64_t seed, PlacementFigures& figures)
      : round_(round),
        mechanism_(mechanism),
        seed_(seed),
        strict_(mechanism == Mechanism::kLargestStable ? round : BreakTies(round, seed)),
        oracle_(strict_, mechanism),
        figures_(figures) {}

  void Run(Dice& dice) {
    if (!ValidateInstance(round_).ok()) return Broken(ValidateInstance(round_).ToString());
    const absl::StatusOr<PlacementOutcome> outcome =
        PlaceGraduates(round_, mechanism_, seed_, NeverStop());
    if (!outcome.ok()) return CheckConflict(outcome.status());
    const ProgramOf& placed = outcome->placement.program_of;
    if (!oracle_.IsFeasible(placed)) return Broken("is not feasible");
    const auto blocking = static_cast<size_t>(oracle_.Blocking(placed));
    if (blocking != outcome->breaches.size()) return Broken("blocking is not told");
    if (!Verify(round_, mechanism_, seed_, outcome->placement, NeverStop())->empty() &&
        blocking == 0) {
      return Broken("does not verify");
    }
    LookAtAll(dice);
    Compare(placed, blocking);
  }

  void TryMisreports() {
    const absl::StatusOr<PlacementOutcome> truth =
        PlaceGraduates(round_, mechanism_, seed_, NeverStop());
    for (uint32_t graduate = 0; graduate < round_.graduates.size(); ++graduate) {
      std::vector<uint32_t> list;
      TryLists(graduate, truth->placement.program_of[graduate], list);
    }
  }

 private:
  void Broken(const std::string& what) {
    ++figures_.broken;
    if (figures_.first_broken.empty()) {
      figures_.first_broken = absl::StrCat("round ", figures_.rounds, ": ", what);
    }
  }

  void CheckConflict(const absl::Status& status) {
    ++figures_.infeasible;
    if (ReasonOf(status) != "FLOORS_CONFLICT") return Broken(status.ToString());
    Instance without_floors = strict_;
    for (Region& region : without_floors.regions) region.floor = 0;
    const PlacementOracle all(without_floors, mechanism_);
    const std::vector<uint32_t> conflict = ConflictingFloors(strict_);
    if (conflict.empty() || SomeKeep(all, conflict)) return Broken("floors do not conflict");
    for (uint32_t left_out : conflict) {
      std::vector<uint32_t> rest = conflict;
      std::erase(rest, left_out);
      if (!SomeKeep(all, rest)) return Broken("fewer floors conflict");
    }
  }

  bool SomeKeep(const PlacementOracle& all, const std::vector<uint32_t>& regions) const {
    bool some = false;
    const PlacementOracle floors(strict_, mechanism_);
    all.ForEach([&](const ProgramOf& placed) {
      some = some || floors.KeepsFloors(placed, regions);
    });
    return some;
  }

  // Finds the stable placements, and lets BreachesOf judge some of all.
  void LookAtAll(Dice& dice) {
    fewest_ = ~size_t{0};
    oracle_.ForEach([&](const ProgramOf& placed) {
      ++figures_.placements;
      const auto blocking = static_cast<size_t>(oracle_.Blocking(placed));
      if (blocking == 0) stable_.push_back(placed);
      fewest_ = std::min(fewest_, blocking);
      if (!dice.OneIn(50)) return;
      ++figures_.verdicts;
      figures_.wrong_verdicts += BreachesOf(strict_, mechanism_, placed).size() != blocking;
      ProgramOf other = placed;
      other[dice.Below(other.size())] = static_cast<uint32_t>(dice.Below(round_.programs.size()));
      if (oracle_.IsFeasible(other)) return;
      ++figures_.verdicts;
      figures_.wrong_verdicts += BreachesOf(strict_, mechanism_, other).empty();
    });
  }

  void Compare(const ProgramOf& placed, size_t blocking) {
    if (blocking > 0) {
      ++figures_.not_kept;
      figures_.breaches += blocking;
      figures_.fewest += fewest_;
      figures_.could_be += fewest_ == 0;
      return;
    }
    for (const ProgramOf& stable : stable_) {
      if (mechanism_ == Mechanism::kLargestStable && 3 * PlacedIn(placed) < 2 * PlacedIn(stable)) {
        return Broken("places too few");
      }
      for (size_t graduate = 0; graduate < placed.size(); ++graduate) {
        const uint32_t own = placed[graduate];
        const uint32_t other = stable[graduate];
        if (PromisesTheBest() && oracle_.Likes(graduate, other, own)) {
          return Broken("is not the best for graduates");
        }
        if (mechanism_ == Mechanism::kProgramsPropose && oracle_.Likes(graduate, own, other)) {
          return Broken("is not the worst for graduates");
        }
      }
    }
  }

  bool PromisesTheBest() const {
    return mechanism_ == Mechanism::kGraduatesPropose ||
           mechanism_ == Mechanism::kStudentProject || mechanism_ == Mechanism::kReserves;
  }

  // Every strict list of programs.
  void TryLists(uint32_t graduate, uint32_t truly, std::vector<uint32_t>& list) {
    TryList(graduate, truly, list);
    for (uint32_t program = 0; program < round_.programs.size(); ++program) {
      if (std::find(list.begin(), list.end(), program) != list.end()) continue;
      list.push_back(program);
      TryLists(graduate, truly, list);
      list.pop_back();
    }
  }

  void TryList(uint32_t graduate, uint32_t truly, const std::vector<uint32_t>& list) {
    Instance told = round_;
    told.wishes = RankedLists();
    for (uint32_t other = 0; other < round_.graduates.size(); ++other) {
      told.wishes.Add(other == graduate ? std::span<const uint32_t>(list) : strict_.wishes[other]);
    }
    ++figures_.lists_tried;
    const absl::StatusOr<PlacementOutcome> outcome =
        PlaceGraduates(told, mechanism_, seed_, NeverStop());
    const PlacementOracle truth(round_, mechanism_);  // By the list with its ties.
    if (!truth.Likes(graduate, outcome->placement.program_of[graduate], truly)) return;
    ++figures_.gains;
  }

  const Instance& round_;
  const Mechanism mechanism_;
  const uint64_t seed_;
  const Instance strict_;
  const PlacementOracle oracle_;
  PlacementFigures& figures_;
  std::vector<ProgramOf> stable_;
  size_t fewest_ = 0;
};

}  // namespace

PlacementFigures CheckPlacements(const PlacementOptions& options) {
  PlacementFigures figures;
  std::mt19937_64 rng(options.seed);
  Dice dice(rng);
  for (; figures.rounds < options.rounds; ++figures.rounds) {
    const Instance round = RandomRound(
        options.mechanism, {.graduates = options.graduates, .programs = options.programs}, dice);
    figures.graduates += round.graduates.size();
    RoundCheck(round, options.mechanism, figures.rounds, figures).Run(dice);
  }
  for (size_t i = 0; i < options.misreports; ++i) {
    const Instance round = RandomRound(options.mechanism, {.graduates = 4, .programs = 3}, dice);
    RoundCheck(round, options.mechanism, i, figures).TryMisreports();
  }
  return figures;
}

std::string ToJson(Mechanism mechanism, const PlacementFigures& figures) {
  return absl::StrFormat(
      R"({"mechanism":"%s","rounds":%d,"graduates":%d,"placements":%d,"broken":%d,)"
      R"("verdicts":%d,"wrong_verdicts":%d,"infeasible":%d,"not_kept":%d,"could_be":%d,)"
      R"("breaches":%d,"fewest":%d,"lists_tried":%d,"gains":%d,"first_broken":"%s"})"
      "\n",
      MechanismWord(mechanism), figures.rounds, figures.graduates, figures.placements,
      figures.broken, figures.verdicts, figures.wrong_verdicts, figures.infeasible,
      figures.not_kept, figures.could_be, figures.breaches, figures.fewest, figures.lists_tried,
      figures.gains, figures.first_broken);
}

}  // namespace troupe::testing
