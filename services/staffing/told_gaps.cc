#include "services/staffing/told_gaps.h"

#include <utility>

#include "absl/time/civil_time.h"
#include "services/convert/types_conversion.h"

namespace troupe {

ToldGaps::Names ToldGaps::NamesOf(const v1::GapCell& cell) {
  const v1::Date& week = cell.week();
  return {cell.role(),
          {cell.cities().begin(), cell.cities().end()},
          cell.anywhere(),
          Day(absl::CivilDay(week.year(), week.month(), week.day()))};
}

v1::GapCell ToldGaps::CellOf(const Names& names) {
  const auto& [role, cities, anywhere, week] = names;
  v1::GapCell cell;
  cell.set_role(role);
  cell.mutable_cities()->Assign(cities.begin(), cities.end());
  cell.set_anywhere(anywhere);
  *cell.mutable_week() = ToWire(week);
  return cell;
}

std::optional<v1::WatchGapsResponse> ToldGaps::Tell(v1::AnalyzeGapsResponse answer) {
  v1::WatchGapsResponse news;
  std::map<Names, std::string> cells;
  for (v1::GapCell& cell : *answer.mutable_cells()) {
    Names names = NamesOf(cell);
    std::string bytes = cell.SerializeAsString();
    const auto before = cells_.find(names);
    if (before == cells_.end() || before->second != bytes) *news.add_cells() = std::move(cell);
    cells.emplace(std::move(names), std::move(bytes));
  }
  for (const auto& [names, bytes] : cells_) {
    if (!cells.contains(names)) *news.add_gone() = CellOf(names);
  }
  answer.clear_cells();
  std::string summary = answer.SerializeAsString();
  const bool has_news =
      !has_told_ || !news.cells().empty() || !news.gone().empty() || summary != summary_;
  has_told_ = true;
  cells_ = std::move(cells);
  summary_ = std::move(summary);
  if (!has_news) return std::nullopt;
  *news.mutable_summary() = std::move(answer);
  return news;
}

}  // namespace troupe
