#include "tests/bench/textbook_placement.h"

#include <algorithm>
#include <span>

namespace troupe::testing {

TextbookPlacement::TextbookPlacement(const Instance& instance, Lookup lookup)
    : instance_(instance), lookup_(lookup) {}

void TextbookPlacement::Prepare() {
  starts_.assign(1, 0);
  standings_.clear();
  standings_.reserve(instance_.priorities.entry_count());
  for (size_t program = 0; program < instance_.programs.size(); ++program) {
    const std::span<const uint32_t> list = instance_.priorities[program];
    for (uint32_t place = 0; place < list.size(); ++place) {
      standings_.emplace_back(list[place], place);
    }
    std::sort(standings_.begin() + starts_.back(), standings_.end());
    starts_.push_back(static_cast<uint32_t>(standings_.size()));
  }
  wish_starts_.assign(1, 0);
  for (size_t graduate = 0; graduate < instance_.graduates.size(); ++graduate) {
    wish_starts_.push_back(wish_starts_.back() +
                           static_cast<uint32_t>(instance_.wishes[graduate].size()));
  }
  if (lookup_ == Lookup::kInProgramsList) return;
  places_.assign(instance_.wishes.entry_count(), kNoRow);
  for (size_t program = 0; program < instance_.programs.size(); ++program) {
    const std::span<const uint32_t> list = instance_.priorities[program];
    for (uint32_t place = 0; place < list.size(); ++place) {
      const std::span<const uint32_t> wishes = instance_.wishes[list[place]];
      const auto at = std::find(wishes.begin(), wishes.end(), program);
      if (at == wishes.end()) continue;
      places_[wish_starts_[list[place]] + static_cast<size_t>(at - wishes.begin())] = place;
    }
  }
}

uint32_t TextbookPlacement::PlaceAt(uint32_t graduate, uint32_t position) const {
  if (lookup_ == Lookup::kBesideWish) return places_[wish_starts_[graduate] + position];
  const uint32_t program = instance_.wishes[graduate][position];
  const auto begin = standings_.begin() + starts_[program];
  const auto end = standings_.begin() + starts_[program + 1];
  const auto at = std::lower_bound(begin, end, Held{graduate, 0});
  return at != end && at->first == graduate ? at->second : kNoRow;
}

std::vector<uint32_t> TextbookPlacement::Place() {
  proposals_ = 0;
  std::vector<std::vector<Held>> heaps(instance_.programs.size());
  for (size_t program = 0; program < heaps.size(); ++program) {
    const size_t ranked = instance_.priorities[program].size();
    heaps[program].reserve(
        std::min(ranked, static_cast<size_t>(instance_.programs[program].capacity)) + 1);
  }
  std::vector<uint32_t> next(instance_.graduates.size(), 0);
  std::vector<uint32_t> free;
  free.reserve(next.size());
  for (auto graduate = static_cast<uint32_t>(next.size()); graduate-- > 0;) {
    free.push_back(graduate);
  }
  while (!free.empty()) {
    const uint32_t graduate = free.back();
    const std::span<const uint32_t> list = instance_.wishes[graduate];
    if (next[graduate] == list.size()) {
      free.pop_back();
      continue;
    }
    const uint32_t position = next[graduate]++;
    const uint32_t place = PlaceAt(graduate, position);
    if (place == kNoRow) continue;
    ++proposals_;
    const uint32_t program = list[position];
    std::vector<Held>& heap = heaps[program];
    const bool is_full = heap.size() == static_cast<size_t>(instance_.programs[program].capacity);
    if (is_full && heap.front().first < place) continue;
    free.pop_back();
    if (is_full) {
      std::pop_heap(heap.begin(), heap.end());
      free.push_back(heap.back().second);
      heap.pop_back();
    }
    heap.emplace_back(place, graduate);
    std::push_heap(heap.begin(), heap.end());
  }
  std::vector<uint32_t> program_of(next.size(), kNoRow);
  for (uint32_t program = 0; program < heaps.size(); ++program) {
    for (const Held& held : heaps[program]) program_of[held.second] = program;
  }
  return program_of;
}

}  // namespace troupe::testing
