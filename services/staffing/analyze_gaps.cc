#include "services/staffing/analyze_gaps.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "matcher/base/status_macros.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/staffing/gaps.h"
#include "matcher/staffing/market.h"
#include "services/convert/types_conversion.h"
#include "services/staffing/gap_cells.h"
#include "services/staffing/gap_question.h"
#include "services/staffing/gathered_market.h"
#include "services/staffing/work_places.h"

namespace troupe {
namespace {

using staffing::GapReport;
using staffing::Market;

void SayWhyEmpty(bool is_needed_anywhere, v1::AnalyzeGapsResponse& response) {
  if (is_needed_anywhere) {
    response.set_empty_reason(v1::AnalyzeGapsResponse::EMPTY_REASON_FILTERED);
    response.set_empty_text(
        "nothing is needed in these roles and cities in these weeks: ask for others, or for all");
    return;
  }
  response.set_empty_reason(v1::AnalyzeGapsResponse::EMPTY_REASON_NO_DEMAND);
  response.set_empty_text(
      "no open seat of a project that you can see asks for days in these weeks: open openings "
      "with dates, look at other weeks, or add what-ifs");
}

void List(std::vector<v1::GapCell> cells, size_t most, v1::AnalyzeGapsResponse& response) {
  std::stable_sort(cells.begin(), cells.end(), [](const v1::GapCell& a, const v1::GapCell& b) {
    return a.unmet_millidays() > b.unmet_millidays();
  });
  const size_t listed = std::min(most, cells.size());
  response.set_cells_left_out(static_cast<int32_t>(cells.size() - listed));
  for (size_t i = 0; i < listed; ++i) *response.add_cells() = std::move(cells[i]);
}

}  // namespace

absl::StatusOr<v1::AnalyzeGapsResponse> GapsFor(const ViewSnapshot& now,
                                                const OrganizationId& caller,
                                                const v1::AnalyzeGapsRequest& request,
                                                const StopToken& stop) {
  const WorkPlaces places(ShippedPlaces());
  TROUPE_ASSIGN_OR_RETURN(const GapQuestion question,
                          ReadGapQuestion(request, now.pool().today(), places));
  v1::AnalyzeGapsResponse response;
  *response.mutable_from() = ToWire(question.weeks.first);
  *response.mutable_until() = ToWire(question.weeks.limit());
  TROUPE_ASSIGN_OR_RETURN(const GatheredMarket gathered,
                          GatherMarket(now, caller, question, places, nullptr, stop));
  response.set_undated_openings(gathered.open.undated);
  response.set_forecast_history_weeks(gathered.likely.history_weeks);
  response.set_forecast_millidays(gathered.likely.millidays);
  if (gathered.IsEmpty()) {
    SayWhyEmpty(false, response);
    return response;
  }
  const GapScope scope = {places, gathered.shape, gathered.supply, question};
  const auto cells_of = [&](const Market& of,
                            bool with_prices) -> absl::StatusOr<std::vector<v1::GapCell>> {
    TROUPE_ASSIGN_OR_RETURN(
        const GapReport report,
        staffing::AnalyzeGaps(of, {.with_shadow_prices = with_prices}, nullptr, stop));
    return CellsOf(scope, of, report);
  };
  if (!question.edits.empty()) {
    TROUPE_ASSIGN_OR_RETURN(const std::vector<v1::GapCell> without,
                            cells_of(gathered.as_it_is, false));
    *response.mutable_totals_without() = TotalsOf(without);
  }
  TROUPE_ASSIGN_OR_RETURN(std::vector<v1::GapCell> cells, cells_of(gathered.asked, true));
  *response.mutable_totals() = TotalsOf(cells);
  response.set_left_out_millidays(gathered.LeftOutMillidays() +
                                  UntoldMillidays(scope, gathered.as_it_is));
  if (cells.empty()) SayWhyEmpty(SumOf(gathered.asked.demand_millidays) > 0, response);
  List(std::move(cells), question.max_cells, response);
  return response;
}

}  // namespace troupe
