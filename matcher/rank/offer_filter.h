#ifndef TROUPE_MATCHER_RANK_OFFER_FILTER_H_
#define TROUPE_MATCHER_RANK_OFFER_FILTER_H_

#include <array>
#include <cstdint>
#include <memory_resource>
#include <vector>

#include "absl/types/span.h"
#include "matcher/base/day.h"
#include "matcher/domain/gazetteer.h"
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

  // Rows [first, limit) of one block.
  struct Stretch {
    uint32_t first = 0;
    uint32_t limit = 0;
  };
  using Stretches = std::pmr::vector<Stretch>;

  // Adds to `stretches` the rows of `block`, as many as follow each other, that are
  // at places that the person comes to, and fetches what Passing reads of them.
  void AddStretches(const OfferBlock& block, Stretches& stretches);

  // The rows in `stretches` of `block` that pass the columns' tests: of what is left
  // to the exact test, see IsFit. Valid until the next call.
  absl::Span<const OfferBlock::RowNumber> Passing(const OfferBlock& block,
                                                  absl::Span<const Stretch> stretches);

  // True if the offer in `row`, which passes the columns' tests, may be told and the
  // profile is eligible for it.
  bool IsFit(const OfferBlock& block, uint32_t row, const RoleRow& role) const;

 private:
  // What one side of a comparison is, for every row.
  struct Side {
    int16_t units = 0;
    int16_t currency = 0;
    int16_t compared = 0;  // The bits of a currency if it matters, else none.
    int16_t accepted = 0;  // All of these must be accepted.
    int16_t age_from = 0, age_to = 0, height = 0;
    uint16_t has = 0;  // OfferBlock::NeedsCode.
  };

  void FindReachable();
  void TestRows(const OfferBlock& block, Stretch stretch);
  void TestStrips(const OfferBlock& block, size_t begin, size_t end);
  void TestStripsWide(const OfferBlock& block, size_t begin, size_t end);
  template <size_t kBytes>
  void TestStripsBy(const OfferBlock& block, size_t begin, size_t end);
  void KeepFree();
  bool IsAttached(uint32_t people) const;
  void FindBusySpans();
  void CountBusyDays();
  bool IsFree(const OfferBlock& block, uint32_t row, const RoleRow& role) const;
  bool IsMet(const OfferBlock& block, uint32_t row) const;
  bool IsBlocked(const OfferBlock& block, uint32_t row) const;

  const ProfileView& view_;
  Day as_of_;
  bool comes_anywhere_ = false;
  Side side_;
  std::vector<uint32_t> attached_;  // By Demand::people; sorted.
  // By place, from kNone on: 1 where the person comes to.
  std::array<uint8_t, 1 + Gazetteer::kMostPlaces> reachable_;
  // Days from `as_of` on that are not free. Of few spans, each, once for every row of a
  // strip: they are held against all rows, which takes less than looking some up.
  struct BusySpan {
    std::array<int16_t, OfferBlock::kStripRows> start, limit;
  };
  static constexpr size_t kFewSpans = 16;
  std::array<BusySpan, kFewSpans> busy_spans_;
  size_t busy_span_count_ = 0;
  bool has_few_spans_ = true;
  // Of more, how many days there are before each, not included; and room for as many as
  // are written at a time.
  static constexpr size_t kDaysAtOnce = 16;
  std::array<int16_t, kCalendarHorizonDays + 1 + kDaysAtOnce> busy_before_;
  // By row: whether it passes; and, unless there are few spans, the days of its window
  // that are not past, from `as_of` on, with how many of them may be busy.
  std::array<uint8_t, OfferBlock::kMostRows> passes_;
  std::array<int16_t, OfferBlock::kMostRows> from_, to_, spare_;
  // And room for what is written at a time.
  std::array<OfferBlock::RowNumber, OfferBlock::kMostRows + kPositionsAtOnce> passing_;
  size_t count_ = 0;  // Of `passing_`.
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_OFFER_FILTER_H_
