#include "services/staffing/gathered_market.h"

#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/index/profile_row.h"
#include "matcher/staffing/forecast.h"
#include "matcher/staffing/what_if.h"

namespace troupe {
namespace {

using staffing::Market;

// Two years: seasons count once there are two of them.
constexpr int32_t kHistoryWeeks = 104;

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

// With the roles of courses and their places, which whoever takes them has to reach.
void AddCourses(const CourseEntry& entry, MarketShape::Wanted& wanted) {
  for (const CourseEntry::Course& course : entry.courses) {
    wanted.roles[course.role] = true;
    wanted.rows[course.row] = true;
  }
}

}  // namespace

int64_t SumOf(const std::vector<int64_t>& millidays) {
  int64_t sum = 0;
  for (const int64_t value : millidays) sum += value;
  return sum;
}

int64_t GatheredMarket::LeftOutMillidays() const {
  return SumOf(open.work.millidays) - SumOf(as_it_is.demand_millidays);
}

absl::StatusOr<GatheredMarket> GatherMarket(const ViewSnapshot& now, const OrganizationId& caller,
                                            const GapQuestion& question,
                                            const WorkPlaces& places, const CourseEntry* entry,
                                            const StopToken& stop) {
  const Pool& pool = now.pool();
  const Term asker = OrganizationTerm(caller);
  TROUPE_ASSIGN_OR_RETURN(OpenWork open, OpenWorkIn(pool, asker, places, question.weeks, stop));
  LikelyWork likely;
  if (question.with_forecast) {
    TROUPE_ASSIGN_OR_RETURN(
        likely, AddForecast(now, caller, places, question.weeks, stop, open.work));
  }
  MarketShape::Wanted extra = NeededByEdits(question, open, places);
  if (entry != nullptr) AddCourses(*entry, extra);
  const MarketShape::Wanted kept = {.roles = FlagsOf(question.roles, open.work.roles),
                                    .rows = FlagsOf(question.rows, places.rows())};
  MarketShape shape(open.work, extra, kept, places);
  GatheredMarket gathered = {
      .open = std::move(open), .likely = likely, .shape = std::move(shape)};
  if (gathered.IsEmpty()) return gathered;
  TROUPE_ASSIGN_OR_RETURN(gathered.supply,
                          PeopleFor(pool, asker, places, gathered.shape, question.weeks,
                                    question.rates, entry, stop));
  gathered.as_it_is = MarketOf(gathered.open.work, places, gathered.shape, gathered.supply);
  const std::vector<staffing::Edit> edits =
      EditsFor(question, gathered.open, places, gathered.shape);
  TROUPE_ASSIGN_OR_RETURN(gathered.asked, staffing::WithEdits(gathered.as_it_is, edits));
  return gathered;
}

}  // namespace troupe
