#include "services/staffing/gap_cells.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "matcher/base/millionths.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/staffing/disclosure.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

using staffing::Area;
using staffing::AreaGap;
using staffing::CellGap;
using staffing::GapReport;
using staffing::Market;

// A area with the cities of the market instead of rows. Rows in which nothing is needed
// are not in the market and add nothing.
struct ShownArea {
  Area area;
  std::vector<uint32_t> rows;  // By city of the area.
  bool is_exact = false;
};

template <typename Value>
bool Contains(const std::vector<Value>& values, const Value& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool IsWhole(const MarketShape& shape, const Area& of_rows) {
  return std::none_of(of_rows.cities.begin(), of_rows.cities.end(),
                      [&](uint32_t row) { return Contains(shape.left_out_rows(), row); });
}

class CellWriter {
 public:
  CellWriter(const GapScope& scope, const Market& market, const GapReport& report)
      : scope_(scope), market_(market), report_(report) {
    // People who work from anywhere go nowhere.
    const uint32_t anywhere = scope.shape.CityOf(scope.places.anywhere());
    for (size_t i = 0; i < report_.cells.size(); ++i) {
      if (i % market.cities.size() == anywhere) report_.cells[i].travelling = 0;
    }
  }

  std::vector<v1::GapCell> Write() {
    const std::vector<ShownArea> shown = Shown();
    std::vector<Area> areas;
    for (const ShownArea& area : shown) areas.push_back(area.area);
    std::vector<v1::GapCell> cells;
    for (const AreaGap& told : staffing::Publish(market_, report_, areas, {})) {
      const CellGap sum = SumOf(areas[told.area], told.week);
      if (sum.demand > 0) cells.push_back(CellOf(shown[told.area], told, sum));
    }
    return cells;
  }

 private:
  bool IsAskedFor(const Area& of_rows) const {
    const GapQuestion& question = scope_.question;
    const uint32_t role = scope_.shape.roles()[of_rows.role];
    if (!question.roles.empty() && !Contains(question.roles, role)) return false;
    return question.rows.empty() ||
           std::any_of(of_rows.cities.begin(), of_rows.cities.end(),
                       [&](uint32_t row) { return Contains(question.rows, row); });
  }

  std::vector<ShownArea> Shown() const {
    std::vector<ShownArea> shown;
    for (const Area& of_rows : scope_.supply.areas) {
      if (!IsAskedFor(of_rows)) continue;
      ShownArea added = {.area = of_rows,
                          .is_exact = of_rows.locals == 0 && of_rows.visitors == 0};
      added.area.cities.clear();
      for (const uint32_t row : of_rows.cities) {
        const uint32_t city = scope_.shape.CityOf(row);
        if (city == MarketShape::kNotThere) continue;
        added.area.cities.push_back(city);
        added.rows.push_back(row);
      }
      if (IsWhole(scope_.shape, of_rows) && !added.rows.empty()) shown.push_back(std::move(added));
    }
    return shown;
  }

  CellGap SumOf(const Area& area, uint32_t week) const {
    CellGap sum;
    for (const uint32_t city : area.cities) {
      const CellGap& gap = report_.cells[market_.DemandAt(week, area.role, city)];
      sum.demand += gap.demand;
      sum.filled += gap.filled;
      sum.travelling += gap.travelling;
      sum.shadow_millionths = std::max(sum.shadow_millionths, gap.shadow_millionths);
    }
    return sum;
  }

  bool IsNeededIn(uint32_t role, uint32_t city) const {
    for (uint32_t week = 0; week < market_.weeks; ++week) {
      if (market_.demand_millidays[market_.DemandAt(week, role, city)] > 0) return true;
    }
    return false;
  }

  v1::GapCell CellOf(const ShownArea& shown, const AreaGap& told, const CellGap& sum) const {
    const Area& area = shown.area;
    v1::GapCell cell;
    cell.set_role(ShippedRoles().roles()[scope_.shape.roles()[area.role]].id);
    for (size_t i = 0; i < shown.rows.size(); ++i) {
      if (!IsNeededIn(area.role, area.cities[i])) continue;
      const uint32_t row = shown.rows[i];
      if (row == scope_.places.anywhere()) {
        cell.set_anywhere(true);
      } else {
        const auto place = static_cast<size_t>(scope_.places.PlaceAt(row));
        cell.add_cities(ShippedPlaces().places()[place].id);
      }
    }
    *cell.mutable_week() = ToWire(scope_.question.weeks.At(told.week));
    cell.set_demand_millidays(sum.demand);
    // Demand is no secret, so the rounded one of the two others says the third. It is what
    // is unmet, lest cells that are filled look like gaps.
    const int64_t unmet = shown.is_exact ? sum.unmet() : std::min(told.unmet, sum.demand);
    const int64_t filled = sum.demand - unmet;
    cell.set_filled_millidays(filled);
    cell.set_unmet_millidays(unmet);
    cell.set_shadow_millionths(shown.is_exact ? sum.shadow_millionths : told.shadow_millionths);
    if (shown.is_exact) {
      cell.set_travelling_millidays(sum.travelling);
    } else if (told.travelling.has_value()) {
      cell.set_travelling_millidays(std::min(*told.travelling, filled));
    }
    cell.set_disclosure(scope_.supply.own_only[area.role] ? v1::GAP_DISCLOSURE_OWN_ONLY
                        : shown.is_exact                   ? v1::GAP_DISCLOSURE_EXACT
                                                           : v1::GAP_DISCLOSURE_ROUNDED);
    return cell;
  }

  const GapScope& scope_;
  const Market& market_;
  GapReport report_;
};

}  // namespace

std::vector<v1::GapCell> CellsOf(const GapScope& scope, const Market& market,
                                 const GapReport& report) {
  return CellWriter(scope, market, report).Write();
}

int64_t UntoldMillidays(const GapScope& scope, const Market& market) {
  int64_t untold = 0;
  for (const Area& of_rows : scope.supply.areas) {
    if (IsWhole(scope.shape, of_rows)) continue;
    for (const uint32_t row : of_rows.cities) {
      const uint32_t city = scope.shape.CityOf(row);
      if (city == MarketShape::kNotThere) continue;
      for (uint32_t week = 0; week < market.weeks; ++week) {
        untold += market.demand_millidays[market.DemandAt(week, of_rows.role, city)];
      }
    }
  }
  return untold;
}

v1::GapTotals TotalsOf(const std::vector<v1::GapCell>& cells) {
  int64_t demand = 0, filled = 0, travelling = 0;
  int32_t merged = 0, rounded = 0, own_only = 0;
  for (const v1::GapCell& cell : cells) {
    demand += cell.demand_millidays();
    filled += cell.filled_millidays();
    travelling += cell.travelling_millidays();
    merged += cell.cities_size() + cell.anywhere() > 1;
    rounded += cell.disclosure() == v1::GAP_DISCLOSURE_ROUNDED;
    own_only += cell.disclosure() == v1::GAP_DISCLOSURE_OWN_ONLY;
  }
  v1::GapTotals totals;
  totals.set_demand_millidays(demand);
  totals.set_filled_millidays(filled);
  totals.set_unmet_millidays(demand - filled);
  totals.set_travelling_millidays(travelling);
  totals.set_fill_rate_millionths(demand == 0 ? kMillionths : Share(filled, demand));
  totals.set_cells(static_cast<int32_t>(cells.size()));
  totals.set_merged_cells(merged);
  totals.set_rounded_cells(rounded);
  totals.set_own_only_cells(own_only);
  return totals;
}

}  // namespace troupe
