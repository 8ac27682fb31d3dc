#ifndef TROUPE_MATCHER_RANK_OFFER_TOTALS_H_
#define TROUPE_MATCHER_RANK_OFFER_TOTALS_H_

#include <cstdint>

#include "matcher/index/offer_block.h"
#include "matcher/index/pool.h"
#include "matcher/rank/query.h"
#include "matcher/rank/rarity.h"

namespace troupe {

// What all the traits of an offer weigh, as of one day: for today kept beside it
// until profiles change. For one question; thread-compatible.
class OfferTotals {
 public:
  // Both outlive it.
  OfferTotals(const Pool& pool, Day as_of, Rarities& rarities)
      : rarities_(rarities), stamp_(as_of == pool.today() ? pool.rarities().stamp() : 0) {}

  // Genres, tags, companies, countries and the language, each by its kind's weight.
  int64_t TraitsOf(const OfferRecord& record) const {
    const int64_t known = record.traits.Known(stamp_);
    return known >= 0 && stamp_ != 0 ? known : SumTraits(record);
  }

  // The rarities of the tags.
  int64_t TagsOf(const OfferRecord& record) const {
    const int64_t known = record.tags.Known(stamp_);
    return known >= 0 && stamp_ != 0 ? known : SumTags(record);
  }

  // Has the sketch of the offer know them, if they are kept.
  void TellSketch(const OfferBlock& block, uint32_t row) const {
    if (AreKept() && !block.sketch(row).totals.IsKnown(stamp_)) WorkOutFor(block, row);
  }
  bool AreKept() const { return stamp_ != 0; }

  // OfferSketch::InverseTotals, as far as the sketch knows.
  struct Inverse {
    uint32_t code = OfferSketch::kUnknownTotals;
    bool is_known = false;
  };
  Inverse InverseIn(const OfferSketch& sketch) const {
    const int64_t known = sketch.totals.Known(stamp_);
    return {.code = known >= 0 ? static_cast<uint32_t>(known) : OfferSketch::kUnknownTotals,
            .is_known = known >= 0};
  }

 private:
  void WorkOutFor(const OfferBlock& block, uint32_t row) const;
  int64_t SumTraits(const OfferRecord& record) const;
  int64_t SumTags(const OfferRecord& record) const;
  int64_t Sum(absl::Span<const Term> terms) const;

  Rarities& rarities_;
  uint32_t stamp_;  // 0: not of today.
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_OFFER_TOTALS_H_
