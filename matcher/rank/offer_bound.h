#ifndef TROUPE_MATCHER_RANK_OFFER_BOUND_H_
#define TROUPE_MATCHER_RANK_OFFER_BOUND_H_

#include <array>
#include <cstdint>
#include <cstring>
#include <memory_resource>
#include <vector>

#include "matcher/base/millionths.h"
#include "matcher/base/vectors.h"
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

  // All outlive it but `base`. `terms` says what the credits are about, and has the
  // genres that are wished for.
  OfferBound(const ProfileView& view, const RoleRow& role, const Weights& weights,
             const TermTable& terms, const OfferTotals& totals,
             std::pmr::memory_resource* memory, const Base& base);

  // An offer with a budget of 2^octave may be worth `share` for it. To be told
  // for every budget that is worth anything.
  void AddBudget(int32_t octave, double share);

  // What a budget may be worth, rounded up.
  int32_t BudgetOf(const OfferSketch& sketch) const {
    return budgets_[static_cast<size_t>(sketch.budget_octave + 1)];
  }

  // Adds to each of `bounds`, for these sketches in this order, no less than what
  // the offer scores apart from collaboration, its budget, its place, and the
  // place's being wished for: kMillionths if the sketch is crowded. None of the
  // others has more than `most_terms` terms. False if some do not know their totals.
  bool AddTo(absl::Span<const OfferSketch* const> sketches, size_t most_terms,
             int32_t* bounds) const;

 private:
  // What an offer may gain by terms with one mark, each kind of gain in a lane:
  // the most by any of these terms. In steps, rounded up, that are so large that
  // as many as an offer has marks for fit into a lane.
  using Word = Vector<int16_t, 16>;
  enum LaneOf : size_t { kGenre, kCountry, kTag, kCompany, kLanguage, kAlike };
  static constexpr int32_t kMostInLane = 32'767 / OfferSketch::kTerms;
  // How alike each of so many groups of credits is: the lanes from kAlike on.
  static constexpr size_t kGroups = 3;
  static constexpr int32_t kAlikeStep = 3'664;
  static_assert(kGenreWeight * kMillionths <= int64_t{kAlikeStep} * kMostInLane);
  static constexpr int32_t kTagStep = 367;  // Of a rarity.
  static_assert(kMillionths <= int64_t{kTagStep} * kMostInLane);
  static constexpr int32_t kCompanyStep = 8'192;  // Likewise, once a credit.
  // Beside the language: how many genres are wished for.
  static constexpr int16_t kWished = 2'048;
  static constexpr int32_t kMostOfLanguage = (kWished - 1) / OfferSketch::kTerms;

  // Numbers that are worked on at once, for as many offers.
  static constexpr size_t LanesOf(size_t bytes) { return bytes / sizeof(int32_t); }
  using FourLanes = Vector<int32_t, 4 * sizeof(int32_t)>;
  // As many offers on their way to a bound, one in each lane.
  template <size_t kBytes>
  struct Lot;

  bool AddWide(absl::Span<const OfferSketch* const> sketches, size_t most_terms,
               int32_t* bounds) const;
  template <size_t kBytes>
  bool AddBy(absl::Span<const OfferSketch* const> sketches, size_t most_terms,
             int32_t* bounds) const;
  template <size_t kBytes, size_t kMostTerms>
  bool AddSums(absl::Span<const OfferSketch* const> sketches, int32_t* bounds) const;
  template <size_t kBytes, size_t kMostTerms>
  Lot<kBytes> Gather(const OfferSketch* const* sketches) const;
  template <size_t kMostTerms>
  Word GainOf(const OfferSketch& sketch) const;
  template <size_t kBytes>
  Vector<int32_t, kBytes> LevelsOf(const Lot<kBytes>& lot) const;
  template <size_t kBytes>
  Vector<int32_t, kBytes> SumOf(const Lot<kBytes>& lot) const;
  // Of a term that is in the table.
  Word& WordOf(Term term) {
    return words_[slots_[OfferSketch::MarkOf(term)] / sizeof(Word)];
  }
  void AddTerm(const TermTable& terms, const TermTable::Entry& entry, const Base& base);
  void SetReciprocity(const ProfileView& view, const RoleRow& role);
  double Weight(Feature feature) const {
    return static_cast<double>(weights_[static_cast<size_t>(feature)]);
  }

  // One number for every lane, of which there are eight at most.
  template <typename Number>
  class Repeated {
   public:
    void operator+=(Number added) {
      for (Number& number : numbers_) number += added;
    }
    Number number() const { return numbers_[0]; }
    template <typename Lanes>
    Lanes As() const {
      Lanes lanes;
      std::memcpy(&lanes, numbers_.data(), sizeof(lanes));
      return lanes;
    }

   private:
    std::array<Number, 8> numbers_{};
  };

  const Weights& weights_;
  const OfferTotals& totals_;
  const TermTable::Slots& slots_;
  struct SkillLevel {
    uint16_t mark = 0;
    uint16_t level = 0;
  };
  std::pmr::vector<SkillLevel> levels_;  // Of each skill, and of none, which everybody has.
  std::pmr::vector<Word> words_;  // By slot.
  static_assert(sizeof(Word) == TermTable::kSlotStep);
  std::array<int32_t, 129> budgets_{};  // By octave, from -1 on: millionths.
  // In millionths of the score.
  Repeated<float> constant_;
  Repeated<float> skills_, company_, tags_, similarity_, pay_;
  Repeated<float> genre_step_, country_step_, language_step_;
  Repeated<float> half_rate_;     // Of the day rate.
  Repeated<int32_t> compared_;    // The flag of an offer whose pay is compared with it.
  Repeated<float> wished_genre_;  // For a genre that is wished for.
  Repeated<float> no_genre_;      // For having none.
  Repeated<float> pay_floor_;     // For a ceiling at the floor.
  Repeated<float> floor_share_;   // The part of that for each unit.
  Repeated<int32_t> floor_currency_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_OFFER_BOUND_H_
