#include "matcher/placement/out_of_reach.h"

#include <algorithm>
#include <cstddef>
#include <span>

#include "matcher/placement/verify.h"

namespace troupe {
namespace {

using Reason = OutOfReach::Reason;

// Programs that the pair ranks above where it is, for one of its members.
std::vector<uint32_t> AboveForMember(const LinkedPair& pair, const Placement& placement,
                                     uint32_t graduate) {
  const ProgramPair own = {placement.program_of[pair.first], placement.program_of[pair.second]};
  std::vector<uint32_t> above;
  for (const ProgramPair& wish : pair.wishes) {
    if (wish == own) break;
    const uint32_t program = graduate == pair.first ? wish.first : wish.second;
    if (std::find(above.begin(), above.end(), program) == above.end()) above.push_back(program);
  }
  return above;
}

std::vector<uint32_t> AboveForSingle(const Instance& instance, const Placement& placement,
                                     uint32_t graduate) {
  const std::span<const uint32_t> list = instance.wishes[graduate];
  const auto own = std::find(list.begin(), list.end(), placement.program_of[graduate]);
  const auto own_position = static_cast<size_t>(own - list.begin());
  const uint32_t own_rank =
      own == list.end() ? kNoRow : instance.wishes.RankAt(graduate, own_position);
  std::vector<uint32_t> above;
  for (size_t position = 0; position < own_position; ++position) {
    if (instance.wishes.RankAt(graduate, position) < own_rank) above.push_back(list[position]);
  }
  return above;
}

uint32_t RankAt(const Instance& instance, uint32_t program, uint32_t graduate) {
  const Ranker ranker = RankerOf(instance, program);
  const std::span<const uint32_t> list = (*ranker.lists)[ranker.row];
  for (size_t position = 0; position < list.size(); ++position) {
    if (list[position] == graduate) return ranker.lists->RankAt(ranker.row, position);
  }
  return kNoRow;
}

// Of a program that has an empty seat, and ranks the graduate.
Reason ReasonBesideASeat(const Instance& instance, Mechanism mechanism, uint32_t program) {
  if (instance.programs[program].studio != kNoRow) return Reason::kStudioFull;
  if (mechanism == Mechanism::kReserves) return Reason::kSeatReserved;
  if (mechanism == Mechanism::kFloors) return Reason::kSeatClosed;
  if (mechanism == Mechanism::kRegionalCaps) return Reason::kRegionFull;
  return Reason::kNotKept;
}

}  // namespace

OutOfReachTable::OutOfReachTable(const Instance& instance, Mechanism mechanism,
                                 const Placement& placement)
    : instance_(instance),
      mechanism_(mechanism),
      placement_(placement),
      taken_(instance.programs.size()) {
  for (const uint32_t program : placement.program_of) {
    if (program != kNoRow) ++taken_[program];
  }
  for (const LinkedPair& pair : instance.pairs) {
    pairs_.emplace(pair.first, &pair);
    pairs_.emplace(pair.second, &pair);
  }
  for (const Breach& breach : BreachesOf(instance, mechanism, placement.program_of)) {
    blocking_.emplace(breach.graduate, breach.program);
  }
}

std::vector<OutOfReach> OutOfReachTable::Of(uint32_t graduate) const {
  const auto found = pairs_.find(graduate);
  const LinkedPair* const pair = found == pairs_.end() ? nullptr : found->second;
  std::vector<OutOfReach> programs;
  for (uint32_t program : pair == nullptr ? AboveForSingle(instance_, placement_, graduate)
                                          : AboveForMember(*pair, placement_, graduate)) {
    const ProgramRow& row = instance_.programs[program];
    OutOfReach out = {.program = program,
                      .rank = RankAt(instance_, program, graduate),
                      .cutoff = placement_.cutoffs.programs[program],
                      .seats = row.capacity};
    if (out.rank == kNoRow) {
      out.reason = Reason::kNotRanked;
    } else if (pair != nullptr) {
      out.reason = Reason::kPartner;
    } else if (blocking_.contains({graduate, program})) {
      out.reason = Reason::kNotKept;
    } else if (taken_[program] == row.capacity) {
      out.reason = Reason::kProgramFull;
    } else {
      out.reason = ReasonBesideASeat(instance_, mechanism_, program);
    }
    if (out.reason == Reason::kStudioFull) out.cutoff = placement_.cutoffs.studios[row.studio];
    programs.push_back(out);
  }
  return programs;
}

}  // namespace troupe
