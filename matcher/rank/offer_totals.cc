#include "matcher/rank/offer_totals.h"

namespace troupe {

void OfferTotals::WorkOutFor(const OfferBlock& block, uint32_t row) const {
  const OfferRecord& record = block.record(row);
  block.sketch(row).totals.Keep(stamp_,
                                OfferSketch::InverseTotals(TraitsOf(record), TagsOf(record)));
}

int64_t OfferTotals::Sum(absl::Span<const Term> terms) const {
  int64_t sum = 0;
  for (Term term : terms) sum += rarities_.Of(term);
  return sum;
}

int64_t OfferTotals::SumTraits(const OfferRecord& record) const {
  const OfferWords words = record.words();
  int64_t total = kGenreWeight * Sum(words.genres) + kTagWeight * Sum(words.tags) +
                  kCompanyWeight * Sum(words.companies) + kCountryWeight * Sum(words.countries);
  if (words.language) total += kLanguageWeight * rarities_.Of(words.language);
  if (stamp_ != 0) record.traits.Keep(stamp_, total);
  return total;
}

int64_t OfferTotals::SumTags(const OfferRecord& record) const {
  const int64_t total = Sum(record.words().tags);
  if (stamp_ != 0) record.tags.Keep(stamp_, total);
  return total;
}

}  // namespace troupe
