#include "matcher/placement/deferred_acceptance.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>

#include "matcher/base/prefetch.h"
#include "matcher/base/status_macros.h"
#include "matcher/placement/held_seats.h"

namespace troupe {
namespace {

constexpr size_t kBatch = 32;

absl::Status ProposingStopped() { return absl::CancelledError("stopped while graduates propose"); }

// Graduates propose in rounds: of strict lists, the outcome does not depend on the
// order. A proposal is named by its wish's number, so whom a program lets go is
// known to go on with the next number, and no list of graduates is ever read.
// Wishes lie at random in much memory, so each round goes by batches: one pass asks
// for the wishes of a batch, the next finds where each proposes and asks for that
// program's seats, the third takes them.
class Proposals {
 public:
  Proposals(const WishTable& table, const std::vector<uint32_t>& capacity)
      : table_(table), wishes_(table.wishes()), seats_(WithNoProgram(capacity)) {}

  absl::Status Run(const StopToken& stop) {
    next_.assign(table_.starts().begin(), table_.starts().end() - 1);
    std::vector<uint32_t> round;
    while (!next_.empty()) {
      round.swap(next_);
      next_.clear();
      for (size_t begin = 0; begin < round.size(); begin += kBatch) {
        if (begin % (kBatch * 128) == 0 && stop.StopRequested()) return ProposingStopped();
        Propose(std::span(round).subspan(begin, std::min(kBatch, round.size() - begin)));
      }
    }
    return absl::OkStatus();
  }

  std::vector<uint32_t> ProgramOfEach() const {
    std::vector<uint64_t> is_held(wishes_.size() / 64 + 1, 0);
    seats_.ForEach(
        [&](uint32_t, uint32_t wish) { is_held[wish / 64] |= uint64_t{1} << wish % 64; });
    std::vector<uint32_t> program_of(table_.size(), kNoRow);
    for (size_t graduate = 0; graduate < program_of.size(); ++graduate) {
      const uint32_t end = table_.starts()[graduate + 1] - 1;
      for (uint32_t wish = table_.starts()[graduate]; wish < end; ++wish) {
        const uint64_t rest = is_held[wish / 64] >> wish % 64;
        if (rest & 1) {
          program_of[graduate] = wishes_[wish].program;
          break;
        }
        if (rest == 0) wish |= 63;  // On to the next 64.
      }
    }
    return program_of;
  }

 private:
  // Where lists end there is a program without seats, which never refuses.
  static std::vector<uint32_t> WithNoProgram(std::vector<uint32_t> capacity) {
    capacity.push_back(0);
    return capacity;
  }

  void Propose(std::span<uint32_t> batch) {
    for (uint32_t wish : batch) Prefetch(&wishes_[wish]);
    for (uint32_t& wish : batch) {
      while (!WouldHold(wish)) ++wish;
      seats_.Prefetch(wishes_[wish].program);
    }
    for (uint32_t wish : batch) {
      const auto [program, place] = wishes_[wish];
      if (program == table_.no_program()) continue;
      const bool still = WouldHold(wish);
      const uint32_t out = still ? seats_.Hold(program, place, wish) : wish;
      if (out != kNoRow) next_.push_back(out + 1);
    }
  }

  bool WouldHold(uint32_t wish) const {
    return wishes_[wish].place < seats_.CutoffOf(wishes_[wish].program);
  }

  const WishTable& table_;
  std::span<const Wish> wishes_;
  HeldSeats seats_;
  std::vector<uint32_t> next_;  // Proposals of the next round.
};

// Programs go down their lists; a graduate keeps the best that has come.
class Offers {
 public:
  Offers(const Instance& instance, const WishTable& wishes)
      : instance_(instance),
        wishes_(wishes),
        free_(SeatsOf(instance)),
        next_(instance.programs.size(), 0),
        best_(instance.graduates.size(), kNoRow) {}

  absl::StatusOr<std::vector<uint32_t>> Run(const StopToken& stop) {
    std::vector<uint32_t> with_seats;
    for (uint32_t program = 0; program < free_.size(); ++program) with_seats.push_back(program);
    for (size_t steps = 0; !with_seats.empty(); ++steps) {
      if (steps % 4096 == 0 && stop.StopRequested()) return ProposingStopped();
      const uint32_t program = with_seats.back();
      const std::span<const uint32_t> list = instance_.priorities[program];
      if (free_[program] == 0 || next_[program] == list.size()) {
        with_seats.pop_back();
        continue;
      }
      const uint32_t left = Offer(program, list[next_[program]++]);
      if (left != kNoRow && free_[left]++ == 0) with_seats.push_back(left);
    }
    return ProgramOfEach();
  }

 private:
  // Returns the program that loses the graduate, if one does.
  uint32_t Offer(uint32_t program, uint32_t graduate) {
    const std::span<const Wish> list = wishes_[graduate];
    const uint32_t kept = best_[graduate];
    for (uint32_t i = 0; i < std::min<size_t>(kept, list.size()); ++i) {
      if (list[i].program != program) continue;
      best_[graduate] = i;
      --free_[program];
      return kept == kNoRow ? kNoRow : list[kept].program;
    }
    return kNoRow;
  }

  std::vector<uint32_t> ProgramOfEach() const {
    std::vector<uint32_t> program_of(best_.size(), kNoRow);
    for (uint32_t graduate = 0; graduate < best_.size(); ++graduate) {
      const uint32_t best = best_[graduate];
      if (best != kNoRow) program_of[graduate] = wishes_[graduate][best].program;
    }
    return program_of;
  }

  const Instance& instance_;
  const WishTable& wishes_;
  std::vector<uint32_t> free_;
  std::vector<size_t> next_;    // In the program's list.
  std::vector<uint32_t> best_;  // In the graduate's list.
};

}  // namespace

std::vector<uint32_t> SeatsOf(const Instance& instance) {
  std::vector<uint32_t> seats;
  seats.reserve(instance.programs.size());
  for (uint32_t program = 0; program < instance.programs.size(); ++program) {
    const Ranker ranker = RankerOf(instance, program);
    const size_t ranked = (*ranker.lists)[ranker.row].size();
    seats.push_back(static_cast<uint32_t>(
        std::min<size_t>(static_cast<size_t>(instance.programs[program].capacity), ranked)));
  }
  return seats;
}

absl::StatusOr<std::vector<uint32_t>> GraduatesPropose(const WishTable& wishes,
                                                       const std::vector<uint32_t>& capacity,
                                                       const StopToken& stop) {
  Proposals proposals(wishes, capacity);
  TROUPE_RETURN_IF_ERROR(proposals.Run(stop));
  return proposals.ProgramOfEach();
}

absl::StatusOr<std::vector<uint32_t>> GraduatesPropose(const Instance& instance,
                                                       const StopToken& stop) {
  return GraduatesPropose(WishTable(instance), SeatsOf(instance), stop);
}

absl::StatusOr<std::vector<uint32_t>> ProgramsPropose(const Instance& instance,
                                                      const StopToken& stop) {
  const WishTable wishes(instance);
  return Offers(instance, wishes).Run(stop);
}

}  // namespace troupe
