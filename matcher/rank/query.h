#ifndef TROUPE_MATCHER_RANK_QUERY_H_
#define TROUPE_MATCHER_RANK_QUERY_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "matcher/base/day.h"
#include "matcher/index/demand.h"
#include "matcher/index/pool.h"
#include "matcher/rank/acceptance.h"
#include "matcher/rank/credit_walk.h"
#include "matcher/rank/dated_demand.h"
#include "matcher/rank/feature.h"
#include "matcher/rank/rarity.h"

namespace troupe {

// How much one trait of each kind says about a project, in tenths.
inline constexpr int64_t kGenreWeight = 10;
inline constexpr int64_t kTagWeight = 7;
inline constexpr int64_t kCompanyWeight = 7;
inline constexpr int64_t kLanguageWeight = 7;
inline constexpr int64_t kCountryWeight = 5;

// A demand made ready to be compared with many profiles as of one day: what
// depends on the pool is looked up once. Valid as long as the pool and the
// demand are.
class Query : public DatedDemand {
 public:
  // To be asked for the values of `wanted` only.
  Query(const Pool& pool, const Demand& demand, Day as_of, Rarities& rarities,
        FeatureSet wanted = FeatureSet::All());

  // What it is to be asked for.
  FeatureSet wanted() const { return wanted_; }

  // By position in demand().tags and demand().companies.
  const std::vector<int64_t>& tag_rarities() const { return tag_rarities_; }
  const std::vector<int64_t>& company_rarities() const { return company_rarities_; }

  // What the project is like: each genre, tag, company, country and the
  // language, with a weight by kind and rarity; and the sum of the weights.
  int64_t TraitWeight(Term term) const {
    const auto trait = traits_.find(term);
    return trait == traits_.end() ? 0 : trait->second;
  }
  int64_t total_trait_weight() const { return total_trait_weight_; }
  // The weight of the same trait's kind times `TraitWeight`, and the length of the
  // vector of all trait weights: for cosines.
  int64_t TraitSquare(Term term) const {
    const auto trait = trait_squares_.find(term);
    return trait == trait_squares_.end() ? 0 : trait->second;
  }
  double trait_length() const { return trait_length_; }

  // How many of all productions have it, in millionths, and 100 more, so that
  // nothing is impossible. By position in demand().genres and demand().countries.
  const std::vector<int64_t>& genre_odds() const { return genre_odds_; }
  const std::vector<int64_t>& country_odds() const { return country_odds_; }
  int64_t language_odds() const { return language_odds_; }

  // A production that a person attached to the project worked on before.
  struct Colleague {
    ProfileId profile;
    bool in_role = false;     // In a role in which the person is attached now.
    int64_t productions = 1;  // How many the person worked on before.
  };
  // Who of the attached people worked on `production`; null if nobody. People
  // whom the project's owner may not see are left out.
  const std::vector<Colleague>* ColleaguesOn(Term production) const {
    const auto colleagues = colleagues_.find(production);
    return colleagues == colleagues_.end() ? nullptr : &colleagues->second;
  }
  bool has_colleagues() const { return !colleagues_.empty(); }
  // How many people are attached, known or not.
  int64_t people_attached() const { return people_attached_; }
  // From these people along their productions; none if it is not wanted.
  const std::optional<CreditWalk>& walk() const { return walk_; }

  // Has it go by `outcomes` instead of all that the project's owner recorded: by what
  // it had recorded before a question was asked, or, if null, by nothing, for whoever
  // is not the owner.
  void SetOutcomes(std::shared_ptr<const OrganizationTallies> outcomes);
  // Of the person, by the project's owner.
  OutcomeTally OutcomesOf(ProfileId profile) const {
    return outcomes_ == nullptr ? OutcomeTally() : outcomes_->Of(profile);
  }
  // Of everybody, in holds and in what the project's owner recorded.
  const Answers& market_answers() const { return market_answers_; }

 private:
  void AddTraits(const std::vector<Term>& terms, int64_t kind_weight, Rarities& rarities);
  void AddOdds(Rarities& rarities);
  void AddColleagues(const Pool& pool);
  void AddColleague(const ProfileView& view, absl::Span<const AttachedRow> attached);

  FeatureSet wanted_;
  std::vector<int64_t> tag_rarities_;
  std::vector<int64_t> company_rarities_;
  absl::flat_hash_map<Term, int64_t> traits_;
  absl::flat_hash_map<Term, int64_t> trait_squares_;
  int64_t total_trait_weight_ = 0;
  double trait_length_ = 0;
  std::vector<int64_t> genre_odds_;
  std::vector<int64_t> country_odds_;
  int64_t language_odds_ = 0;
  absl::flat_hash_map<Term, std::vector<Colleague>> colleagues_;
  int64_t people_attached_ = 0;
  std::optional<CreditWalk> walk_;
  std::shared_ptr<const OrganizationTallies> outcomes_;  // Null: none.
  HoldTotals market_holds_;
  Answers market_answers_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_QUERY_H_
