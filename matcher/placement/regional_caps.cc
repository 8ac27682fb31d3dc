#include "matcher/placement/regional_caps.h"

#include <algorithm>
#include <cstddef>
#include <tuple>

#include "matcher/placement/host_rounds.h"
#include "matcher/placement/wish_table.h"

namespace troupe {
namespace {

// Hosts are regions; programs in none are hosts by themselves and come after.
class RegionChoice {
 public:
  explicit RegionChoice(const Instance& instance)
      : instance_(instance), targets_(TargetsOf(instance)) {}

  std::vector<uint32_t> HostOfEach() const {
    std::vector<uint32_t> hosts;
    const auto regions = static_cast<uint32_t>(instance_.regions.size());
    for (uint32_t program = 0; program < instance_.programs.size(); ++program) {
      const uint32_t region = instance_.programs[program].region;
      hosts.push_back(region == kNoRow ? regions + program : region);
    }
    return hosts;
  }

  void Choose(uint32_t host, Applications& pool, Applications& out) {
    std::sort(pool.begin(), pool.end(), [](const Application& a, const Application& b) {
      return std::tie(a.program, a.place) < std::tie(b.program, b.place);
    });
    FindPrograms(pool);
    HandOut(host < instance_.regions.size() ? instance_.regions[host].cap : kNoCap);
    size_t kept = 0;
    for (const Asked& asked : asked_) {
      for (size_t i = asked.begin; i < asked.end; ++i) {
        if (static_cast<int64_t>(i - asked.begin) < asked.taken) {
          pool[kept++] = pool[i];
        } else {
          out.push_back(pool[i]);
        }
      }
    }
    pool.resize(kept);
  }

 private:
  // A program with its applications: a range of the pool, best first.
  struct Asked {
    size_t begin = 0;
    size_t end = 0;
    int64_t most = 0;  // That it could take.
    int64_t taken = 0;
  };

  void FindPrograms(const Applications& pool) {
    asked_.clear();
    for (size_t begin = 0, end = 0; begin < pool.size(); begin = end) {
      const uint32_t program = pool[begin].program;
      while (end < pool.size() && pool[end].program == program) ++end;
      const int64_t most = std::min(static_cast<int64_t>(end - begin),
                                    int64_t{instance_.programs[program].capacity});
      asked_.push_back({begin, end, most, std::min(most, targets_[program])});
    }
  }

  void HandOut(int64_t cap) {
    int64_t left = cap;
    for (const Asked& asked : asked_) left -= asked.taken;
    for (bool is_more = true; is_more && left > 0;) {
      is_more = false;
      for (Asked& asked : asked_) {
        if (left == 0 || asked.taken == asked.most) continue;
        ++asked.taken;
        --left;
        is_more = true;
      }
    }
  }

  const Instance& instance_;
  std::vector<int64_t> targets_;
  std::vector<Asked> asked_;  // Scratch.
};

}  // namespace

std::vector<int64_t> TargetsOf(const Instance& instance) {
  std::vector<int64_t> capacity(instance.regions.size(), 0);
  for (const ProgramRow& program : instance.programs) {
    if (program.region != kNoRow) capacity[program.region] += program.capacity;
  }
  std::vector<int64_t> left;  // Of each cap, once every program has its share.
  for (const Region& region : instance.regions) left.push_back(region.cap);
  std::vector<int64_t> targets;
  for (const ProgramRow& program : instance.programs) {
    int64_t target = program.capacity;
    if (program.region != kNoRow) {
      const int64_t cap = instance.regions[program.region].cap;
      if (cap < capacity[program.region]) target = cap * target / capacity[program.region];
      left[program.region] -= target;
    }
    targets.push_back(target);
  }
  for (size_t i = 0; i < targets.size(); ++i) {
    const ProgramRow& program = instance.programs[i];
    if (program.region == kNoRow || targets[i] == program.capacity) continue;
    if (left[program.region] == 0) continue;
    ++targets[i];
    --left[program.region];
  }
  return targets;
}

absl::StatusOr<std::vector<uint32_t>> PlaceUnderCaps(const Instance& instance,
                                                     const StopToken& stop) {
  RegionChoice choice(instance);
  return AskHosts(
      WishTable(instance), choice.HostOfEach(),
      [&](uint32_t host, Applications& pool, Applications& out) { choice.Choose(host, pool, out); },
      stop);
}

}  // namespace troupe
