#include "matcher/rank/query.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "matcher/rank/eligibility.h"

namespace troupe {

Query::Query(const Pool& pool, const Demand& demand, Day as_of, Rarities& rarities,
             FeatureSet wanted)
    : DatedDemand(demand, as_of), wanted_(wanted) {
  for (Term tag : demand.tags) tag_rarities_.push_back(rarities.Of(tag));
  for (Term company : demand.companies) company_rarities_.push_back(rarities.Of(company));
  AddTraits(demand.genres, kGenreWeight, rarities);
  AddTraits(demand.tags, kTagWeight, rarities);
  AddTraits(demand.companies, kCompanyWeight, rarities);
  AddTraits(demand.countries, kCountryWeight, rarities);
  if (demand.scalars.language) AddTraits({demand.scalars.language}, kLanguageWeight, rarities);
  if (wanted.Has(Feature::kSimilarWork)) {
    double squares = 0;
    for (const auto& [term, weight] : traits_) {
      squares += static_cast<double>(weight) * static_cast<double>(weight);
    }
    trait_length_ = std::sqrt(squares);
  }
  AddOdds(rarities);
  AddColleagues(pool);
  market_holds_ = pool.CountHolds();
  SetOutcomes(pool.outcomes().Of(demand.scalars.owner));
}

void Query::SetOutcomes(std::shared_ptr<const OrganizationTallies> outcomes) {
  outcomes_ = std::move(outcomes);
  market_answers_ =
      AnswersOf(market_holds_, outcomes_ == nullptr ? OutcomeTally() : outcomes_->total());
}

void Query::AddTraits(const std::vector<Term>& terms, int64_t kind_weight, Rarities& rarities) {
  for (Term term : terms) {
    const int64_t weight = kind_weight * rarities.Of(term);
    if (!traits_.emplace(term, weight).second) continue;
    total_trait_weight_ += weight;
    if (wanted_.Has(Feature::kSimilarWork)) trait_squares_.emplace(term, kind_weight * weight);
  }
}

void Query::AddOdds(Rarities& rarities) {
  if (wanted_.Has(Feature::kGenreShare)) {
    for (Term genre : demand().genres) genre_odds_.push_back(rarities.OddsOf(genre));
  }
  if (wanted_.Has(Feature::kCountryFit)) {
    for (Term country : demand().countries) country_odds_.push_back(rarities.OddsOf(country));
  }
  if (wanted_.Has(Feature::kLanguageFit) && demand().scalars.language) {
    language_odds_ = rarities.OddsOf(demand().scalars.language);
  }
}

void Query::AddColleagues(const Pool& pool) {
  std::vector<ProfileView> people;
  const absl::Span<const AttachedRow> attached = demand().attached;
  for (size_t first = 0; first < attached.size();) {
    size_t limit = first;
    while (limit < attached.size() && attached[limit].profile == attached[first].profile) ++limit;
    const auto view = pool.FindProfile(attached[first].profile);
    if (view.has_value() && IsVisibleTo(*view, demand().scalars.owner)) {
      AddColleague(*view, attached.subspan(first, limit - first));
      people.push_back(*view);
    }
    ++people_attached_;
    first = limit;
  }
  if (wanted_.Has(Feature::kCloseness) && !people.empty()) {
    walk_.emplace(pool, demand(), people, people_attached_, as_of());
  }
}

void Query::AddColleague(const ProfileView& view, absl::Span<const AttachedRow> attached) {
  const int64_t productions =
      wanted_.Has(Feature::kLoyalty)
          ? static_cast<int64_t>(ProductionsBefore(view, as_of()).size())
          : 1;
  for (const CreditRow& credit : view.credits) {
    const ProductionRow& production = view.ProductionOf(credit);
    if (production.date >= as_of().since_epoch()) continue;
    const bool in_role =
        std::any_of(attached.begin(), attached.end(),
                    [&](const AttachedRow& row) { return row.role == credit.role; });
    colleagues_[production.production].push_back({view.scalars->id, in_role, productions});
  }
}

}  // namespace troupe
