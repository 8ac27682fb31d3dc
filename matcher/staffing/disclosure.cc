#include "matcher/staffing/disclosure.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <tuple>
#include <utility>

namespace troupe::staffing {
namespace {

bool Contains(std::span<const uint32_t> cities, uint32_t city) {
  return std::find(cities.begin(), cities.end(), city) != cities.end();
}

bool IsFew(int64_t people) { return people > 0 && people < kFewestPeople; }

bool IsTooSmall(const Block& block) {
  return IsFew(block.locals) || (block.locals == 0 && IsFew(block.visitors));
}

// The blocks of one role, joined until none is too small or there is but one.
class RoleBlocks {
 public:
  RoleBlocks(const Market& market, uint32_t role) : market_(market) {
    for (const PeopleType& type : market.people) {
      const bool holds = std::any_of(type.crafts.begin(), type.crafts.end(),
                                     [&](const Craft& craft) { return craft.role == role; });
      if (holds && type.people > 0) holders_.push_back(&type);
    }
    for (uint32_t city = 0; city < market.cities.size(); ++city) {
      blocks_.push_back({.role = role, .cities = {city}});
      Count(blocks_.back());
    }
  }

  std::vector<Block> Join() {
    while (blocks_.size() > 1) {
      const auto small = std::find_if(blocks_.begin(), blocks_.end(), IsTooSmall);
      if (small == blocks_.end()) break;
      Block joined = std::move(*small);
      blocks_.erase(small);
      const auto other = std::min_element(
          blocks_.begin(), blocks_.end(), [&](const Block& a, const Block& b) {
            return OrderOf(joined, a) < OrderOf(joined, b);
          });
      other->cities.insert(other->cities.end(), joined.cities.begin(), joined.cities.end());
      std::sort(other->cities.begin(), other->cities.end());
      Count(*other);
    }
    for (Block& block : blocks_) block.is_hidden = IsTooSmall(block);
    return std::move(blocks_);
  }

 private:
  uint32_t RegionOf(const Block& block) const { return market_.cities[block.cities[0]].region; }

  // Whom to join: the same region first, then small ones, so that little is lost.
  std::tuple<bool, int64_t, uint32_t> OrderOf(const Block& joined, const Block& other) const {
    return {RegionOf(joined) != RegionOf(other), other.locals, other.cities[0]};
  }

  void Count(Block& block) const {
    block.locals = block.visitors = 0;
    for (const PeopleType* type : holders_) {
      const Reach& reach = market_.reaches[type->reach];
      const bool comes = std::any_of(
          reach.away.begin(), reach.away.end(),
          [&](const Destination& to) { return Contains(block.cities, to.city); });
      if (Contains(block.cities, reach.home)) {
        block.locals += type->people;
      } else if (comes) {
        block.visitors += type->people;
      }
    }
  }

  const Market& market_;
  std::vector<const PeopleType*> holders_;
  std::vector<Block> blocks_;
};

int64_t Rounded(int64_t value, int64_t step) { return (value + step / 2) / step * step; }

}  // namespace

std::vector<Block> BlocksOf(const Market& market) {
  std::vector<Block> blocks;
  for (uint32_t role = 0; role < market.roles.size(); ++role) {
    std::vector<Block> of_role = RoleBlocks(market, role).Join();
    std::move(of_role.begin(), of_role.end(), std::back_inserter(blocks));
  }
  return blocks;
}

std::vector<BlockGap> Publish(const Market& market, const GapReport& report,
                              std::span<const Block> blocks, std::span<const uint32_t> cities) {
  std::vector<BlockGap> published;
  for (uint32_t row = 0; row < blocks.size(); ++row) {
    const Block& block = blocks[row];
    const bool is_asked_for =
        cities.empty() || std::all_of(block.cities.begin(), block.cities.end(),
                                      [&](uint32_t city) { return Contains(cities, city); });
    if (block.is_hidden || !is_asked_for) continue;
    for (uint32_t week = 0; week < market.weeks; ++week) {
      CellGap sum;
      for (uint32_t city : block.cities) {
        const CellGap& gap = report.cells[market.DemandAt(week, block.role, city)];
        sum.demand += gap.demand;
        sum.filled += gap.filled;
        sum.travelling += gap.travelling;
        sum.shadow_millionths = std::max(sum.shadow_millionths, gap.shadow_millionths);
      }
      BlockGap gap = {.block = row,
                      .week = week,
                      .demand = Rounded(sum.demand, kPublishedMillidays),
                      .filled = Rounded(sum.filled, kPublishedMillidays),
                      .unmet = Rounded(sum.unmet(), kPublishedMillidays),
                      .shadow_millionths = Rounded(sum.shadow_millionths, kMillionths)};
      if (!IsFew(block.visitors)) gap.travelling = Rounded(sum.travelling, kPublishedMillidays);
      published.push_back(gap);
    }
  }
  return published;
}

}  // namespace troupe::staffing
