#ifndef TROUPE_MATCHER_RANK_OFFER_SCORER_H_
#define TROUPE_MATCHER_RANK_OFFER_SCORER_H_

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "matcher/base/millionths.h"
#include "matcher/index/offer_block.h"
#include "matcher/index/pool.h"
#include "matcher/index/profile_view.h"
#include "matcher/rank/dated_demand.h"
#include "matcher/rank/offer_bound.h"
#include "matcher/rank/rarity.h"
#include "matcher/rank/term_table.h"
#include "matcher/rank/weights.h"

namespace troupe {

// One profile in one role, made ready to be scored against many offers in that
// role: what its credits say is gathered once, by term. The scores are exactly
// those of Evaluate (features.h). For one question; thread-compatible.
class OfferScorer {
 public:
  // All outlive it.
  OfferScorer(const Pool& pool, const ProfileView& view, const RoleRow& role,
              const Weights& weights, Day as_of, Rarities& rarities);

  // No less than the score of the offer in `row`; some tens of nanoseconds, but
  // for the first.
  int64_t Bound(const OfferBlock& block, uint32_t row);

  // The score of `demand`; if it is below `least`, perhaps nullopt.
  std::optional<int64_t> ScoreOf(const Demand& demand, int64_t least);

 private:
  struct BudgetCount {
    Term currency;
    int32_t octave;
    int64_t credits;
  };

  void AddCredit(size_t credit, const ProductionRow& production, bool in_role);
  void AddBudget(const ProductionRow& production);
  void SumConstants(int32_t newest, int64_t activity);
  int64_t Weighed(Feature feature, int64_t value) const {
    return Contribution(weights_[static_cast<size_t>(feature)], value);
  }

  int64_t PlaceContribution(const Demand& demand);
  void MakeBound();
  int64_t GenresValue(const Demand& demand) const;
  int64_t CompanyValue(const Demand& demand);
  int64_t TagsValue(const Demand& demand);
  int64_t LanguageValue(const Demand& demand) const;
  int64_t CountryValue(const Demand& demand) const;
  int64_t BudgetValue(Term currency, int32_t octave) const;
  int64_t SimilarityValue(const Demand& demand);
  // What the productions are worth that the profile has in common with the people
  // attached to `demand`, and with one of them for a project of `owner`.
  int64_t SharedWorth(const Demand& demand) const;
  int64_t SharedWith(absl::Span<const AttachedRow> colleague, Term owner) const;
  // A bit, by NeedBit, for each production of `profile`.
  int64_t CareerMark(ProfileId profile) const;

  const Pool& pool_;
  const ProfileView& view_;
  const RoleRow& role_;
  const Weights& weights_;
  Day as_of_;
  Rarities& rarities_;

  size_t credits_ = 0;  // Those before the day of the question.
  int64_t role_credits_ = 0;
  TermTable terms_;
  std::vector<uint64_t> in_role_;     // A bit a credit.
  std::vector<int64_t> alike_;        // By credit; scratch.
  std::vector<BudgetCount> budgets_;  // Of the role's credits; distinct.
  uint64_t production_bits_ = 0;      // By NeedBit.
  int64_t constant_ = 0;  // What is the same for every offer.
  int64_t similarity_bound_ = 0;
  int64_t collaboration_bound_ = 0;
  std::vector<int64_t> place_contributions_;  // By place, from kNone on.
  std::optional<OfferBound> bound_;  // From the first question for one on.
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_OFFER_SCORER_H_
