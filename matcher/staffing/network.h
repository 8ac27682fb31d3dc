#ifndef TROUPE_MATCHER_STAFFING_NETWORK_H_
#define TROUPE_MATCHER_STAFFING_NETWORK_H_

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/staffing/market.h"

namespace troupe::staffing {

// What a milliday somewhere is good for: its worth in millionths, and of equal
// worth the cheaper. One integer that sums and compares as the pair of both:
// worth * 2^32 - yuan. Sums along a path of 2 * kMostCells arcs fit.
using Gain = int64_t;
inline constexpr uint32_t kMostCells = 2'000;
inline constexpr int64_t kMostCost = 1'000'000;  // Of a day, reluctance included.

constexpr Gain GainOf(int64_t worth_millionths, int64_t cost) {
  return worth_millionths * (int64_t{1} << 32) - cost;
}
constexpr int64_t WorthOf(Gain gain) { return (gain + (int64_t{1} << 31)) >> 32; }
constexpr int64_t CostOf(Gain gain) { return WorthOf(gain) * (int64_t{1} << 32) - gain; }

// Who may work where, without numbers of any week: what a WeekSolver runs on.
// Immutable once built. Types are those of the market, then those that were added.
class Network {
 public:
  struct Leg {
    uint32_t city;
    Gain gain;  // Of going there: 0 at home, else -cost.
  };
  struct Trade {
    uint32_t role;
    Gain gain;  // Of working in it.
  };

  enum class Aim {
    kFillThenTravel,  // Most role-days, then least cost of travel.
    kFill,            // Most role-days, however far people go: fewer kinds of reach.
  };

  Network(uint32_t roles, uint32_t cities) : roles_(roles), cities_(cities) {}
  // All reaches and types of a market, numbered as there.
  Network(const Market& market, Aim aim);

  uint32_t AddReach(const Reach& reach, Aim aim);
  uint32_t AddType(uint32_t reach, std::span<const Craft> crafts, Aim aim);
  // Orders types; to be called after the last was added.
  void Seal();

  uint32_t roles() const { return roles_; }
  uint32_t cities() const { return cities_; }
  uint32_t cells() const { return roles_ * cities_; }
  // Whether any gain is more than worth: what Aim::kFill leaves out.
  bool has_costs() const { return has_costs_; }
  uint32_t types() const { return static_cast<uint32_t>(reach_of_.size()); }
  uint32_t reaches() const { return static_cast<uint32_t>(leg_starts_.size()) - 1; }
  uint32_t reach_of(uint32_t type) const { return reach_of_[type]; }
  std::span<const Leg> legs(uint32_t reach) const {
    return {legs_.data() + leg_starts_[reach], legs_.data() + leg_starts_[reach + 1]};
  }
  std::span<const Trade> trades(uint32_t type) const {
    return {trades_.data() + trade_starts_[type], trades_.data() + trade_starts_[type + 1]};
  }
  // A bit for each role of the type, modulo 64.
  uint64_t role_bits(uint32_t type) const { return role_bits_[type]; }
  // Types of one reach side by side.
  std::span<const uint32_t> by_reach() const { return by_reach_; }
  // Those with the fewest choices first.
  std::span<const uint32_t> by_choices() const { return by_choices_; }

 private:
  uint32_t roles_;
  uint32_t cities_;
  bool has_costs_ = false;
  std::vector<uint32_t> leg_starts_ = {0};
  std::vector<Leg> legs_;  // Home first.
  std::vector<uint32_t> trade_starts_ = {0};
  std::vector<Trade> trades_;
  std::vector<uint32_t> reach_of_;
  std::vector<uint64_t> role_bits_;
  std::vector<uint32_t> by_reach_;
  std::vector<uint32_t> by_choices_;
};

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_NETWORK_H_
