#include "matcher/placement/placement.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

#include "matcher/placement/reserves.h"

namespace troupe {
namespace {

// Those of a ranker's list who go to one of its programs, best first.
struct Taken {
  std::vector<uint32_t> graduates;
  std::vector<uint32_t> ranks;
};

uint32_t LastRank(const Taken& taken, int32_t seats) {
  const bool has_seat = static_cast<int64_t>(taken.ranks.size()) < seats;
  return has_seat || taken.ranks.empty() ? kNoRow : taken.ranks.back();
}

class CutoffsOf {
 public:
  CutoffsOf(const Instance& instance, const std::vector<uint32_t>& program_of)
      : instance_(instance), program_of_(program_of), kinds_(instance) {
    cutoffs_ = {.programs = std::vector<uint32_t>(instance.programs.size(), kNoRow),
                .studios = std::vector<uint32_t>(instance.studios.size(), kNoRow),
                .reserves = std::vector<uint32_t>(instance.reserves.size(), kNoRow)};
  }

  Cutoffs Find() {
    for (uint32_t program = 0; program < instance_.programs.size(); ++program) OfProgram(program);
    std::vector<std::vector<uint32_t>> programs(instance_.studios.size());
    for (uint32_t program = 0; program < instance_.programs.size(); ++program) {
      const uint32_t studio = instance_.programs[program].studio;
      if (studio != kNoRow) programs[studio].push_back(program);
    }
    for (uint32_t studio = 0; studio < programs.size(); ++studio) {
      OfStudio(studio, programs[studio]);
    }
    return std::move(cutoffs_);
  }

 private:
  void OfProgram(uint32_t program) {
    if (instance_.programs[program].studio != kNoRow) return;
    const Taken taken = TakenFrom(instance_.priorities, program,
                                  [&](uint32_t other) { return other == program; });
    if (!kinds_.HasReserves(program)) {
      cutoffs_.programs[program] = LastRank(taken, instance_.programs[program].capacity);
      return;
    }
    const std::vector<uint32_t>& kinds = kinds_.SeatEach(program, taken.graduates);
    for (uint32_t kind : kinds_.KindsOf(program)) {
      uint32_t& cutoff =
          kind == SeatKinds::kOpen ? cutoffs_.programs[program] : cutoffs_.reserves[kind];
      cutoff = OfKind(program, kind, taken, kinds);
    }
  }

  uint32_t OfKind(uint32_t program, uint32_t kind, const Taken& taken,
                  const std::vector<uint32_t>& kinds) const {
    Taken of_kind;
    for (size_t i = 0; i < kinds.size(); ++i) {
      if (kinds[i] == kind) of_kind.ranks.push_back(taken.ranks[i]);
    }
    return LastRank(of_kind, kinds_.SeatsOfKind(program, kind));
  }

  void OfStudio(uint32_t studio, const std::vector<uint32_t>& programs) {
    const RankedLists& lists = instance_.studio_priorities;
    const auto is_of_studio = [&](uint32_t program) {
      return instance_.programs[program].studio == studio;
    };
    cutoffs_.studios[studio] =
        LastRank(TakenFrom(lists, studio, is_of_studio), instance_.studios[studio].capacity);
    for (uint32_t program : programs) {
      const Taken taken =
          TakenFrom(lists, studio, [&](uint32_t other) { return other == program; });
      cutoffs_.programs[program] = LastRank(taken, instance_.programs[program].capacity);
    }
  }

  template <typename IsOwn>
  Taken TakenFrom(const RankedLists& lists, uint32_t row, IsOwn is_own) const {
    Taken taken;
    const std::span<const uint32_t> list = lists[row];
    for (size_t i = 0; i < list.size(); ++i) {
      const uint32_t program = program_of_[list[i]];
      if (program == kNoRow || !is_own(program)) continue;
      taken.graduates.push_back(list[i]);
      taken.ranks.push_back(lists.RankAt(row, i));
    }
    return taken;
  }

  const Instance& instance_;
  const std::vector<uint32_t>& program_of_;
  SeatKinds kinds_;
  Cutoffs cutoffs_;
};

}  // namespace

Placement WithCutoffs(const Instance& instance, std::vector<uint32_t> program_of) {
  Cutoffs cutoffs = CutoffsOf(instance, program_of).Find();
  return {.program_of = std::move(program_of), .cutoffs = std::move(cutoffs)};
}

}  // namespace troupe
