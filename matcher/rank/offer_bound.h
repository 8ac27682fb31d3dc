#ifndef TROUPE_MATCHER_RANK_OFFER_BOUND_H_
#define TROUPE_MATCHER_RANK_OFFER_BOUND_H_

#include <array>
#include <cstdint>
#include <vector>

#include "matcher/index/offer_block.h"
#include "matcher/index/offer_sketch.h"
#include "matcher/index/pool.h"
#include "matcher/index/profile_view.h"
#include "matcher/rank/rarity.h"
#include "matcher/rank/term_table.h"
#include "matcher/rank/weights.h"

namespace troupe {

// How much an opening can score at most for one profile in one role, from its
// sketch and columns alone. Above the score only where terms look alike, where
// no single credit has all that the credits together have in common with the
// opening, where a wished place is not the one, and by what people attached may
// add. For one question; thread-compatible.
class OfferBound {
 public:
  // What does not depend on the terms of an opening.
  struct Base {
    int64_t constant = 0;       // What every offer scores.
    int64_t collaboration = 0;  // At most, where somebody is attached.
    int64_t role_credits = 0;
  };

  // All outlive it. `terms` says what the credits are about.
  OfferBound(const Pool& pool, const ProfileView& view, const RoleRow& role,
             const Weights& weights, Day as_of, Rarities& rarities, const TermTable& terms,
             const Base& base);

  // An offer with a budget of 2^octave may be worth `share` for it. To be told
  // for every budget that is worth anything.
  void AddBudget(int32_t octave, double share);

  // No less than the score of the offer in `row`, whose place adds `place`.
  int64_t Of(const OfferBlock& block, uint32_t row, int64_t place) const;

 private:
  // What the profile says of terms with one mark: the most of any.
  struct Word {
    float genre = 0;       // What a genre or style is worth.
    float level = 0;       // Of a skill.
    float role_share = 0;  // Of the credits in the role.
    float credits = 0;
    float rarity = 0;
    bool in_role = false;
    bool is_wished = false;
  };

  Word& WordOf(Term term);
  const Word& At(uint16_t mark) const { return words_[slots_[mark]]; }
  double Weight(Feature feature) const {
    return static_cast<double>(weights_[static_cast<size_t>(feature)]);
  }

  double Skills(const OfferSketch& sketch) const;
  double Genres(const OfferSketch& sketch) const;
  double Company(const OfferSketch& sketch) const;
  double Tags(const OfferBlock& block, uint32_t row) const;
  double Country(const OfferSketch& sketch) const;
  double Similarity(const OfferBlock& block, uint32_t row) const;
  double Reciprocity(const OfferBlock& block, uint32_t row) const;
  double Pay(const OfferBlock::Columns& columns, uint32_t row) const;
  double TraitTotal(const OfferBlock& block, uint32_t row) const;

  const Pool& pool_;
  const ProfileView& view_;
  const RoleRow& role_;
  const Weights& weights_;
  Rarities& rarities_;
  bool is_today_;
  Base base_;
  std::array<uint8_t, OfferSketch::kMarks> slots_{};  // By mark; 0: nothing is said of it.
  std::vector<Word> words_;
  std::array<double, 128> budgets_{};                 // By octave.
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_OFFER_BOUND_H_
