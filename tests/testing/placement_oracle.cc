#include "tests/testing/placement_oracle.h"

#include <algorithm>

namespace troupe::testing {
namespace {

uint32_t RankIn(const RankedLists& lists, size_t row, uint32_t entry) {
  for (size_t i = 0; i < lists[row].size(); ++i) {
    if (lists[row][i] == entry) return lists.RankAt(row, i);
  }
  return kNoRow;
}

}  // namespace

PlacementOracle::PlacementOracle(const Instance& instance, Mechanism mechanism)
    : instance_(instance), mechanism_(mechanism), is_paired_(instance.graduates.size(), false) {
  for (const LinkedPair& pair : instance.pairs) {
    is_paired_[pair.first] = is_paired_[pair.second] = true;
  }
}

uint32_t PlacementOracle::WishRank(size_t graduate, uint32_t program) const {
  return program == kNoRow ? kNoRow : RankIn(instance_.wishes, graduate, program);
}

uint32_t PlacementOracle::RankOf(uint32_t program, size_t graduate) const {
  const ProgramRow& row = instance_.programs[program];
  const auto entry = static_cast<uint32_t>(graduate);
  return row.studio == kNoRow ? RankIn(instance_.priorities, program, entry)
                             : RankIn(instance_.studio_priorities, row.studio, entry);
}

bool PlacementOracle::CanGo(size_t graduate, uint32_t program) const {
  if (RankOf(program, graduate) == kNoRow) return false;
  return is_paired_[graduate] || WishRank(graduate, program) != kNoRow;
}

int PlacementOracle::CountAt(const ProgramOf& placed, uint32_t program) const {
  return static_cast<int>(std::count(placed.begin(), placed.end(), program));
}

void PlacementOracle::Extend(ProgramOf& placed, size_t graduate,
                             const std::function<void(const ProgramOf&)>& visit) const {
  if (graduate == placed.size()) {
    if (IsFeasible(placed)) visit(placed);
    return;
  }
  Extend(placed, graduate + 1, visit);
  for (uint32_t program = 0; program < instance_.programs.size(); ++program) {
    if (!CanGo(graduate, program)) continue;
    if (CountAt(placed, program) == instance_.programs[program].capacity) continue;
    placed[graduate] = program;
    Extend(placed, graduate + 1, visit);
    placed[graduate] = kNoRow;
  }
}

void PlacementOracle::ForEach(const std::function<void(const ProgramOf&)>& visit) const {
  ProgramOf placed(instance_.graduates.size(), kNoRow);
  Extend(placed, 0, visit);
}

bool PlacementOracle::KeepsFloors(const ProgramOf& placed,
                                  const std::vector<uint32_t>& regions) const {
  for (uint32_t region : regions) {
    int there = 0;
    for (uint32_t program : placed) {
      there += program != kNoRow && instance_.programs[program].region == region;
    }
    if (there < instance_.regions[region].floor) return false;
  }
  return true;
}

bool PlacementOracle::IsFeasible(const ProgramOf& placed) const {
  for (size_t graduate = 0; graduate < placed.size(); ++graduate) {
    if (placed[graduate] != kNoRow && !CanGo(graduate, placed[graduate])) return false;
  }
  std::vector<int> studios(instance_.studios.size(), 0);
  std::vector<int> regions(instance_.regions.size(), 0);
  for (uint32_t program = 0; program < instance_.programs.size(); ++program) {
    const ProgramRow& row = instance_.programs[program];
    const int count = CountAt(placed, program);
    if (count > row.capacity) return false;
    if (row.studio != kNoRow) studios[row.studio] += count;
    if (row.region != kNoRow) regions[row.region] += count;
    if (instance_.reserves.empty()) continue;
    std::vector<size_t> there;
    for (size_t graduate = 0; graduate < placed.size(); ++graduate) {
      if (placed[graduate] == program) there.push_back(graduate);
    }
    if (SlotChoice(program, there).size() < there.size()) return false;
  }
  for (size_t i = 0; i < studios.size(); ++i) {
    if (studios[i] > instance_.studios[i].capacity) return false;
  }
  for (size_t i = 0; i < regions.size(); ++i) {
    if (regions[i] > instance_.regions[i].cap) return false;
    if (regions[i] < instance_.regions[i].floor) return false;
  }
  for (const LinkedPair& pair : instance_.pairs) {
    const ProgramPair at = {placed[pair.first], placed[pair.second]};
    const auto is_listed = std::count(pair.wishes.begin(), pair.wishes.end(), at);
    if (!is_listed && !(at == ProgramPair{})) return false;
  }
  return true;
}

int PlacementOracle::Blocking(const ProgramOf& placed) const {
  int blocking = 0;
  for (size_t graduate = 0; graduate < placed.size(); ++graduate) {
    if (is_paired_[graduate]) continue;
    for (uint32_t program = 0; program < instance_.programs.size(); ++program) {
      if (!CanGo(graduate, program) || !Likes(graduate, program, placed[graduate])) continue;
      blocking += Blocks(placed, graduate, program);
    }
  }
  for (const LinkedPair& pair : instance_.pairs) {
    for (const ProgramPair& wish : pair.wishes) {
      if (wish == ProgramPair{placed[pair.first], placed[pair.second]}) break;
      blocking += BlocksAsPair(placed, pair, wish);
    }
  }
  return blocking;
}

bool PlacementOracle::IsWorseThere(const ProgramOf& placed, uint32_t program,
                                   uint32_t rank) const {
  for (size_t other = 0; other < placed.size(); ++other) {
    if (placed[other] == program && RankOf(program, other) > rank) return true;
  }
  return false;
}

bool PlacementOracle::Blocks(const ProgramOf& placed, size_t graduate, uint32_t program) const {
  const bool is_worse = IsWorseThere(placed, program, RankOf(program, graduate));
  const bool has_seat = CountAt(placed, program) < instance_.programs[program].capacity;
  switch (mechanism_) {
    case Mechanism::kFloors: return is_worse;
    case Mechanism::kRegionalCaps: return BlocksUnderCap(placed, graduate, program);
    case Mechanism::kStudentProject:
      if (instance_.programs[program].studio == kNoRow) return is_worse || has_seat;
      return BlocksWithStudio(placed, graduate, program);
    case Mechanism::kReserves: {
      std::vector<size_t> from = {graduate};
      for (size_t other = 0; other < placed.size(); ++other) {
        if (placed[other] == program) from.push_back(other);
      }
      const std::vector<size_t> chosen = SlotChoice(program, from);
      return std::find(chosen.begin(), chosen.end(), graduate) != chosen.end();
    }
    default: return is_worse || has_seat;
  }
}

// The three cases of Abraham, Irving and Manlove.
bool PlacementOracle::BlocksWithStudio(const ProgramOf& placed, size_t graduate,
                                       uint32_t program) const {
  const uint32_t studio = instance_.programs[program].studio;
  const uint32_t rank = RankOf(program, graduate);
  int of_studio = 0;
  bool is_worse_in_studio = false;
  for (uint32_t other = 0; other < instance_.programs.size(); ++other) {
    if (instance_.programs[other].studio != studio) continue;
    of_studio += CountAt(placed, other);
    is_worse_in_studio = is_worse_in_studio || IsWorseThere(placed, other, rank);
  }
  const bool is_program_full = CountAt(placed, program) == instance_.programs[program].capacity;
  const bool is_studio_full = of_studio == instance_.studios[studio].capacity;
  const bool is_in_studio =
      placed[graduate] != kNoRow && instance_.programs[placed[graduate]].studio == studio;
  if (!is_program_full && !is_studio_full) return true;
  if (!is_program_full) return is_in_studio || is_worse_in_studio;
  return IsWorseThere(placed, program, rank);
}

std::vector<int64_t> PlacementOracle::Targets() const {
  std::vector<int64_t> targets(instance_.programs.size());
  for (uint32_t program = 0; program < targets.size(); ++program) {
    targets[program] = instance_.programs[program].capacity;
  }
  for (uint32_t region = 0; region < instance_.regions.size(); ++region) {
    const int64_t cap = instance_.regions[region].cap;
    int64_t seats = 0;
    int64_t given = 0;
    for (const ProgramRow& program : instance_.programs) {
      if (program.region == region) seats += program.capacity;
    }
    if (cap >= seats) continue;
    for (uint32_t program = 0; program < targets.size(); ++program) {
      if (instance_.programs[program].region != region) continue;
      targets[program] = cap * instance_.programs[program].capacity / seats;
      given += targets[program];
    }
    for (uint32_t program = 0; program < targets.size() && given < cap; ++program) {
      if (instance_.programs[program].region != region) continue;
      if (targets[program] == instance_.programs[program].capacity) continue;
      ++targets[program];
      ++given;
    }
  }
  return targets;
}

bool PlacementOracle::BlocksUnderCap(const ProgramOf& placed, size_t graduate,
                                     uint32_t program) const {
  const bool has_seat = CountAt(placed, program) < instance_.programs[program].capacity;
  if (IsWorseThere(placed, program, RankOf(program, graduate))) return true;
  if (!has_seat) return false;
  const uint32_t region = instance_.programs[program].region;
  if (region == kNoRow) return true;
  int there = 0;
  for (uint32_t other : placed) {
    there += other != kNoRow && instance_.programs[other].region == region;
  }
  if (there < instance_.regions[region].cap) return true;
  const uint32_t own = placed[graduate];
  if (own == kNoRow || instance_.programs[own].region != region) return false;
  ProgramOf moved = placed;
  moved[graduate] = program;
  const std::vector<int64_t> targets = Targets();
  return !(CountAt(moved, program) - targets[program] > CountAt(moved, own) - targets[own]);
}

// A program's choice is the best of those who ask, up to its capacity.
bool PlacementOracle::BlocksAsPair(const ProgramOf& placed, const LinkedPair& pair,
                                   const ProgramPair& wish) const {
  for (uint32_t program : {wish.first, wish.second}) {
    std::vector<std::pair<uint32_t, bool>> asking;  // Rank, and whether a member.
    for (size_t other = 0; other < placed.size(); ++other) {
      const bool is_member = other == pair.first || other == pair.second;
      if (placed[other] != program || is_member) continue;
      asking.emplace_back(RankOf(program, other), false);
    }
    if (wish.first == program) asking.emplace_back(RankOf(program, pair.first), true);
    if (wish.second == program) asking.emplace_back(RankOf(program, pair.second), true);
    std::sort(asking.begin(), asking.end());
    for (size_t i = 0; i < asking.size(); ++i) {
      if (asking[i].second && static_cast<int32_t>(i) >= instance_.programs[program].capacity) {
        return false;
      }
    }
  }
  return true;
}

bool PlacementOracle::IsMember(uint32_t group, size_t graduate) const {
  const std::vector<uint32_t>& members = instance_.groups[group].members;
  return std::find(members.begin(), members.end(), graduate) != members.end();
}

// Seat by seat, each with an order of its own.
std::vector<size_t> PlacementOracle::SlotChoice(uint32_t program, std::vector<size_t> from) const {
  std::vector<const Reserve*> slots;  // nullptr: an open seat.
  const auto add = [&](bool before_open) {
    for (const Reserve& reserve : instance_.reserves) {
      if (reserve.program != program || reserve.before_open != before_open) continue;
      slots.insert(slots.end(), static_cast<size_t>(reserve.seats), &reserve);
    }
  };
  int32_t open = instance_.programs[program].capacity;
  for (const Reserve& reserve : instance_.reserves) {
    if (reserve.program == program) open -= reserve.seats;
  }
  add(true);
  slots.insert(slots.end(), static_cast<size_t>(open), nullptr);
  add(false);
  std::vector<size_t> chosen;
  for (const Reserve* slot : slots) {
    size_t best = from.size();
    std::pair<bool, uint32_t> best_value;
    for (size_t i = 0; i < from.size(); ++i) {
      const bool is_outside = slot != nullptr && !IsMember(slot->group, from[i]);
      if (is_outside && !slot->reverts) continue;
      const std::pair value(is_outside, RankOf(program, from[i]));
      if (best < from.size() && value >= best_value) continue;
      best = i;
      best_value = value;
    }
    if (best == from.size()) continue;
    chosen.push_back(from[best]);
    from.erase(from.begin() + static_cast<std::ptrdiff_t>(best));
  }
  return chosen;
}

}  // namespace troupe::testing
