#include "matcher/rank/seat_matching.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace troupe {

SeatMatching::SeatMatching(std::vector<int32_t> seats, std::vector<std::vector<uint32_t>> people,
                           size_t person_count)
    : open_(std::move(seats)),
      people_(std::move(people)),
      seated_(open_.size()),
      seat_of_(person_count, kNowhere),
      moves_to_(person_count, kNowhere),
      all_seats_(std::accumulate(open_.begin(), open_.end(), 0)) {
  for (size_t opening = 0; opening < open_.size(); ++opening) {
    while (static_cast<int32_t>(seated_[opening].size()) < open_[opening] && Seat(opening)) {
      ++filled_;
    }
  }
}

// Breadth first from the opening over people who sit elsewhere, until somebody
// who sits nowhere is found; then everybody on the way moves up.
bool SeatMatching::Seat(size_t opening) {
  std::vector<uint32_t> found_by(open_.size(), kNobody);  // Whose seat led to the opening.
  std::vector<bool> is_found(open_.size(), false);
  std::vector<size_t> queue = {opening};
  std::vector<bool> is_seen(seat_of_.size(), false);
  is_found[opening] = true;
  for (size_t at = 0; at < queue.size(); ++at) {
    for (uint32_t person : people_[queue[at]]) {
      if (is_seen[person]) continue;
      is_seen[person] = true;
      const size_t there = seat_of_[person];
      if (there != kNowhere) {
        if (is_found[there]) continue;
        is_found[there] = true;
        found_by[there] = person;
        queue.push_back(there);
        moves_to_[person] = queue[at];
        continue;
      }
      size_t to = queue[at];
      uint32_t moving = person;
      while (true) {
        seat_of_[moving] = to;
        seated_[to].push_back(moving);
        if (to == opening) return true;
        const uint32_t leaving = found_by[to];
        std::erase(seated_[to], leaving);
        moving = leaving;
        to = moves_to_[leaving];
      }
    }
  }
  return false;
}

Shortage SeatMatching::ShortageOf(std::vector<size_t> openings) const {
  Shortage shortage = {.openings = std::move(openings)};
  std::vector<bool> is_counted(seat_of_.size(), false);
  for (size_t opening : shortage.openings) {
    shortage.seats += open_[opening];
    for (uint32_t person : people_[opening]) {
      if (!is_counted[person]) ++shortage.people;
      is_counted[person] = true;
    }
  }
  return shortage;
}

Shortage SeatMatching::WhyNotComplete() const {
  size_t first = 0;
  while (static_cast<int32_t>(seated_[first].size()) == open_[first]) ++first;
  std::vector<size_t> reached = {first};
  std::vector<bool> is_found(open_.size(), false);
  is_found[first] = true;
  for (size_t at = 0; at < reached.size(); ++at) {
    for (uint32_t person : people_[reached[at]]) {
      const size_t there = seat_of_[person];  // Somewhere: else there would be a path.
      if (is_found[there]) continue;
      is_found[there] = true;
      reached.push_back(there);
    }
  }
  std::sort(reached.begin(), reached.end());
  Shortage shortage = ShortageOf(std::move(reached));
  for (size_t at = 0; at < shortage.openings.size() && shortage.openings.size() > 1;) {
    std::vector<size_t> fewer = shortage.openings;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(at));
    Shortage smaller = ShortageOf(std::move(fewer));
    if (smaller.seats > smaller.people) {
      shortage = std::move(smaller);
      at = 0;
    } else {
      ++at;
    }
  }
  return shortage;
}

}  // namespace troupe
