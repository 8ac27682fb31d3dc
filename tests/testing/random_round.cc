#include "tests/testing/random_round.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace troupe::testing {
namespace {

// Some of the rows below `count`, in any order, each kept one time in two or always.
std::vector<uint32_t> SomeRows(size_t count, bool all, Dice& dice) {
  std::vector<uint32_t> rows(count);
  std::iota(rows.begin(), rows.end(), 0);
  for (size_t i = 0; i + 1 < count; ++i) std::swap(rows[i], rows[i + dice.Below(count - i)]);
  if (!all) rows.resize(dice.Below(count + 1));
  return rows;
}

void AddList(const std::vector<uint32_t>& rows, bool tied, RankedLists& lists, Dice& dice) {
  std::vector<RankedLists::Tied> groups;
  for (uint32_t row : rows) {
    if (groups.empty() || !tied || dice.OneIn(2)) groups.emplace_back();
    groups.back().push_back(row);
  }
  lists.Add(groups);
}

RankedLists RandomLists(size_t rows, size_t others, bool tied, bool all, Dice& dice) {
  RankedLists lists;
  for (size_t row = 0; row < rows; ++row) {
    AddList(SomeRows(others, all || dice.OneIn(2), dice), tied, lists, dice);
  }
  return lists;
}

void AddStudios(bool tied, bool all, Instance& round, Dice& dice) {
  const size_t studios = 1 + dice.Below(2);
  for (size_t i = 0; i < studios; ++i) {
    round.studios.push_back({absl::StrCat("studio ", i), dice.Between(1, 3)});
  }
  round.studio_priorities = RandomLists(studios, round.graduates.size(), tied, all, dice);
  RankedLists own;
  for (size_t i = 0; i < round.programs.size(); ++i) {
    ProgramRow& program = round.programs[i];
    if (!dice.OneIn(4)) program.studio = static_cast<uint32_t>(dice.Below(studios));
    const bool ranks = program.studio == kNoRow;
    AddList(SomeRows(ranks ? round.graduates.size() : 0, all, dice), tied, own, dice);
  }
  round.priorities = own;
}

void AddReserves(Instance& round, Dice& dice) {
  for (size_t i = 0; i < 1 + dice.Below(2); ++i) {
    round.groups.push_back(
        {absl::StrCat("group ", i), SomeRows(round.graduates.size(), false, dice)});
  }
  for (uint32_t program = 0; program < round.programs.size(); ++program) {
    int32_t left = round.programs[program].capacity;
    while (left > 0 && !dice.OneIn(3)) {
      const int32_t seats = dice.Between(1, left);
      round.reserves.push_back({.program = program,
                                .group = static_cast<uint32_t>(dice.Below(round.groups.size())),
                                .seats = seats,
                                .before_open = dice.OneIn(2),
                                .reverts = !dice.OneIn(3)});
      left -= seats;
    }
  }
}

void AddRegions(bool have_floors, Instance& round, Dice& dice) {
  const size_t regions = 1 + dice.Below(2);
  std::vector<int32_t> seats(regions, 0);
  for (ProgramRow& program : round.programs) {
    if (dice.OneIn(5)) continue;
    program.region = static_cast<uint32_t>(dice.Below(regions));
    seats[program.region] += program.capacity;
  }
  auto graduates = static_cast<int32_t>(round.graduates.size());
  for (size_t i = 0; i < regions; ++i) {
    Region region = {.id = absl::StrCat("region ", i)};
    if (!dice.OneIn(3)) region.cap = dice.Between(have_floors ? 1 : 0, 4);
    if (have_floors) region.floor = dice.Between(0, std::min({seats[i], region.cap, graduates}));
    graduates -= region.floor;
    round.regions.push_back(std::move(region));
  }
}

bool Ranks(const Instance& round, uint32_t program, uint32_t graduate) {
  const auto list = round.priorities[program];
  return std::find(list.begin(), list.end(), graduate) != list.end();
}

// Members of pairs have no lists of their own, half of the time.
void AddPairs(Instance& round, Dice& dice) {
  std::vector<uint32_t> members = SomeRows(round.graduates.size(), true, dice);
  const auto count = static_cast<uint32_t>(round.programs.size());
  RankedLists wishes;
  std::vector<bool> is_paired(members.size(), false);
  for (size_t pair = 0; 2 * pair + 1 < members.size() && pair < 2; ++pair) {
    LinkedPair linked = {.first = members[2 * pair], .second = members[2 * pair + 1]};
    is_paired[linked.first] = is_paired[linked.second] = true;
    for (uint32_t at : SomeRows(count * count, false, dice)) {
      const ProgramPair wish = {at / count, at % count};
      if (!Ranks(round, wish.first, linked.first)) continue;
      if (!Ranks(round, wish.second, linked.second)) continue;
      linked.wishes.push_back(wish);
    }
    round.pairs.push_back(std::move(linked));
  }
  for (size_t graduate = 0; graduate < members.size(); ++graduate) {
    wishes.Add(is_paired[graduate] ? std::span<const uint32_t>() : round.wishes[graduate]);
  }
  round.wishes = wishes;
}

}  // namespace

Instance RandomRound(Mechanism mechanism, const RoundSize& size, Dice& dice) {
  Instance round;
  const size_t graduates = 1 + dice.Below(size.graduates);
  const size_t programs = 1 + dice.Below(size.programs);
  const bool tied = size.have_ties && dice.OneIn(mechanism == Mechanism::kLargestStable ? 1 : 2);
  // Everybody acceptable to everybody, now and then.
  const bool all = dice.OneIn(3);
  for (size_t i = 0; i < graduates; ++i) round.graduates.push_back(absl::StrCat("graduate ", i));
  for (size_t i = 0; i < programs; ++i) {
    round.programs.push_back({.id = absl::StrCat("program ", i), .capacity = dice.Between(1, 3)});
  }
  const bool have_pairs = mechanism == Mechanism::kLinkedPairs;
  round.wishes = RandomLists(graduates, programs, tied && !have_pairs, all, dice);
  round.priorities = RandomLists(programs, graduates, tied, all, dice);
  if (mechanism == Mechanism::kStudentProject) AddStudios(tied, all, round, dice);
  if (mechanism == Mechanism::kReserves) AddReserves(round, dice);
  if (mechanism == Mechanism::kRegionalCaps) AddRegions(false, round, dice);
  if (mechanism == Mechanism::kFloors) AddRegions(true, round, dice);
  if (have_pairs) AddPairs(round, dice);
  return round;
}

}  // namespace troupe::testing
