#include "matcher/placement/wish_table.h"

#include <algorithm>

namespace troupe {
namespace {

// Graduates whose wishes fit a cache of second level: 2,048 with 15 each are 370 kB,
// places included, and are what one part of the priorities is looked up in.
constexpr uint32_t kPartShift = 11;

// An entry of a program's or a studio's list, seen from the graduate.
struct Standing {
  uint32_t graduate;
  uint32_t ranker;
  uint32_t place;
};
using Standings = std::vector<Standing, HugePageAllocator<Standing>>;

// Calls `visit` with every entry of both kinds of lists. Studios are numbered
// after the programs.
template <typename Visit>
void ForEachStanding(const Instance& instance, Visit visit) {
  uint32_t ranker = 0;
  for (const RankedLists* lists : {&instance.priorities, &instance.studio_priorities}) {
    for (size_t row = 0; row < lists->size(); ++row, ++ranker) {
      const std::span<const uint32_t> list = (*lists)[row];
      for (uint32_t place = 0; place < list.size(); ++place) visit(list[place], ranker, place);
    }
  }
}

// Which entry of a list `program` is, from 1; 0 if none. Without a branch, several are
// compared at once and none is guessed wrong.
size_t NumberIn(std::span<const uint32_t> list, uint32_t program) {
  const auto size = static_cast<uint32_t>(list.size());
  uint32_t number = 0;
  for (uint32_t i = 0; i < size; ++i) {
    number |= (i + 1) & -static_cast<uint32_t>(list[i] == program);
  }
  return number;
}

// All standings, those of one part of the graduates after those of another.
Standings PartedStandings(const Instance& instance) {
  const size_t parts = (instance.graduates.size() >> kPartShift) + 1;
  std::vector<size_t> ends(parts + 1, 0);
  ForEachStanding(instance, [&](uint32_t graduate, uint32_t, uint32_t) {
    ++ends[(graduate >> kPartShift) + 1];
  });
  for (size_t part = 0; part < parts; ++part) ends[part + 1] += ends[part];
  Standings standings(ends[parts]);
  ForEachStanding(instance, [&](uint32_t graduate, uint32_t ranker, uint32_t place) {
    standings[ends[graduate >> kPartShift]++] = {graduate, ranker, place};
  });
  return standings;
}

}  // namespace

WishTable::WishTable(const Instance& instance, const RankedLists& wishes)
    : no_program_(static_cast<uint32_t>(instance.programs.size())) {
  CopyWishes(wishes);
  FillPlaces(instance, wishes);
  DropUnanswered();
}

void WishTable::CopyWishes(const RankedLists& wishes) {
  wishes_.reserve(wishes.entry_count() + wishes.size());
  starts_.reserve(wishes.size() + 1);
  for (size_t graduate = 0; graduate < wishes.size(); ++graduate) {
    starts_.push_back(static_cast<uint32_t>(wishes_.size()));
    for (uint32_t program : wishes[graduate]) wishes_.push_back({.program = program});
    wishes_.push_back({.program = no_program_, .place = 0});
  }
  starts_.push_back(static_cast<uint32_t>(wishes_.size()));
}

void WishTable::FillPlaces(const Instance& instance, const RankedLists& wishes) {
  const bool have_studios = !instance.studios.empty();
  for (const Standing& standing : PartedStandings(instance)) {
    const std::span<const uint32_t> list = wishes[standing.graduate];
    Wish* const own = wishes_.data() + starts_[standing.graduate];
    if (!have_studios) {
      const size_t number = NumberIn(list, standing.ranker);
      if (number > 0) own[number - 1].place = standing.place;
      continue;
    }
    for (size_t i = 0; i < list.size(); ++i) {  // A studio may have several programs here.
      const uint32_t studio = instance.programs[list[i]].studio;
      const uint32_t ranker = studio == kNoRow ? list[i] : no_program_ + studio;
      if (ranker == standing.ranker) own[i].place = standing.place;
    }
  }
}

void WishTable::DropUnanswered() {
  const auto is_unanswered = [](const Wish& wish) { return wish.place == kNoRow; };
  if (std::none_of(wishes_.begin(), wishes_.end(), is_unanswered)) return;
  size_t kept = 0;
  size_t begin = 0;
  for (size_t graduate = 0; graduate < size(); ++graduate) {
    const size_t end = starts_[graduate + 1];
    starts_[graduate] = static_cast<uint32_t>(kept);
    for (size_t i = begin; i < end; ++i) {
      if (wishes_[i].place != kNoRow) wishes_[kept++] = wishes_[i];
    }
    begin = end;
  }
  wishes_.resize(kept);
  starts_.back() = static_cast<uint32_t>(kept);
}

uint32_t PlaceAt(const WishTable& wishes, uint32_t graduate, uint32_t program) {
  for (const Wish& wish : wishes[graduate]) {
    if (wish.program == program) return wish.place;
  }
  return kNoRow;
}

}  // namespace troupe
