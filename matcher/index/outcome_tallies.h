#ifndef TROUPE_MATCHER_INDEX_OUTCOME_TALLIES_H_
#define TROUPE_MATCHER_INDEX_OUTCOME_TALLIES_H_

#include <array>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "matcher/base/ids.h"
#include "matcher/base/term.h"
#include "matcher/domain/outcome.h"

namespace troupe {

// What one organization's outcomes count for, by person. Copies share what did not
// change since, so that a copy is cheap and stays as it is. Thread-compatible.
class OrganizationTallies {
 public:
  OutcomeTally Of(ProfileId profile) const;  // O(log people / parts).
  const OutcomeTally& total() const { return total_; }  // Without ratings.

  // Adds to what there is. O(people / parts) for each part that changes.
  void Add(absl::Span<const std::pair<ProfileId, OutcomeTally>> changes);

 private:
  static constexpr size_t kParts = 256;
  using Part = std::vector<std::pair<ProfileId, OutcomeTally>>;  // By id.

  static size_t PartOf(ProfileId profile);

  OutcomeTally total_;
  std::array<std::shared_ptr<const Part>, kParts> parts_;  // Null: nobody.
};

// The same of all organizations. Copies are cheap likewise.
class OutcomeTallies {
 public:
  using Changes = std::vector<std::pair<ProfileId, OutcomeTally>>;

  // Null: the organization recorded nothing that counts.
  std::shared_ptr<const OrganizationTallies> Of(Term organization) const;

  void Add(Term organization, const Changes& changes);

 private:
  using ByOrganization = absl::flat_hash_map<Term, std::shared_ptr<const OrganizationTallies>>;
  std::shared_ptr<const ByOrganization> organizations_;  // Null: none.
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_OUTCOME_TALLIES_H_
