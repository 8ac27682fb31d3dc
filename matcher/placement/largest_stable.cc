#include "matcher/placement/largest_stable.h"

#include <algorithm>
#include <cstddef>
#include <queue>
#include <span>
#include <tuple>

#include "matcher/placement/deferred_acceptance.h"
#include "matcher/placement/wish_table.h"

namespace troupe {
namespace {

// Each graduate goes down the list twice: the second time round, programs prefer it
// to those they rank equal who go down their first. Among programs that a graduate
// ranks equal, one with a seat that was never taken comes first. A graduate who had
// the choice of several such seats is *uncertain* while one is left, and gives way to
// anybody who asks for its seat: it loses nothing.
class TwoRounds {
 public:
  explicit TwoRounds(const Instance& instance)
      : instance_(instance),
        wishes_(instance),
        free_(SeatsOf(instance)),
        held_(free_.size()),
        uncertain_(free_.size()),
        graduates_(instance.graduates.size()) {
    is_out_.resize(wishes_.wishes().size(), false);
    RankWishes();
  }

  absl::StatusOr<std::vector<uint32_t>> Run(const StopToken& stop) {
    for (uint32_t graduate = 0; graduate < graduates_.size(); ++graduate) {
      graduates_[graduate].group = wishes_.starts()[graduate];
      asking_.push(graduate);
    }
    for (size_t steps = 0; !asking_.empty(); ++steps) {
      if (steps % 4096 == 0 && stop.StopRequested()) {
        return absl::CancelledError("stopped while graduates propose");
      }
      const uint32_t graduate = asking_.front();
      asking_.pop();
      Ask(graduate);
    }
    std::vector<uint32_t> program_of;
    for (const Graduate& graduate : graduates_) program_of.push_back(graduate.program);
    return program_of;
  }

 private:
  struct Graduate {
    uint32_t program = kNoRow;
    uint32_t wish = kNoRow;   // That it sits by.
    uint32_t group = 0;      // The first wish of those ranked equal that it is at.
    bool is_second = false;  // Goes down its list for the second time.
  };
  // Whom a program holds; on top who has to go first. Of those who have left since,
  // too: IsStale.
  struct Held {
    uint32_t rank;
    bool is_second;
    uint32_t graduate;
    uint32_t wish;

    friend bool operator<(const Held& a, const Held& b) {
      return std::tuple(a.rank, b.is_second, a.graduate) <
             std::tuple(b.rank, a.is_second, b.graduate);
    }
  };

  uint32_t ProgramAt(uint32_t wish) const { return wishes_.wishes()[wish].program; }
  uint32_t EndOf(uint32_t graduate) const { return wishes_.starts()[graduate + 1] - 1; }

  // Lists may have lost entries to programs that do not rank the graduate, so where a
  // wish is in the table does not tell its rank.
  void RankWishes() {
    ranks_.resize(wishes_.wishes().size(), kNoRow);
    for (uint32_t graduate = 0; graduate < wishes_.size(); ++graduate) {
      const std::span<const uint32_t> list = instance_.wishes[graduate];
      uint32_t wish = wishes_.starts()[graduate];
      for (size_t position = 0; position < list.size(); ++position) {
        if (ProgramAt(wish) != list[position]) continue;
        ranks_[wish++] = instance_.wishes.RankAt(graduate, position);
      }
    }
  }

  uint32_t ProgramsRank(uint32_t wish) const {
    const Wish& at = wishes_.wishes()[wish];
    return instance_.priorities.RankAt(at.program, at.place);
  }

  // The wish after the last that is ranked equal to `group`.
  uint32_t EndOfGroup(uint32_t graduate, uint32_t group) const {
    uint32_t end = group + 1;
    while (end < EndOf(graduate) && ranks_[end] == ranks_[group]) ++end;
    return end;
  }

  // Seats never taken at the programs of the group, but two are enough to know.
  uint32_t FreeSeats(uint32_t group, uint32_t end) const {
    uint32_t seats = 0;
    for (uint32_t wish = group; wish < end && seats < 2; ++wish) seats += free_[ProgramAt(wish)];
    return seats;
  }

  // The wish of the group to ask next; `end` if all have said no.
  uint32_t Pick(uint32_t group, uint32_t end) const {
    uint32_t asked = end;
    for (uint32_t wish = end; wish-- > group;) {
      if (free_[ProgramAt(wish)] > 0) return wish;
      if (!is_out_[wish]) asked = wish;
    }
    return asked;
  }

  void Ask(uint32_t graduate) {
    Graduate& own = graduates_[graduate];
    if (own.group >= EndOf(graduate)) {
      if (own.is_second || wishes_[graduate].empty()) return;
      own.is_second = true;
      own.group = wishes_.starts()[graduate];
      std::fill(is_out_.begin() + own.group, is_out_.begin() + EndOf(graduate), false);
    }
    const uint32_t end = EndOfGroup(graduate, own.group);
    const uint32_t wish = Pick(own.group, end);
    if (wish == end) {
      own.group = end;
      asking_.push(graduate);
      return;
    }
    const uint32_t program = ProgramAt(wish);
    if (free_[program] > 0) {
      if (FreeSeats(own.group, end) > 1) uncertain_[program].push_back(graduate);
      --free_[program];
      Sit(graduate, wish);
    } else if (MakesRoom(program) || Displaces(graduate, wish)) {
      Sit(graduate, wish);
    } else {
      is_out_[wish] = true;
      asking_.push(graduate);
    }
  }

  void Sit(uint32_t graduate, uint32_t wish) {
    const uint32_t program = ProgramAt(wish);
    Graduate& own = graduates_[graduate];
    own.program = program;
    own.wish = wish;
    held_[program].push({ProgramsRank(wish), own.is_second, graduate, wish});
  }

  // An uncertain graduate of the full program goes for another seat. Whoever is
  // certain once stays so, for no seat becomes free again.
  bool MakesRoom(uint32_t program) {
    std::vector<uint32_t>& uncertain = uncertain_[program];
    while (!uncertain.empty()) {
      const uint32_t graduate = uncertain.back();
      uncertain.pop_back();
      Graduate& other = graduates_[graduate];
      if (other.program != program) continue;
      if (FreeSeats(other.group, EndOfGroup(graduate, other.group)) == 0) continue;
      other.program = kNoRow;
      asking_.push(graduate);
      return true;
    }
    return false;
  }

  bool Displaces(uint32_t graduate, uint32_t wish) {
    const uint32_t program = ProgramAt(wish);
    std::priority_queue<Held>& held = held_[program];
    while (IsStale(program, held.top())) held.pop();
    const Held worst = held.top();
    const Held own = {ProgramsRank(wish), graduates_[graduate].is_second, graduate, wish};
    const bool is_above = std::tuple(own.rank, worst.is_second) <
                          std::tuple(worst.rank, own.is_second);
    if (!is_above) return false;
    held.pop();
    graduates_[worst.graduate].program = kNoRow;
    is_out_[worst.wish] = true;
    asking_.push(worst.graduate);
    return true;
  }

  bool IsStale(uint32_t program, const Held& held) const {
    const Graduate& graduate = graduates_[held.graduate];
    return graduate.program != program || graduate.is_second != held.is_second;
  }

  const Instance& instance_;
  const WishTable wishes_;
  std::vector<uint32_t> free_;  // Seats never taken, by program.
  std::vector<std::priority_queue<Held>> held_;
  std::vector<std::vector<uint32_t>> uncertain_;  // By program; some are no more.
  std::vector<Graduate> graduates_;
  std::vector<uint32_t> ranks_;  // By wish: in the graduate's list.
  std::vector<bool> is_out_;     // By wish: refused in this round.
  std::queue<uint32_t> asking_;
};

}  // namespace

absl::StatusOr<std::vector<uint32_t>> PlaceManyStably(const Instance& instance,
                                                      const StopToken& stop) {
  return TwoRounds(instance).Run(stop);
}

}  // namespace troupe
