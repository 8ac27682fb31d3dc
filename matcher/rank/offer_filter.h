#ifndef TROUPE_MATCHER_RANK_OFFER_FILTER_H_
#define TROUPE_MATCHER_RANK_OFFER_FILTER_H_

#include <array>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "matcher/base/day.h"
#include "matcher/index/offer_block.h"
#include "matcher/index/profile_view.h"

namespace troupe {

// A first test of offers against one profile in one role, on flat columns: lets
// every offer pass that the profile is eligible for and that is offered on the
// day, and few others. It leaves to the exact tests who may see what, and who
// blocks whom. Thread-compatible; for one question.
class OfferFilter {
 public:
  // `view` outlives it.
  OfferFilter(const ProfileView& view, const RoleRow& role, Day as_of);

  // Appends the rows of `block` that pass to `rows`.
  void AddPassing(const OfferBlock& block, std::vector<uint32_t>& rows);

 private:
  // What one side of a comparison is, for every row.
  struct Side {
    int32_t units = 0;
    uint32_t currency = 0;
    uint64_t has = 0;
    uint8_t accepted = 0;
    uint8_t accepted_too = 0;  // Both must be accepted.
    int16_t age_from = 0, age_to = 0, height = 0;
  };

  bool ComesTo(PlaceIndex place);
  bool WorksAt(PlaceIndex place) const;
  bool TestPlaces(const OfferBlock& block);
  void TestColumns(const OfferBlock::Columns& columns);
  bool PassesCalendar(const OfferBlock::Columns& columns, uint32_t row) const;
  int32_t BusyBefore(int32_t day) const;  // From `as_of` on.

  enum class Reach : uint8_t { kNotAsked, kNo, kYes };

  const ProfileView& view_;
  Day as_of_;
  bool comes_anywhere_ = false;
  Side side_;
  DayBits busy_{};  // From `as_of` on.
  std::array<int16_t, kDayBits / 64 + 1> busy_before_{};  // By word of `busy_`.
  std::vector<Reach> reach_;                              // By place.
  std::array<uint8_t, OfferBlock::kMostRows> passes_{};
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_OFFER_FILTER_H_
