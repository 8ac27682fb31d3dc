#ifndef TROUPE_MATCHER_RANK_OFFER_FILTER_H_
#define TROUPE_MATCHER_RANK_OFFER_FILTER_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "matcher/base/day.h"
#include "matcher/index/offer_block.h"
#include "matcher/index/past_work.h"
#include "matcher/index/profile_view.h"
#include "matcher/rank/set_positions.h"

namespace troupe {

// Which offers one profile may be told of and is eligible for, in two tests that
// together are exact: one on flat columns, for all offers in a role, and one on
// an offer's record, for those that are left and worth it. For one question;
// thread-compatible.
class OfferFilter {
 public:
  // `view` outlives it. Offers of projects that the profile is attached to pass
  // only if `include_attached`.
  OfferFilter(const ProfileView& view, Day as_of, const PastWork& past_work,
              bool include_attached);

  // To be told before offers in `role` are tested.
  void StartRole(const RoleRow& role);

  // Fetches what Passing(block) reads; false if the person comes to no place of
  // the block, of which then nothing passes.
  bool Fetch(const OfferBlock& block);

  // The rows of `block` that pass the columns' tests: of what is left to the
  // exact test, see IsFit. Valid until the next call.
  absl::Span<const OfferBlock::RowNumber> Passing(const OfferBlock& block);

  // A test of sketches alone. Valid as long as the filter is; cheap to copy, and
  // a copy of its own is what a loop over many sketches does best with.
  class SketchTest {
   public:
    // False only if the offer is not fit.
    bool MayFit(const OfferSketch& sketch) const {
      bool may_fit = (sketch.needs & ~has_) == 0;
      if ((attached_bits_ >> (sketch.people % 64) & 1) != 0) [[unlikely]] {
        may_fit &= !IsAttached(sketch.people);
      }
      return may_fit;
    }

   private:
    friend class OfferFilter;

    bool IsAttached(uint32_t people) const;

    uint32_t has_ = 0;                     // By NeedBit.
    uint64_t attached_bits_ = 0;           // Of each of them one: its number by 64.
    absl::Span<const uint32_t> attached_;  // By Demand::people; sorted.
  };
  const SketchTest& sketch_test() const { return sketch_test_; }

  // True if the offer in `row`, which passes the columns' tests and MayFit, may
  // be told and the profile is eligible for it.
  bool IsFit(const OfferBlock& block, uint32_t row, const RoleRow& role) const;

 private:
  // What one side of a comparison is, for every row.
  struct Side {
    int16_t units = 0;
    int16_t currency = 0;
    int16_t compared = 0;  // The bits of a currency if it matters, else none.
    int16_t accepted = 0;  // All of these must be accepted.
    int16_t age_from = 0, age_to = 0, height = 0;
  };

  bool ComesTo(PlaceIndex place);
  bool WorksAt(PlaceIndex place) const;
  template <typename Visit>
  void ForEachStretch(const OfferBlock& block, Visit visit);
  void TestRows(const OfferBlock& block, uint32_t first, uint32_t limit);
  void TestColumns(const OfferBlock& block, size_t first, size_t limit);
  void PlaceWindows(const OfferBlock::Columns& columns, size_t first, size_t limit);
  void AddFree(const OfferBlock::RowNumber* limit);
  void CountBusyDays();
  bool IsFree(const OfferBlock& block, uint32_t row, const RoleRow& role) const;
  bool IsMet(const OfferBlock& block, uint32_t row) const;
  bool IsBlocked(const OfferBlock& block, uint32_t row) const;

  enum class Reach : uint8_t { kNotAsked, kNo, kYes };

  const ProfileView& view_;
  Day as_of_;
  bool comes_anywhere_ = false;
  Side side_;
  std::vector<uint32_t> attached_;  // Of the sketches' test.
  SketchTest sketch_test_;
  std::array<Reach, 1024> reach_{};       // By place, of which there are fewer.
  // Days from `as_of` on, not included, that are not free.
  std::array<int16_t, kCalendarHorizonDays + 1> busy_before_;
  // By row: whether it passes; and the days of its window that are not past, from
  // `as_of` on, with how many of them may be busy.
  OfferBlock::Column<uint8_t> passes_;
  OfferBlock::Column<int16_t> from_, to_, spare_;
  // And room for what is written at a time.
  std::array<OfferBlock::RowNumber, OfferBlock::kMostRows + kPositionsAtOnce> passing_;
  size_t count_ = 0;  // Of `passing_`.
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_OFFER_FILTER_H_
