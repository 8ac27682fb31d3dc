#ifndef TROUPE_MATCHER_RANK_SEAT_MATCHING_H_
#define TROUPE_MATCHER_RANK_SEAT_MATCHING_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace troupe {

// Openings that together have more seats than there are people for them.
struct Shortage {
  std::vector<size_t> openings;  // Sorted.
  int32_t seats = 0;
  int32_t people = 0;  // Distinct.

  friend bool operator==(const Shortage&, const Shortage&) = default;
};

// Puts distinct people on the seats of openings, as many as can be: a maximum
// bipartite matching, grown by shortest augmenting paths. Cost: seats times
// entries of the lists, at most. Thread-compatible.
class SeatMatching {
 public:
  // `seats` and `people` by opening; people are numbers below `person_count`.
  SeatMatching(std::vector<int32_t> seats, std::vector<std::vector<uint32_t>> people,
               size_t person_count);

  int32_t filled() const { return filled_; }
  int32_t seats() const { return all_seats_; }
  bool IsComplete() const { return filled_ == all_seats_; }

  // Which people sit in the opening.
  const std::vector<uint32_t>& SeatedIn(size_t opening) const { return seated_[opening]; }

  // By Hall's theorem: openings that have too few people between them, found from
  // an empty seat of the first opening that has any; without any one of them the
  // others would have enough. Not to be asked of a complete matching.
  Shortage WhyNotComplete() const;

 private:
  static constexpr uint32_t kNobody = ~uint32_t{0};
  static constexpr size_t kNowhere = ~size_t{0};

  bool Seat(size_t opening);
  Shortage ShortageOf(std::vector<size_t> openings) const;

  std::vector<int32_t> open_;  // Seats, by opening.
  std::vector<std::vector<uint32_t>> people_;
  std::vector<std::vector<uint32_t>> seated_;
  std::vector<size_t> seat_of_;   // The opening, by person.
  std::vector<size_t> moves_to_;  // Likewise; scratch of one search.
  int32_t all_seats_ = 0;
  int32_t filled_ = 0;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_SEAT_MATCHING_H_
