#include "matcher/placement/out_of_reach.h"

#include <algorithm>
#include <cstddef>
#include <span>

#include "matcher/placement/verify.h"

namespace troupe {
namespace {

using Reason = OutOfReach::Reason;

const LinkedPair* PairOf(const Instance& instance, uint32_t graduate) {
  for (const LinkedPair& pair : instance.pairs) {
    if (pair.first == graduate || pair.second == graduate) return &pair;
  }
  return nullptr;
}

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

int64_t CountAt(const Placement& placement, uint32_t program) {
  return std::count(placement.program_of.begin(), placement.program_of.end(), program);
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

std::vector<OutOfReach> WhyOutOfReach(const Instance& instance, Mechanism mechanism,
                                      const Placement& placement, uint32_t graduate) {
  const LinkedPair* const pair = PairOf(instance, graduate);
  const std::vector<Breach> breaches = BreachesOf(instance, mechanism, placement.program_of);
  const auto blocks = [&](uint32_t program) {
    return std::any_of(breaches.begin(), breaches.end(), [&](const Breach& breach) {
      return breach.graduate == graduate && breach.program == program;
    });
  };
  std::vector<OutOfReach> programs;
  for (uint32_t program : pair == nullptr ? AboveForSingle(instance, placement, graduate)
                                          : AboveForMember(*pair, placement, graduate)) {
    const ProgramRow& row = instance.programs[program];
    OutOfReach out = {.program = program,
                      .rank = RankAt(instance, program, graduate),
                      .cutoff = placement.cutoffs.programs[program],
                      .seats = row.capacity};
    if (out.rank == kNoRow) {
      out.reason = Reason::kNotRanked;
    } else if (pair != nullptr) {
      out.reason = Reason::kPartner;
    } else if (blocks(program)) {
      out.reason = Reason::kNotKept;
    } else if (CountAt(placement, program) == row.capacity) {
      out.reason = Reason::kProgramFull;
    } else {
      out.reason = ReasonBesideASeat(instance, mechanism, program);
    }
    if (out.reason == Reason::kStudioFull) out.cutoff = placement.cutoffs.studios[row.studio];
    programs.push_back(out);
  }
  return programs;
}

}  // namespace troupe
