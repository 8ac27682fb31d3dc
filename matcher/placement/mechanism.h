#ifndef TROUPE_MATCHER_PLACEMENT_MECHANISM_H_
#define TROUPE_MATCHER_PLACEMENT_MECHANISM_H_

#include <array>
#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "matcher/placement/instance.h"

namespace troupe {

// By what rules a round places. What each promises stands where it is implemented
// and in deploy/docs/placement.md. All but kLargestStable break ties by lottery first.
enum class Mechanism {
  kGraduatesPropose,  // deferred_acceptance.h
  kProgramsPropose,   // Likewise.
  kStudentProject,    // student_project.h
  kReserves,          // reserves.h
  kLargestStable,     // largest_stable.h
  kRegionalCaps,      // regional_caps.h
  kFloors,            // floors.h
  kLinkedPairs,       // linked_pairs.h
};

inline constexpr std::array kMechanisms = {
    Mechanism::kGraduatesPropose, Mechanism::kProgramsPropose, Mechanism::kStudentProject,
    Mechanism::kReserves,         Mechanism::kLargestStable,   Mechanism::kRegionalCaps,
    Mechanism::kFloors,           Mechanism::kLinkedPairs};

// As in certificates: "graduates_propose".
absl::string_view MechanismWord(Mechanism mechanism);
std::optional<Mechanism> MechanismOf(absl::string_view word);

// OK, or INVALID_ARGUMENT with each part of the instance that the mechanism would not
// respect: studios, reserves, caps, floors, pairs.
absl::Status CheckMechanism(const Instance& instance, Mechanism mechanism);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_MECHANISM_H_
