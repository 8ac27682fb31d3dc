#include "matcher/placement/mechanism.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "matcher/base/violation.h"

namespace troupe {

absl::string_view MechanismWord(Mechanism mechanism) {
  switch (mechanism) {
    case Mechanism::kGraduatesPropose: return "graduates_propose";
    case Mechanism::kProgramsPropose: return "programs_propose";
    case Mechanism::kStudentProject: return "student_project";
    case Mechanism::kReserves: return "reserves";
    case Mechanism::kLargestStable: return "largest_stable";
    case Mechanism::kRegionalCaps: return "regional_caps";
    case Mechanism::kFloors: return "floors";
    case Mechanism::kLinkedPairs: return "linked_pairs";
  }
  return "";
}

std::optional<Mechanism> MechanismOf(absl::string_view word) {
  for (Mechanism mechanism : kMechanisms) {
    if (MechanismWord(mechanism) == word) return mechanism;
  }
  return std::nullopt;
}

absl::Status CheckMechanism(const Instance& instance, Mechanism mechanism) {
  Violations found;
  const auto check = [&](absl::string_view field, bool is_given, Mechanism respected_by) {
    if (!is_given || mechanism == respected_by) return;
    found.Add(field, absl::StrCat("would not be respected by ", MechanismWord(mechanism)),
              absl::StrCat("choose ", MechanismWord(respected_by), ", or leave it out"));
  };
  const auto any = [&](auto is_given) {
    return std::any_of(instance.regions.begin(), instance.regions.end(), is_given);
  };
  check("studios", !instance.studios.empty(), Mechanism::kStudentProject);
  check("reserves", !instance.reserves.empty(), Mechanism::kReserves);
  check("pairs", !instance.pairs.empty(), Mechanism::kLinkedPairs);
  check("regions.floor", any([](const Region& region) { return region.floor > 0; }),
        Mechanism::kFloors);
  if (mechanism != Mechanism::kFloors) {
    check("regions.cap", any([](const Region& region) { return region.cap != kNoCap; }),
          Mechanism::kRegionalCaps);
  }
  return found.ToStatus();
}

}  // namespace troupe
