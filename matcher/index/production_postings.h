#ifndef TROUPE_MATCHER_INDEX_PRODUCTION_POSTINGS_H_
#define TROUPE_MATCHER_INDEX_PRODUCTION_POSTINGS_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "matcher/base/term.h"

namespace troupe {

class ProfileSegment;

// Which rows of a segment have credits on a production: one direction of the
// graph of credits, the other being the credits of a profile. Findable profiles
// only, so that nobody learns of the others. 4 bytes a profile and production,
// 12 a production. Immutable.
class ProductionPostings {
 public:
  // O(credits log credits).
  explicit ProductionPostings(const ProfileSegment& segment);

  // In their order, each once.
  absl::Span<const uint32_t> RowsOn(Term production) const;

  uint64_t bytes() const;

 private:
  std::vector<Term> productions_;  // Sorted.
  std::vector<uint32_t> first_;    // Into rows_, by production; and the end.
  std::vector<uint32_t> rows_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_PRODUCTION_POSTINGS_H_
