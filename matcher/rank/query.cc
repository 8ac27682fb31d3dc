#include "matcher/rank/query.h"

#include <algorithm>

#include "matcher/rank/eligibility.h"

namespace troupe {

Query::Query(const Pool& pool, const Demand& demand, Day as_of, Rarities& rarities)
    : DatedDemand(demand, as_of) {
  for (Term tag : demand.tags) tag_rarities_.push_back(rarities.Of(tag));
  for (Term company : demand.companies) company_rarities_.push_back(rarities.Of(company));
  AddTraits(demand.genres, kGenreWeight, rarities);
  AddTraits(demand.tags, kTagWeight, rarities);
  AddTraits(demand.companies, kCompanyWeight, rarities);
  AddTraits(demand.countries, kCountryWeight, rarities);
  if (demand.scalars.language) AddTraits({demand.scalars.language}, kLanguageWeight, rarities);
  const absl::Span<const AttachedRow> attached = demand.attached;
  for (size_t first = 0; first < attached.size();) {
    size_t limit = first;
    while (limit < attached.size() && attached[limit].profile == attached[first].profile) ++limit;
    const auto view = pool.FindProfile(attached[first].profile);
    if (view.has_value() && IsVisibleTo(*view, demand.scalars.owner)) {
      AddColleague(*view, attached.subspan(first, limit - first));
    }
    first = limit;
  }
}

void Query::AddTraits(const std::vector<Term>& terms, int64_t kind_weight, Rarities& rarities) {
  for (Term term : terms) {
    const int64_t weight = kind_weight * rarities.Of(term);
    if (traits_.emplace(term, weight).second) total_trait_weight_ += weight;
  }
}

void Query::AddColleague(const ProfileView& view, absl::Span<const AttachedRow> attached) {
  for (const CreditRow& credit : view.credits) {
    const ProductionRow& production = view.ProductionOf(credit);
    if (production.date >= this->as_of().since_epoch()) continue;
    const bool in_role =
        std::any_of(attached.begin(), attached.end(),
                    [&](const AttachedRow& row) { return row.role == credit.role; });
    colleagues_[production.production].push_back({view.scalars->id, in_role});
  }
}

}  // namespace troupe
