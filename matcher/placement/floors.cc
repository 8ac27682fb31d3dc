#include "matcher/placement/floors.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "matcher/base/violation.h"
#include "matcher/placement/max_flow.h"
#include "matcher/placement/wish_table.h"

namespace troupe {
namespace {

// Graduates sent to regions until each region of `included` has its floor, as far as
// that goes.
class FloorFlow {
 public:
  FloorFlow(const Instance& instance, const WishTable& wishes, const std::vector<bool>& included)
      : wishes_(wishes),
        edges_(wishes.size()),
        flow_(2 + instance.regions.size() + instance.programs.size() + wishes.size()) {
    const auto region_node = [](uint32_t region) { return 2 + region; };
    const auto program_node = [&](uint32_t program) {
      return 2 + static_cast<uint32_t>(instance.regions.size()) + program;
    };
    for (uint32_t region = 0; region < instance.regions.size(); ++region) {
      if (!included[region]) continue;
      asked_ += instance.regions[region].floor;
      flow_.AddEdge(kSource, region_node(region), instance.regions[region].floor);
    }
    for (uint32_t program = 0; program < instance.programs.size(); ++program) {
      const ProgramRow& row = instance.programs[program];
      if (row.region == kNoRow) continue;
      flow_.AddEdge(region_node(row.region), program_node(program), row.capacity);
    }
    const uint32_t first = program_node(static_cast<uint32_t>(instance.programs.size()));
    for (uint32_t graduate = 0; graduate < wishes.size(); ++graduate) {
      flow_.AddEdge(first + graduate, kSink, 1);
      for (const Wish& wish : wishes[graduate]) {
        edges_[graduate].push_back(flow_.AddEdge(program_node(wish.program), first + graduate, 1));
      }
    }
    found_ = flow_.Run(kSource, kSink);
  }

  bool MeetsAll() const { return found_ == asked_; }

  // Of those sent; kNoRow for the others.
  std::vector<uint32_t> ProgramOfEach() const {
    std::vector<uint32_t> program_of(wishes_.size(), kNoRow);
    for (uint32_t graduate = 0; graduate < wishes_.size(); ++graduate) {
      for (size_t i = 0; i < edges_[graduate].size(); ++i) {
        if (flow_.FlowOf(edges_[graduate][i]) > 0) {
          program_of[graduate] = wishes_[graduate][i].program;
        }
      }
    }
    return program_of;
  }

 private:
  static constexpr uint32_t kSource = 0;
  static constexpr uint32_t kSink = 1;

  const WishTable& wishes_;
  std::vector<std::vector<size_t>> edges_;  // By graduate, in the order of its wishes.
  MaxFlow flow_;
  int64_t asked_ = 0;
  int64_t found_ = 0;
};

// Leaves out one region after the other, as long as the rest conflict.
std::vector<uint32_t> SmallestConflict(const Instance& instance, const WishTable& wishes) {
  std::vector<bool> included(instance.regions.size(), true);
  for (size_t region = 0; region < included.size(); ++region) {
    included[region] = false;
    if (FloorFlow(instance, wishes, included).MeetsAll()) included[region] = true;
  }
  std::vector<uint32_t> conflict;
  for (uint32_t region = 0; region < included.size(); ++region) {
    if (included[region]) conflict.push_back(region);
  }
  return conflict;
}

absl::Status ConflictOf(const std::vector<uint32_t>& regions) {
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "FLOORS_CONFLICT",
      absl::StrCat("there are not enough graduates for the floors of ",
                   absl::StrJoin(regions, ", ",
                                 [](std::string* out, uint32_t region) {
                                   absl::StrAppend(out, "regions[", region, "]");
                                 }),
                   ", who may go there: lower one of these, or let more graduates go there"));
}

// Programs hold whom they rank best of those who have asked, as many as their quota,
// which only shrinks. At any time nobody envies anybody with reason.
class ShrinkingQuotas {
 public:
  ShrinkingQuotas(const Instance& instance, const WishTable& wishes)
      : instance_(instance),
        wishes_(wishes),
        held_(instance.programs.size()),
        counts_(instance.regions.size(), 0) {
    for (const ProgramRow& program : instance.programs) quotas_.push_back(program.capacity);
  }

  // Lets these graduates propose.
  void Propose(uint32_t graduate) { Ask(wishes_.starts()[graduate]); }

  // A graduate who does not propose takes one of the program's seats.
  void Seat(uint32_t program) {
    --quotas_[program];
    if (RegionOf(program) != kNoRow) ++counts_[RegionOf(program)];
  }

  void KeepCaps() {
    for (uint32_t region = 0; region < counts_.size();) {
      if (counts_[region] <= instance_.regions[region].cap) {
        ++region;
        continue;
      }
      Close(FullestOf(region));
      region = 0;  // Who lost the seat may be in another by now.
    }
  }

  // False if there is no seat left to close and a floor is not met; or CANCELLED.
  absl::StatusOr<bool> ReachFloors(const StopToken& stop) {
    while (IsShort()) {
      if (stop.StopRequested()) return absl::CancelledError("stopped while seats are closed");
      const std::optional<uint32_t> program = Spare();
      if (!program.has_value()) return false;
      Close(*program);
      KeepCaps();
    }
    return true;
  }

  void AddTo(std::vector<uint32_t>& program_of) const {
    for (uint32_t program = 0; program < held_.size(); ++program) {
      for (const auto& [place, wish] : held_[program]) {
        const auto above = std::upper_bound(wishes_.starts().begin(), wishes_.starts().end(), wish);
        program_of[static_cast<size_t>(above - wishes_.starts().begin()) - 1] = program;
      }
    }
  }

 private:
  using Held = std::pair<uint32_t, uint32_t>;  // Place and wish; the worst on top.

  uint32_t RegionOf(uint32_t program) const { return instance_.programs[program].region; }
  bool IsShort(uint32_t region) const { return counts_[region] < instance_.regions[region].floor; }
  bool IsShort() const {
    for (uint32_t region = 0; region < counts_.size(); ++region) {
      if (IsShort(region)) return true;
    }
    return false;
  }

  // Proposes along the list from `wish` on, and so does whoever has to go for it.
  void Ask(uint32_t wish) {
    while (wishes_.wishes()[wish].program != wishes_.no_program()) {
      const auto [program, place] = wishes_.wishes()[wish];
      std::vector<Held>& held = held_[program];
      held.emplace_back(place, wish);
      std::push_heap(held.begin(), held.end());
      if (RegionOf(program) != kNoRow) ++counts_[RegionOf(program)];
      if (static_cast<int64_t>(held.size()) <= quotas_[program]) return;
      wish = LetGo(program) + 1;
    }
  }

  // The wish of the worst that the program holds, who leaves.
  uint32_t LetGo(uint32_t program) {
    std::vector<Held>& held = held_[program];
    std::pop_heap(held.begin(), held.end());
    const uint32_t wish = held.back().second;
    held.pop_back();
    if (RegionOf(program) != kNoRow) --counts_[RegionOf(program)];
    return wish;
  }

  void Close(uint32_t program) {
    quotas_[program] = static_cast<int64_t>(held_[program].size()) - 1;
    Ask(LetGo(program) + 1);
  }

  uint32_t FullestOf(uint32_t region) const {
    uint32_t fullest = kNoRow;
    for (uint32_t program = 0; program < held_.size(); ++program) {
      if (RegionOf(program) != region || held_[program].empty()) continue;
      if (fullest == kNoRow || held_[program].size() > held_[fullest].size()) fullest = program;
    }
    return fullest;
  }

  // The program to close a seat of: best where whoever loses it can go on to a region
  // that is short; else where most are above the floor, for others may be moved on.
  std::optional<uint32_t> Spare() const {
    std::optional<uint32_t> spare;
    std::pair<bool, int64_t> best;
    for (uint32_t program = 0; program < held_.size(); ++program) {
      if (held_[program].empty()) continue;
      const uint32_t region = RegionOf(program);
      const int64_t above = region == kNoRow ? static_cast<int64_t>(held_[program].size())
                                            : counts_[region] - instance_.regions[region].floor;
      if (above <= 0) continue;
      const std::pair<bool, int64_t> value = {CanGoOn(held_[program].front().second), above};
      if (spare.has_value() && value <= best) continue;
      spare = program;
      best = value;
    }
    return spare;
  }

  bool CanGoOn(uint32_t wish) const {
    while (true) {
      const auto [program, place] = wishes_.wishes()[++wish];
      if (program == wishes_.no_program()) return false;
      if (RegionOf(program) == kNoRow || !IsShort(RegionOf(program))) continue;
      const std::vector<Held>& held = held_[program];
      if (static_cast<int64_t>(held.size()) < quotas_[program]) return true;
    }
  }

  const Instance& instance_;
  const WishTable& wishes_;
  std::vector<int64_t> quotas_;  // By program.
  std::vector<std::vector<Held>> held_;
  std::vector<int64_t> counts_;  // By region.
};

// Everybody whom the flow sent to a floor stays there; the others propose.
std::vector<uint32_t> FloorsFirst(const Instance& instance, const WishTable& wishes,
                                  std::vector<uint32_t> program_of) {
  ShrinkingQuotas quotas(instance, wishes);
  for (uint32_t program : program_of) {
    if (program != kNoRow) quotas.Seat(program);
  }
  for (uint32_t graduate = 0; graduate < program_of.size(); ++graduate) {
    if (program_of[graduate] == kNoRow) quotas.Propose(graduate);
  }
  quotas.KeepCaps();
  quotas.AddTo(program_of);
  return program_of;
}

}  // namespace

std::vector<uint32_t> ConflictingFloors(const Instance& instance) {
  const WishTable wishes(instance);
  const std::vector<bool> all(instance.regions.size(), true);
  if (FloorFlow(instance, wishes, all).MeetsAll()) return {};
  return SmallestConflict(instance, wishes);
}

absl::StatusOr<std::vector<uint32_t>> PlaceWithFloors(const Instance& instance,
                                                      const StopToken& stop) {
  const WishTable wishes(instance);
  const FloorFlow flow(instance, wishes, std::vector<bool>(instance.regions.size(), true));
  if (!flow.MeetsAll()) return ConflictOf(SmallestConflict(instance, wishes));
  ShrinkingQuotas quotas(instance, wishes);
  for (uint32_t graduate = 0; graduate < wishes.size(); ++graduate) quotas.Propose(graduate);
  quotas.KeepCaps();
  const absl::StatusOr<bool> is_met = quotas.ReachFloors(stop);
  if (!is_met.ok()) return is_met.status();
  if (!*is_met) return FloorsFirst(instance, wishes, flow.ProgramOfEach());
  std::vector<uint32_t> program_of(wishes.size(), kNoRow);
  quotas.AddTo(program_of);
  return program_of;
}

}  // namespace troupe
