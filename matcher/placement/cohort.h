#ifndef TROUPE_MATCHER_PLACEMENT_COHORT_H_
#define TROUPE_MATCHER_PLACEMENT_COHORT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "matcher/base/violation.h"
#include "matcher/domain/ownership.h"
#include "matcher/placement/placement_ids.h"

namespace troupe {

// Somebody to be placed.
struct Graduate {
  std::string id;                  // Once in its cohort.
  ProfileId profile;               // Zero: none.
  std::vector<std::string> groups;
  TieredList<ProgramId> wishes;    // Empty: to be derived, or none.

  friend bool operator==(const Graduate&, const Graduate&) = default;
};

// Graduates who are to be placed together.
struct Cohort {
  static constexpr size_t kMostGraduates = 20'000;
  static constexpr size_t kMostWishes = 1'000;
  static constexpr size_t kMostGroups = 20;

  CohortId id;
  Ownership ownership;
  ExternalId external_id;
  absl::Time create_time;
  absl::Time update_time;
  std::string title;
  std::vector<Graduate> graduates;

  friend bool operator==(const Cohort&, const Cohort&) = default;
};

// Every rule that the cohort breaks by itself: ids, numbers, somebody or something
// twice.
Violations ValidateCohort(const Cohort& cohort);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_COHORT_H_
