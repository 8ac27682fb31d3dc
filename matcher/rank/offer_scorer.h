#ifndef TROUPE_MATCHER_RANK_OFFER_SCORER_H_
#define TROUPE_MATCHER_RANK_OFFER_SCORER_H_

#include <array>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <utility>
#include <vector>

#include "matcher/base/millionths.h"
#include "matcher/index/offer_block.h"
#include "matcher/index/pool.h"
#include "matcher/index/profile_view.h"
#include "matcher/rank/offer_bound.h"
#include "matcher/rank/offer_totals.h"
#include "matcher/rank/rarity.h"
#include "matcher/rank/shared_work.h"
#include "matcher/rank/term_table.h"
#include "matcher/rank/weights.h"

namespace troupe {

// One profile in one role, made ready to be scored against many offers in that
// role: what its credits say is gathered once, by term. The scores are exactly
// those of Evaluate (features.h). For one question; thread-compatible.
class OfferScorer {
 public:
  // All outlive it. Gathers what the credits say, and fetches what Complete reads.
  OfferScorer(const Pool& pool, const ProfileView& view, const RoleRow& role,
              const Weights& weights, Day as_of, Rarities& rarities,
              std::pmr::memory_resource* memory);
  OfferScorer(const OfferScorer&) = delete;
  OfferScorer& operator=(const OfferScorer&) = delete;

  // To be called once, before what follows; the later, the less it waits for memory.
  void Complete();

  const RoleRow& role() const { return role_; }

  // Of each of these sketches, none of which has more than `most_terms` terms, in
  // this order: no less than the score of the offer. False if some sketch does not
  // know its totals, so that its bound is higher than it need be. Some ten
  // nanoseconds each.
  bool Bound(absl::Span<const OfferSketch* const> sketches, size_t most_terms, int32_t* bounds);

  // The score of the offer in `row`; if it is below `least`, perhaps nullopt.
  std::optional<int64_t> ScoreOf(const OfferBlock& block, uint32_t row, int64_t least);

 private:
  struct BudgetCount {
    Term currency;
    int32_t octave;
    int64_t credits;
  };
  // What a place adds, and what may add to it where it is wished for.
  struct PlaceWorth {
    PlaceIndex place = kNone - 1;  // None is known.
    int32_t exact = 0;
    int32_t bound = 0;
  };

  void AddCredit(size_t credit, const ProductionRow& production, bool in_role);
  void AddBudget(const ProductionRow& production);
  void AddSharedWork(Term production, bool in_role);
  void SumConstants();
  void MakeBound();
  int64_t Weighed(Feature feature, int64_t value) const {
    return Contribution(weights_[static_cast<size_t>(feature)], value);
  }

  const PlaceWorth& PlaceWorthOf(PlaceIndex place) {
    PlaceWorth& known = places_[static_cast<size_t>(place + 1) % places_.size()];
    if (known.place != place) known = WorkOutPlaceWorth(place);
    return known;
  }
  PlaceWorth WorkOutPlaceWorth(PlaceIndex place) const;
  // What an offer's traits are worth, by kind: genres and styles that are declared
  // but are in no credit, as kNoTrait.
  struct TermWorth {
    int64_t Of(TraitKind kind) const { return by_kind[static_cast<size_t>(kind)]; }

    std::array<int64_t, kTraitKinds> by_kind{};
  };
  int64_t WorthOf(const TermTable::Entry& entry) const;
  // Leaves in `alike_` what the terms say of each credit.
  TermWorth WorthOf(absl::Span<const Term> traits);
  void AddAlike(const TermTable::Entry& entry);
  int64_t BudgetValue(Term currency, int32_t octave) const;
  int64_t SimilarityValue(int64_t total) const;  // By `alike_`.
  // What the learned features add, worked out as for FindProfiles.
  int64_t LearnedScore(const Demand& demand) const;

  const Pool& pool_;
  const ProfileView& view_;
  const RoleRow& role_;
  const Weights& weights_;
  Day as_of_;
  Rarities& rarities_;
  std::pmr::memory_resource* memory_;
  OfferTotals totals_;

  bool is_remote_capable_ = false;
  size_t credits_ = 0;  // Those before the day of the question.
  int64_t role_credits_ = 0;
  int32_t newest_ = kUndated;  // Date of a credit in the role.
  int64_t activity_ = 0;       // Of the credits in the role.
  TermTable terms_;
  std::pmr::vector<uint64_t> in_role_;     // A bit a credit.
  // Credits that are worked on at once, each by a number that holds what all the traits
  // that an opening may have weigh.
  static constexpr size_t kCreditsAtOnce = 4;
  using Alike = Vector<uint32_t, 4 * kCreditsAtOnce>;
  std::pmr::vector<Alike> alike_;          // By credit, of those in `credits_`; scratch.
  std::pmr::vector<BudgetCount> budgets_;  // Of the role's credits; distinct.
  SharedWork shared_;     // What collaboration adds to the score.
  int64_t constant_ = 0;  // What is the same for every offer.
  int64_t similarity_bound_ = 0;
  std::optional<int64_t> growth_;
  FeatureSet learned_;         // Those of kLearnedFeatures that weigh anything.
  int64_t learned_bound_ = 0;  // The most that they add.
  std::array<PlaceWorth, 64> places_;  // The last with each remainder.
  std::optional<OfferBound> bound_;  // From the first question for one on.
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_OFFER_SCORER_H_
