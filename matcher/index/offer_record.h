#ifndef TROUPE_MATCHER_INDEX_OFFER_RECORD_H_
#define TROUPE_MATCHER_INDEX_OFFER_RECORD_H_

#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "matcher/base/ids.h"
#include "matcher/base/term.h"
#include "matcher/index/demand.h"
#include "matcher/index/stamped_value.h"

namespace troupe {

// The words of one opening. Valid as long as its record is.
struct OfferWords {
  Term language;
  Term budget_currency;
  absl::Span<const Term> genres, tags, companies, countries, styles, languages, credentials;
  // The language, which may be empty, and the genres, tags, companies, countries and
  // styles.
  absl::Span<const Term> traits;
  absl::Span<const WantedSkillRow> skills;
};

// What an exact score and the exact tests read of an opening: some numbers, and
// right behind them its terms and skills, so that all of it takes three to six
// cache lines that can be fetched at once, where a Demand takes fifteen here and
// there. Lies where Write puts it. Immutable, but for what it remembers.
class OfferRecord {
 public:
  // How many bytes it takes with its words.
  static size_t SizeOf(const Demand& demand);
  // At `to`, aligned as it is, where there is room for SizeOf(demand).
  static void Write(const Demand& demand, std::byte* to);

  OpeningId id() const { return {project_, number_}; }
  Term owner() const { return owner_; }
  Amount ceiling() const { return {.currency = currency_, .units = units_, .nanos = nanos_}; }
  OfferWords words() const;

  // By the stamp of a pool's rarities, kept here by whoever works them out: what
  // all the traits of the opening weigh, and what all its tags do.
  StampedValue traits;
  StampedValue tags;

 private:
  explicit OfferRecord(const Demand& demand);

  ProjectId project_;
  Term owner_;
  Term currency_;  // Of the pay ceiling; empty: none is stated.
  int64_t units_ = 0;
  int32_t nanos_ = 0;
  uint32_t number_ = 0;
  // Of each of these the terms stand behind the record one after the other, in
  // this order, after the currency of the budget and the language, which may be
  // empty; and after them the skills.
  uint16_t genres_ = 0, tags_ = 0, companies_ = 0, countries_ = 0, styles_ = 0, languages_ = 0,
           credentials_ = 0;
  uint16_t skills_ = 0;
};
static_assert(sizeof(OfferRecord) == 72);

// Here, so that who wants some of them does not find the others.
inline OfferWords OfferRecord::words() const {
  const auto* at = reinterpret_cast<const Term*>(this + 1);
  OfferWords words{.language = at[1], .budget_currency = at[0]};
  const Term* const first_trait = at + 1;
  at += 2;
  const auto take = [&at](uint16_t count) {
    const absl::Span<const Term> taken(at, count);
    at += count;
    return taken;
  };
  words.genres = take(genres_);
  words.tags = take(tags_);
  words.companies = take(companies_);
  words.countries = take(countries_);
  words.styles = take(styles_);
  words.traits = absl::MakeConstSpan(first_trait, static_cast<size_t>(at - first_trait));
  words.languages = take(languages_);
  words.credentials = take(credentials_);
  words.skills = absl::MakeConstSpan(reinterpret_cast<const WantedSkillRow*>(at), skills_);
  return words;
}

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_OFFER_RECORD_H_
