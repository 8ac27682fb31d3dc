#ifndef TROUPE_MATCHER_RANK_OFFER_BOUND_H_
#define TROUPE_MATCHER_RANK_OFFER_BOUND_H_

#include <array>
#include <cstdint>
#include <memory_resource>
#include <vector>

#include "matcher/base/millionths.h"
#include "matcher/index/offer_block.h"
#include "matcher/index/offer_sketch.h"
#include "matcher/index/profile_view.h"
#include "matcher/rank/offer_totals.h"
#include "matcher/rank/query.h"
#include "matcher/rank/term_table.h"
#include "matcher/rank/weights.h"

namespace troupe {

// How much an opening can score at most for one profile in one role, from its
// sketch alone: what each of its terms may add is summed without asking what
// kind of term it is. Above the score only where terms look alike, and where no
// single credit has all that some of the credits together have in common with
// the opening. For one question; thread-compatible.
class OfferBound {
 public:
  // What does not depend on the terms of an opening.
  struct Base {
    int64_t constant = 0;  // What every offer scores.
    int64_t role_credits = 0;
    size_t credits = 0;
    absl::Span<const uint64_t> in_role;  // A bit a credit.
  };

  // All outlive it but `base`. `terms` says what the credits are about.
  OfferBound(const ProfileView& view, const RoleRow& role, const Weights& weights,
             const TermTable& terms, const OfferTotals& totals,
             std::pmr::memory_resource* memory, const Base& base);

  // An offer with a budget of 2^octave may be worth `share` for it. To be told
  // for every budget that is worth anything.
  void AddBudget(int32_t octave, double share);

  // Of each of these rows, in this order: no less than the score of the offer,
  // less what collaboration, the place, and its being wished for add. Says
  // nothing of an offer whose sketch is crowded.
  void Of(const OfferBlock& block, absl::Span<const uint16_t> rows, int32_t* bounds) const;

 private:
  // Numbers that are worked on at once.
  using Lanes = int32_t __attribute__((vector_size(16)));
  using FloatLanes = float __attribute__((vector_size(16)));
  using ShortLanes = int16_t __attribute__((vector_size(16)));

  // What an offer may gain by terms with one mark: the most by any of them. Which
  // lane is what, see below.
  struct Word {
    Lanes kinds{};
    ShortLanes alike{};
  };
  // In `kinds`: millionths of the score for genres and countries, and what goes
  // into the formulas for tags and companies.
  static constexpr size_t kGenre = 0, kTag = 1, kCompany = 2, kCountry = 3;
  // In `alike`, rounded up to steps that are so large that as many as an offer
  // has marks for fit into a lane: of so many groups of credits how alike each
  // is, in steps of kAlikeStep; the score for the language, in language_step_;
  // and how many genres are wished for.
  static constexpr size_t kGroups = 6, kLanguage = 6, kWished = 7;
  static constexpr int32_t kMostInLane = 32'767 / OfferSketch::kTerms;
  static constexpr int32_t kAlikeStep = 4'288;
  static_assert(kGenreWeight * kMillionths <= int64_t{kAlikeStep} * kMostInLane);

  // Some offers on their way to a bound, one in each lane of its parts.
  struct Lot;

  void Gather(const OfferBlock& block, absl::Span<const uint16_t> rows, Lot& lot) const;
  void GatherSkills(const OfferSketch& sketch, size_t lane, Lot& lot) const;
  void Sum(const Lot& lot, size_t first, int32_t* bounds) const;
  // 0: nothing is said of terms with this mark.
  uint8_t SlotOf(Term term);
  void AddTerm(const TermTable& terms, const TermTable::Entry& entry, const Base& base);
  void SetReciprocity(const ProfileView& view, const RoleRow& role);
  double Weight(Feature feature) const {
    return static_cast<double>(weights_[static_cast<size_t>(feature)]);
  }

  const Weights& weights_;
  const OfferTotals& totals_;
  std::array<uint8_t, OfferSketch::kMarks> slots_{};
  std::pmr::vector<Word> words_;          // By slot.
  std::array<uint8_t, 256> levels_{};  // By slot: of skills.
  std::array<float, 129> budgets_{};   // By octave, from -1 on: millionths.
  // In millionths of the score.
  float constant_ = 0;
  float skills_ = 0, company_ = 0, tags_ = 0, similarity_ = 0, pay_ = 0;
  float language_step_ = 0;
  float half_rate_ = 0;        // Of the day rate.
  int32_t compared_ = 0;       // The flag of an offer whose pay is compared with it.
  float wished_genre_ = 0;     // For a genre that is wished for.
  float no_genre_ = 0;         // For having none.
  float pay_floor_ = 0;        // For a ceiling at the floor.
  float floor_units_ = 0;
  float floor_share_ = 0;      // The part of that for each unit.
  int32_t floor_currency_ = 0;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_OFFER_BOUND_H_
