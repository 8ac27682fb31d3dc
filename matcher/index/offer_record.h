#ifndef TROUPE_MATCHER_INDEX_OFFER_RECORD_H_
#define TROUPE_MATCHER_INDEX_OFFER_RECORD_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "matcher/base/ids.h"
#include "matcher/base/term.h"
#include "matcher/index/demand.h"

namespace troupe {

// What an exact score and the exact tests read of an opening, in one cache line;
// its terms and skills stand together elsewhere, so that all of it takes three
// to five lines, where a Demand takes fifteen.
struct alignas(64) OfferRecord {
  ProjectId project;
  Term owner;
  Term currency;  // Of the pay ceiling; empty: none is stated.
  int64_t units = 0;
  int32_t nanos = 0;
  uint32_t number = 0;
  uint32_t first_term = 0;
  uint32_t first_skill = 0;
  // Of each of these the terms stand one after the other, in this order, behind
  // the language and the currency of the budget, which may be empty.
  uint16_t genres = 0, tags = 0, companies = 0, countries = 0, styles = 0, languages = 0,
           credentials = 0;
  uint16_t skills = 0;

  OpeningId id() const { return {project, number}; }
  Amount ceiling() const { return {.currency = currency, .units = units, .nanos = nanos}; }
};
static_assert(sizeof(OfferRecord) == 64);

// The words of one opening, wherever they lie. Valid as long as that is.
struct OfferWords {
  Term language;
  Term budget_currency;
  absl::Span<const Term> genres, tags, companies, countries, styles, languages, credentials;
  absl::Span<const WantedSkillRow> skills;
};

// Records of openings with their words, in the order in which they were added.
class OfferRecords {
 public:
  void Add(const Demand& demand);

  const OfferRecord& operator[](uint32_t row) const { return records_[row]; }
  OfferWords WordsOf(uint32_t row) const;

  // Where the words of `row` begin, and how many bytes they take: to be fetched
  // ahead of their use.
  absl::Span<const Term> TermsOf(uint32_t row) const;
  absl::Span<const WantedSkillRow> SkillsOf(uint32_t row) const;

 private:
  std::vector<OfferRecord> records_;
  std::vector<Term> terms_;
  std::vector<WantedSkillRow> skills_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_OFFER_RECORD_H_
