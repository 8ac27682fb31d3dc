#ifndef TROUPE_MATCHER_PLACEMENT_VERIFY_H_
#define TROUPE_MATCHER_PLACEMENT_VERIFY_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "matcher/placement/instance.h"
#include "matcher/placement/mechanism.h"
#include "matcher/placement/placement.h"

namespace troupe {

// One way in which a placement breaks what its mechanism promises.
struct Breach {
  enum class Kind {
    kUnknownProgram,      // The graduate's is no row.
    kUnacceptable,        // The program does not rank the graduate, or is not wished.
    kProgramOverfull,
    kStudioOverfull,      // `row`: the studio.
    kRegionAboveCap,      // `row`: the region.
    kRegionBelowFloor,    // Likewise.
    kReserveMisfilled,    // Somebody has no seat of a kind open to it, at the program.
    kSplitPair,           // `row`: the pair, which is where none of its wishes says.
    kBlocking,            // The graduate and the program would rather have each other.
    kBlockingPair,        // `row`: the pair; `graduate`: its wish, by number.
    kEnvy,                // The graduate is ranked above somebody whom the program took.
    kNotBest,             // The graduate is elsewhere in the one stable placement promised.
    kWrongCutoff,
  };
  Kind kind;
  uint32_t graduate = kNoRow;
  uint32_t program = kNoRow;
  uint32_t row = kNoRow;

  friend bool operator==(const Breach&, const Breach&) = default;
};

absl::string_view BreachWord(Breach::Kind kind);

// Everything that breaks what the mechanism promises of a placement by itself:
// feasible; stable, or free of envy, in the mechanism's sense; every blocking pair is
// listed. Empty if the promise is kept. Whether graduates like no stable placement
// better, and how many could be placed, is not looked at: PlaceGraduates() again and compare.
//
// `instance` is valid, and without ties but for kLargestStable: that of BreakTies.
// O(entries) and, for reserves, a choice of each program for each wish above the
// graduate's own.
std::vector<Breach> BreachesOf(const Instance& instance, Mechanism mechanism,
                               const std::vector<uint32_t>& program_of);

// Likewise, of the cut-offs as well.
std::vector<Breach> BreachesOf(const Instance& instance, Mechanism mechanism,
                               const Placement& placement);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_VERIFY_H_
