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

bool IsTooSmall(const Area& area) {
  return IsFew(area.locals) || (area.locals == 0 && IsFew(area.visitors));
}

// The areas of one role, joined until none is too small or there is but one.
class RoleAreas {
 public:
  RoleAreas(const Market& market, uint32_t role) : market_(market) {
    for (const PeopleType& type : market.people) {
      const bool holds = std::any_of(type.crafts.begin(), type.crafts.end(),
                                     [&](const Craft& craft) { return craft.role == role; });
      if (holds && type.people > 0) holders_.push_back(&type);
    }
    for (uint32_t city = 0; city < market.cities.size(); ++city) {
      areas_.push_back({.role = role, .cities = {city}});
      Count(areas_.back());
    }
  }

  std::vector<Area> Join() {
    while (areas_.size() > 1) {
      const auto small = std::find_if(areas_.begin(), areas_.end(), IsTooSmall);
      if (small == areas_.end()) break;
      Area joined = std::move(*small);
      areas_.erase(small);
      const auto other = std::min_element(
          areas_.begin(), areas_.end(), [&](const Area& a, const Area& b) {
            return OrderOf(joined, a) < OrderOf(joined, b);
          });
      other->cities.insert(other->cities.end(), joined.cities.begin(), joined.cities.end());
      std::sort(other->cities.begin(), other->cities.end());
      Count(*other);
    }
    for (Area& area : areas_) area.is_hidden = IsTooSmall(area);
    return std::move(areas_);
  }

 private:
  uint32_t RegionOf(const Area& area) const { return market_.cities[area.cities[0]].region; }

  // Whom to join: the same region first, then small ones, so that little is lost.
  std::tuple<bool, int64_t, uint32_t> OrderOf(const Area& joined, const Area& other) const {
    return {RegionOf(joined) != RegionOf(other), other.locals, other.cities[0]};
  }

  void Count(Area& area) const {
    area.locals = area.visitors = 0;
    for (const PeopleType* type : holders_) {
      const Reach& reach = market_.reaches[type->reach];
      const bool comes = std::any_of(
          reach.away.begin(), reach.away.end(),
          [&](const Destination& to) { return Contains(area.cities, to.city); });
      if (Contains(area.cities, reach.home)) {
        area.locals += type->people;
      } else if (comes) {
        area.visitors += type->people;
      }
    }
  }

  const Market& market_;
  std::vector<const PeopleType*> holders_;
  std::vector<Area> areas_;
};

int64_t Rounded(int64_t value, int64_t step) { return (value + step / 2) / step * step; }

}  // namespace

std::vector<Area> AreasOf(const Market& market) {
  std::vector<Area> areas;
  for (uint32_t role = 0; role < market.roles.size(); ++role) {
    std::vector<Area> of_role = RoleAreas(market, role).Join();
    std::move(of_role.begin(), of_role.end(), std::back_inserter(areas));
  }
  return areas;
}

std::vector<AreaGap> Publish(const Market& market, const GapReport& report,
                              std::span<const Area> areas, std::span<const uint32_t> cities) {
  std::vector<AreaGap> published;
  for (uint32_t row = 0; row < areas.size(); ++row) {
    const Area& area = areas[row];
    const bool is_asked_for =
        cities.empty() || std::all_of(area.cities.begin(), area.cities.end(),
                                      [&](uint32_t city) { return Contains(cities, city); });
    if (area.is_hidden || !is_asked_for) continue;
    for (uint32_t week = 0; week < market.weeks; ++week) {
      CellGap sum;
      for (uint32_t city : area.cities) {
        const CellGap& gap = report.cells[market.DemandAt(week, area.role, city)];
        sum.demand += gap.demand;
        sum.filled += gap.filled;
        sum.travelling += gap.travelling;
        sum.shadow_millionths = std::max(sum.shadow_millionths, gap.shadow_millionths);
      }
      AreaGap gap = {.area = row,
                      .week = week,
                      .demand = Rounded(sum.demand, kPublishedMillidays),
                      .filled = Rounded(sum.filled, kPublishedMillidays),
                      .unmet = Rounded(sum.unmet(), kPublishedMillidays),
                      .shadow_millionths = Rounded(sum.shadow_millionths, kMillionths)};
      if (!IsFew(area.visitors)) gap.travelling = Rounded(sum.travelling, kPublishedMillidays);
      published.push_back(gap);
    }
  }
  return published;
}

}  // namespace troupe::staffing
