#include "matcher/index/offer_record.h"

#include <memory>
#include <new>
#include <vector>

namespace troupe {
namespace {

size_t CountTerms(const Demand& demand) {
  return size_t{2} + demand.genres.size() + demand.tags.size() + demand.companies.size() +
         demand.countries.size() + demand.styles.size() + demand.languages.size() +
         demand.credentials.size();
}

template <typename Value>
uint16_t CountOf(const std::vector<Value>& values) {
  return static_cast<uint16_t>(values.size());
}

}  // namespace

static_assert(sizeof(Term) % alignof(WantedSkillRow) == 0);

size_t OfferRecord::SizeOf(const Demand& demand) {
  return sizeof(OfferRecord) + CountTerms(demand) * sizeof(Term) +
         demand.skills.size() * sizeof(WantedSkillRow);
}

OfferRecord::OfferRecord(const Demand& demand)
    : project_(demand.scalars.project),
      owner_(demand.scalars.owner),
      currency_(demand.scalars.ceiling.currency),
      units_(demand.scalars.ceiling.units),
      nanos_(demand.scalars.ceiling.nanos),
      number_(demand.scalars.opening_number),
      genres_(CountOf(demand.genres)),
      tags_(CountOf(demand.tags)),
      companies_(CountOf(demand.companies)),
      countries_(CountOf(demand.countries)),
      styles_(CountOf(demand.styles)),
      languages_(CountOf(demand.languages)),
      credentials_(CountOf(demand.credentials)),
      skills_(CountOf(demand.skills)) {}

void OfferRecord::Write(const Demand& demand, std::byte* to) {
  new (to) OfferRecord(demand);
  auto* term = reinterpret_cast<Term*>(to + sizeof(OfferRecord));
  const auto add = [&term](absl::Span<const Term> terms) {
    term = std::uninitialized_copy(terms.begin(), terms.end(), term);
  };
  add({demand.scalars.budget_currency, demand.scalars.language});
  for (const auto* terms : {&demand.genres, &demand.tags, &demand.companies, &demand.countries,
                            &demand.styles, &demand.languages, &demand.credentials}) {
    add(*terms);
  }
  std::uninitialized_copy(demand.skills.begin(), demand.skills.end(),
                          reinterpret_cast<WantedSkillRow*>(term));
}

}  // namespace troupe
