#ifndef TROUPE_MATCHER_RANK_OFFER_TOTALS_H_
#define TROUPE_MATCHER_RANK_OFFER_TOTALS_H_

#include <cstdint>

#include "matcher/index/offer_block.h"
#include "matcher/index/pool.h"
#include "matcher/rank/query.h"
#include "matcher/rank/rarity.h"

namespace troupe {

// What all the traits of an offer weigh, as of one day: for today kept in its
// block until profiles change. For one question; thread-compatible.
class OfferTotals {
 public:
  // Both outlive it.
  OfferTotals(const Pool& pool, Day as_of, Rarities& rarities)
      : rarities_(rarities), stamp_(as_of == pool.today() ? pool.rarities().stamp() : 0) {}

  // Genres, tags, companies, countries and the language, each by its kind's weight.
  int64_t TraitsOf(const OfferBlock& block, uint32_t row) const {
    const int64_t known = Known(block.totals(row).traits);
    return known >= 0 ? known : SumTraits(block, row);
  }

  // The rarities of the tags.
  int64_t TagsOf(const OfferBlock& block, uint32_t row) const {
    const int64_t known = Known(block.totals(row).tags);
    return known >= 0 ? known : SumTags(block, row);
  }

  struct Both {
    int64_t traits = 0;
    int64_t tags = 0;
  };
  // The same at once.
  Both Of(const OfferBlock& block, uint32_t row) const {
    const OfferBlock::Totals& totals = block.totals(row);
    const Both known{Known(totals.traits), Known(totals.tags)};
    if ((known.traits | known.tags) >= 0) [[likely]] return known;
    return {TraitsOf(block, row), TagsOf(block, row)};
  }

 private:
  int64_t Known(const StampedValue& value) const { return stamp_ == 0 ? -1 : value.Known(stamp_); }

  int64_t SumTraits(const OfferBlock& block, uint32_t row) const;
  int64_t SumTags(const OfferBlock& block, uint32_t row) const;
  int64_t Sum(absl::Span<const Term> terms) const;

  Rarities& rarities_;
  uint32_t stamp_;  // 0: not of today.
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_OFFER_TOTALS_H_
