#ifndef TROUPE_MATCHER_PLACEMENT_PLACED_ROUND_H_
#define TROUPE_MATCHER_PLACEMENT_PLACED_ROUND_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "matcher/base/day.h"
#include "matcher/placement/certificate.h"
#include "matcher/placement/placement_ids.h"

namespace troupe {

// A cohort as it was when a round was run. Its graduates are rows of the instance, from
// `first_row` up to that of the next cohort.
struct CohortFacts {
  CohortId id;
  std::string title;
  uint32_t first_row = 0;
};

// A program likewise; by row of the instance.
struct ProgramFacts {
  ProgramId id;
  std::string title;
  std::string place;  // Of the gazetteer; empty: nowhere, or that of the first opening.
  std::vector<OpeningId> openings;
};

// What a round was placed from and what it came to: all later questions are answered
// from it, whatever has become of cohorts and programs since.
//
// In the instance a graduate has its own id if there is one cohort, else 16 hexadecimal
// digits of the cohort's, "/" and that; a program has 16 hexadecimal digits.
struct PlacedRound {
  Certificate certificate;
  std::vector<CohortFacts> cohorts;
  std::vector<ProfileId> profiles;  // By graduate; zero: none.
  std::vector<ProgramFacts> programs;
  // Whose lists were derived, ascending: graduates; programs, and with studios studios.
  std::vector<uint32_t> derived_wishes;
  std::vector<uint32_t> derived_priorities;
  int32_t derived_length = 0;  // At most so many wishes each.
  std::string model;           // By which model; empty: the shipped weights.
  Day as_of;                   // The day that derived lists are as of.

  const Instance& instance() const { return certificate.instance; }
  const Placement& placement() const { return certificate.placement; }

  const CohortFacts& CohortOf(uint32_t graduate) const;
  // By cohort and id.
  GraduateName NameOf(uint32_t graduate) const;
  // Nullopt if nobody of the round is so called. O(graduates of the cohort).
  std::optional<uint32_t> Find(CohortId cohort, absl::string_view id) const;
};

// Ids as instances have them.
std::string InstanceId(ProgramId program);
std::string InstanceId(CohortId cohort, absl::string_view graduate, bool one_cohort);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_PLACED_ROUND_H_
