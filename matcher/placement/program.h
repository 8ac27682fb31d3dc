#ifndef TROUPE_MATCHER_PLACEMENT_PROGRAM_H_
#define TROUPE_MATCHER_PLACEMENT_PROGRAM_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "matcher/base/violation.h"
#include "matcher/domain/ownership.h"
#include "matcher/placement/placement_ids.h"

namespace troupe {

// Where graduates can be placed: an opening, or several of one studio.
struct Program {
  static constexpr int32_t kMostSeats = 10'000;
  static constexpr size_t kMostOpenings = 20;
  static constexpr size_t kMostPriorities = 20'000;

  ProgramId id;
  Ownership ownership;
  ExternalId external_id;
  absl::Time create_time;
  absl::Time update_time;
  std::string title;
  std::vector<OpeningId> openings;
  int32_t capacity = 0;
  std::string studio;  // Empty: none.
  std::string region;  // Empty: none.
  std::string place;   // Of the gazetteer; empty: that of the first opening.
  TieredList<GraduateName> priorities;  // Empty: to be derived, or of the studio, or none.

  friend bool operator==(const Program&, const Program&) = default;
};

// Every rule that the program breaks by itself.
Violations ValidateProgram(const Program& program);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_PROGRAM_H_
