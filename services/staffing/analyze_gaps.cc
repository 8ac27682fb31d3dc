#include "services/staffing/analyze_gaps.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/rank/eligibility.h"
#include "matcher/staffing/forecast.h"
#include "matcher/staffing/gaps.h"
#include "matcher/staffing/market.h"
#include "matcher/staffing/what_if.h"
#include "services/convert/types_conversion.h"
#include "services/staffing/gap_cells.h"
#include "services/staffing/gap_question.h"
#include "services/staffing/market_shape.h"
#include "services/staffing/needed_work.h"
#include "services/staffing/people_supply.h"
#include "services/staffing/work_places.h"

namespace troupe {
namespace {

using staffing::GapReport;
using staffing::Market;

// Two years: seasons count once there are two of them.
constexpr int32_t kHistoryWeeks = 104;

// Work that is likely beside what is open, and what that is likely from.
struct LikelyWork {
  int32_t history_weeks = 0;
  int64_t millidays = 0;
};

// Adds to `open` where more is forecast.
absl::StatusOr<LikelyWork> AddForecast(const ViewSnapshot& now, const OrganizationId& caller,
                                       const WorkPlaces& places, const WeekRange& weeks,
                                       const StopToken& stop, staffing::DemandHistory& open) {
  const Day this_week = MondayOf(now.pool().today());
  const WeekRange past = {this_week - kHistoryWeeks * 7, kHistoryWeeks};
  TROUPE_ASSIGN_OR_RETURN(const staffing::DemandHistory history,
                          PastWorkIn(now, caller, places, past, stop));
  LikelyWork likely = {.history_weeks = static_cast<int32_t>(history.weeks)};
  if (history.weeks == 0) return likely;
  const auto skipped = static_cast<uint32_t>((weeks.first - this_week) / 7);
  TROUPE_ASSIGN_OR_RETURN(
      const std::vector<staffing::CellForecast> forecast,
      staffing::ForecastDemand(history, {.weeks = skipped + weeks.weeks}));
  const size_t cells = size_t{open.roles} * open.cities;
  for (size_t i = 0; i < open.millidays.size(); ++i) {
    const int64_t more = forecast[skipped * cells + i].expected - open.millidays[i];
    if (more <= 0) continue;
    open.millidays[i] += more;
    likely.millidays += more;
  }
  return likely;
}

std::vector<bool> FlagsOf(const std::vector<uint32_t>& numbers, size_t size) {
  std::vector<bool> flags(size);
  for (const uint32_t number : numbers) flags[number] = true;
  return flags;
}

Market MarketOf(const staffing::DemandHistory& work, const WorkPlaces& places,
                const MarketShape& shape, const PeopleSupply& supply) {
  Market market = {
      .weeks = work.weeks, .reaches = supply.reaches, .people = supply.people};
  for (const uint32_t role : shape.roles()) {
    market.roles.push_back(ShippedRoles().roles()[role].id);
  }
  for (const uint32_t row : shape.rows()) {
    market.cities.push_back({.id = absl::StrCat(row), .region = places.RegionOf(row)});
  }
  market.cities.push_back({.id = "elsewhere", .region = places.RegionOf(places.nowhere())});
  market.demand_millidays.resize(market.weeks * market.cells());
  for (size_t week = 0; week < market.weeks; ++week) {
    for (size_t role = 0; role < shape.roles().size(); ++role) {
      for (size_t city = 0; city < shape.rows().size(); ++city) {
        market.demand_millidays[market.DemandAt(week, role, city)] =
            work.millidays[(week * work.roles + shape.roles()[role]) * work.cities +
                           shape.rows()[city]];
      }
    }
  }
  return market;
}

int64_t SumOf(const std::vector<int64_t>& millidays) {
  int64_t sum = 0;
  for (const int64_t value : millidays) sum += value;
  return sum;
}

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
  const Pool& pool = now.pool();
  const Term asker = OrganizationTerm(caller);
  const WorkPlaces places(ShippedPlaces());
  TROUPE_ASSIGN_OR_RETURN(const GapQuestion question,
                          ReadGapQuestion(request, pool.today(), places));
  v1::AnalyzeGapsResponse response;
  *response.mutable_from() = ToWire(question.weeks.first);
  *response.mutable_until() = ToWire(question.weeks.limit());
  TROUPE_ASSIGN_OR_RETURN(OpenWork open,
                          OpenWorkIn(pool, asker, places, question.weeks, stop));
  response.set_undated_openings(open.undated);
  if (question.with_forecast) {
    TROUPE_ASSIGN_OR_RETURN(
        const LikelyWork likely,
        AddForecast(now, caller, places, question.weeks, stop, open.work));
    response.set_forecast_history_weeks(likely.history_weeks);
    response.set_forecast_millidays(likely.millidays);
  }
  const MarketShape shape(open.work, NeededByEdits(question, open, places),
                          {.roles = FlagsOf(question.roles, open.work.roles),
                           .rows = FlagsOf(question.rows, places.rows())},
                          places);
  if (shape.roles().empty()) {
    SayWhyEmpty(false, response);
    return response;
  }
  TROUPE_ASSIGN_OR_RETURN(
      const PeopleSupply supply,
      PeopleFor(pool, asker, places, shape, question.weeks, question.rates, stop));
  const Market market = MarketOf(open.work, places, shape, supply);
  const GapScope scope = {places, shape, supply, question};
  const auto cells_of = [&](const Market& of,
                            bool with_prices) -> absl::StatusOr<std::vector<v1::GapCell>> {
    TROUPE_ASSIGN_OR_RETURN(
        const GapReport report,
        staffing::AnalyzeGaps(of, {.with_shadow_prices = with_prices}, nullptr, stop));
    return CellsOf(scope, of, report);
  };
  const bool has_what_ifs = !question.edits.empty();
  Market asked = market;
  if (has_what_ifs) {
    TROUPE_ASSIGN_OR_RETURN(
        asked, staffing::WithEdits(market, EditsFor(question, open, places, shape)));
    TROUPE_ASSIGN_OR_RETURN(const std::vector<v1::GapCell> without, cells_of(market, false));
    *response.mutable_totals_without() = TotalsOf(without);
  }
  TROUPE_ASSIGN_OR_RETURN(std::vector<v1::GapCell> cells, cells_of(asked, true));
  *response.mutable_totals() = TotalsOf(cells);
  response.set_left_out_millidays(SumOf(open.work.millidays) - SumOf(market.demand_millidays) +
                                  UntoldMillidays(scope, market));
  if (cells.empty()) SayWhyEmpty(SumOf(asked.demand_millidays) > 0, response);
  List(std::move(cells), question.max_cells, response);
  return response;
}

}  // namespace troupe
