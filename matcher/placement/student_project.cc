#include "matcher/placement/student_project.h"

#include <algorithm>

#include "matcher/placement/host_rounds.h"
#include "matcher/placement/wish_table.h"

namespace troupe {
namespace {

// Hosts are studios; programs without one are hosts by themselves and come after.
class StudioChoice {
 public:
  explicit StudioChoice(const Instance& instance)
      : instance_(instance), taken_(instance.programs.size(), 0) {}

  std::vector<uint32_t> HostOfEach() const {
    std::vector<uint32_t> hosts;
    const auto studios = static_cast<uint32_t>(instance_.studios.size());
    for (uint32_t program = 0; program < instance_.programs.size(); ++program) {
      const uint32_t studio = instance_.programs[program].studio;
      hosts.push_back(studio == kNoRow ? studios + program : studio);
    }
    return hosts;
  }

  // From the best down, whoever finds a seat at the program and with the studio.
  void Choose(uint32_t host, Applications& pool, Applications& out) {
    std::sort(pool.begin(), pool.end(), IsRankedAbove);
    const int64_t seats = host < instance_.studios.size()
                              ? instance_.studios[host].capacity
                              : static_cast<int64_t>(pool.size());
    size_t kept = 0;
    for (const Application& application : pool) {
      int32_t& taken = taken_[application.program];
      const bool fits = static_cast<int64_t>(kept) < seats &&
                        taken < instance_.programs[application.program].capacity;
      if (!fits) {
        out.push_back(application);
        continue;
      }
      ++taken;
      pool[kept++] = application;
    }
    pool.resize(kept);
    for (const Application& application : pool) taken_[application.program] = 0;
  }

 private:
  const Instance& instance_;
  std::vector<int32_t> taken_;  // By program; zero between choices.
};

}  // namespace

absl::StatusOr<std::vector<uint32_t>> PlaceUnderStudios(const Instance& instance,
                                                        const StopToken& stop) {
  StudioChoice choice(instance);
  return AskHosts(
      WishTable(instance), choice.HostOfEach(),
      [&](uint32_t host, Applications& pool, Applications& out) { choice.Choose(host, pool, out); },
      stop);
}

}  // namespace troupe
