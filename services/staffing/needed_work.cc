#include "services/staffing/needed_work.h"

#include <algorithm>
#include <cstddef>
#include <span>

#include "absl/container/flat_hash_set.h"
#include "matcher/base/status_macros.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/index/demand.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/work_plan.h"
#include "matcher/staffing/market.h"
#include "services/records/project_record.h"

namespace troupe {
namespace {

constexpr int32_t kPageOfProjects = 1'000;

absl::Status Withdrawn() { return absl::CancelledError("the question was withdrawn"); }

staffing::DemandHistory NoWork(const WorkPlaces& places, const WeekRange& weeks) {
  staffing::DemandHistory work = {
      .weeks = weeks.weeks,
      .roles = static_cast<uint32_t>(ShippedRoles().roles().size()),
      .cities = places.rows()};
  work.millidays.resize(size_t{work.weeks} * work.roles * work.cities);
  return work;
}

uint32_t RowOf(const DemandScalars& demand, const WorkPlaces& places) {
  const bool is_anywhere = demand.remote_capable != 0 || demand.place == kNone;
  return is_anywhere ? places.anywhere() : places.RowOf(demand.place);
}

// Spreads work evenly over days. Shares of weeks are cut from running sums, so that they
// add up to all of it.
void Spread(const DaySpan& days, int64_t millidays, const WeekRange& weeks, size_t cells,
            size_t cell, std::vector<int64_t>& work) {
  const auto until = [&](Day day) {
    return millidays * std::clamp(day - days.start, 0, days.length()) / days.length();
  };
  const int32_t first = std::max(0, (days.start - weeks.first) / 7);
  for (auto week = static_cast<uint32_t>(first); week < weeks.weeks; ++week) {
    const Day monday = weeks.At(week);
    if (days.limit <= monday) break;
    work[week * cells + cell] += until(monday + 7) - until(monday);
  }
}

// Adds what `seats` seats of a demand ask for from `as_of` on, and returns all of it.
int64_t AddWork(const Demand& demand, int64_t seats, Day as_of, const WorkPlaces& places,
                const WeekRange& weeks, staffing::DemandHistory& work) {
  const WorkPlan plan(demand, as_of);
  const auto periods = static_cast<int64_t>(plan.periods().size());
  const size_t cell =
      static_cast<size_t>(demand.scalars.role) * work.cities + RowOf(demand.scalars, places);
  int64_t all = 0;
  for (const WorkPeriod& period : plan.periods()) {
    if (period.days.IsEmpty()) continue;
    const int64_t days = std::min(period.count, period.days.length());
    const int64_t millidays = seats * days * staffing::kMillidays * plan.needed() / periods;
    Spread(period.days, millidays, weeks, size_t{work.roles} * work.cities, cell, work.millidays);
    all += millidays;
  }
  return all;
}

void AddPast(const Project& project, const WorkPlaces& places, const WeekRange& weeks,
             staffing::DemandHistory& work) {
  for (const Opening& opening : project.openings) {
    // A draft has asked nobody for anything yet.
    if (opening.state == Opening::State::kDraft) continue;
    const Demand demand = MakeDemand(project, opening);
    if (demand.scalars.role == kNone || !demand.HasWindow()) continue;
    if (demand.window().start >= weeks.limit() || demand.window().limit <= weeks.first) continue;
    AddWork(demand, static_cast<int64_t>(opening.seats.size()), Day(kUndated), places, weeks,
            work);
  }
}

void TrimStart(staffing::DemandHistory& work) {
  const size_t cells = size_t{work.roles} * work.cities;
  const auto first = std::find_if(work.millidays.begin(), work.millidays.end(),
                                  [](int64_t millidays) { return millidays > 0; });
  const auto weeks = static_cast<uint32_t>(static_cast<size_t>(first - work.millidays.begin()) /
                                           cells);
  work.millidays.erase(work.millidays.begin(),
                       work.millidays.begin() + static_cast<std::ptrdiff_t>(weeks * cells));
  work.weeks -= weeks;
}

}  // namespace

Day MondayOf(Day day) {
  // 1970-01-01 was a Thursday.
  const int32_t since_monday = ((day.since_epoch() + 3) % 7 + 7) % 7;
  return day - since_monday;
}

absl::StatusOr<OpenWork> OpenWorkIn(const Pool& pool, Term asker, const WorkPlaces& places,
                                    const WeekRange& weeks, const StopToken& stop) {
  OpenWork open = {.work = NoWork(places, weeks)};
  open.millidays_by_role.resize(open.work.roles);
  absl::flat_hash_set<uint64_t> projects;
  for (uint32_t role = 0; role < open.work.roles; ++role) {
    for (const auto& block : pool.OffersIn(static_cast<RoleIndex>(role))) {
      if (stop.StopRequested()) return Withdrawn();
      for (const Demand* demand : block->rows()) {
        if (!IsVisibleTo(*demand, asker) || !IsOffered(*demand, pool.today())) continue;
        if (!demand->HasWindow()) {
          ++open.undated;
          continue;
        }
        projects.insert(demand->scalars.project.value());
        open.millidays_by_role[role] += AddWork(*demand, demand->scalars.open_seats, pool.today(),
                                                places, weeks, open.work);
      }
    }
  }
  open.projects = static_cast<int64_t>(projects.size());
  return open;
}

absl::StatusOr<staffing::DemandHistory> PastWorkIn(const ViewSnapshot& now,
                                                   const OrganizationId& caller,
                                                   const WorkPlaces& places,
                                                   const WeekRange& weeks,
                                                   const StopToken& stop) {
  staffing::DemandHistory work = NoWork(places, weeks);
  ListQuery query = {.kind = EntityKind::kProject, .page_size = kPageOfProjects};
  query.filter.reader = caller;
  do {
    if (stop.StopRequested()) return Withdrawn();
    TROUPE_ASSIGN_OR_RETURN(const ListPage page, now.List(query));
    for (const StoredRecord& stored : page.records) {
      TROUPE_ASSIGN_OR_RETURN(const Project project, ParseProject(stored.bytes));
      AddPast(project, places, weeks, work);
    }
    query.after_key = page.next_key;
  } while (!query.after_key.empty());
  TrimStart(work);
  return work;
}

}  // namespace troupe
