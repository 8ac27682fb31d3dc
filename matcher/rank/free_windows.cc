#include "matcher/rank/free_windows.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/work_plan.h"

namespace troupe {
namespace {

constexpr int32_t kRowsBetweenStops = 4'096;

absl::Status Withdrawn() { return absl::CancelledError("the question was withdrawn"); }

// Who could take a seat, were it not for the dates.
struct Candidate {
  ProfileId id;
  DaySet busy;
  int32_t travel_days = 0;
};

bool IsOnlyCalendar(const RequirementSet& failures) {
  return failures.empty() || failures.IsOnly(Requirement::kCalendar);
}

DaySpan DatesOf(const std::vector<Demand>& openings) {
  std::optional<DaySpan> dates;
  for (const Demand& demand : openings) {
    if (!demand.HasWindow()) continue;
    const DaySpan window = demand.window();
    if (!dates.has_value()) dates = window;
    dates = DaySpan{std::min(dates->start, window.start), std::max(dates->limit, window.limit)};
  }
  return dates.value_or(DaySpan{});
}

// One question on its way to the answer.
class ProjectSearch {
 public:
  ProjectSearch(const Pool& pool, const ProjectWindowsQuestion& question, const StopToken& stop)
      : pool_(pool), question_(question), stop_(stop) {
    for (const Demand& demand : question.openings) {
      seats_.push_back(demand.scalars.open_seats);
      all_seats_ += static_cast<size_t>(demand.scalars.open_seats);
    }
  }

  absl::StatusOr<ProjectWindowsAnswer> Run() {
    for (const Demand& demand : question_.openings) {
      if (!AddCandidates(demand)) return Withdrawn();
    }
    const ShiftRun possible =
        PossibleShifts(DatesOf(question_.openings), question_.as_of, question_.from);
    ProjectWindowsAnswer answer;
    std::optional<Shortage> before;
    int32_t best_filled = -1;
    for (int32_t shift = possible.first; shift <= possible.last; ++shift) {
      if (stop_.StopRequested()) return Withdrawn();
      const SeatMatching matching = MatchedAt(shift);
      if (!matching.IsComplete()) {
        if (answer.windows.size() == question_.most) break;
        before = matching.WhyNotComplete();
        if (matching.filled() <= best_filled) continue;
        best_filled = matching.filled();
        answer.best_shift = shift;
        answer.shortage = *before;
      } else if (!answer.windows.empty() && answer.windows.back().shifts.last == shift - 1) {
        answer.windows.back().shifts.last = shift;
      } else if (answer.windows.size() < question_.most) {
        answer.windows.push_back({.shifts = {shift, shift},
                                  .people = PeopleAt(shift),
                                  .before = std::move(before)});
        before.reset();
      }
    }
    if (!answer.windows.empty()) {
      answer.best_shift.reset();
      answer.shortage = {};
    } else if (answer.best_shift.has_value()) {
      answer.people = PeopleAt(*answer.best_shift);
    }
    return answer;
  }

 private:
  bool AddCandidates(const Demand& demand) {
    const DatedDemand dated(demand, question_.as_of);
    std::vector<Candidate>& candidates = candidates_.emplace_back();
    int32_t rows = 0;
    bool stopped = false;
    pool_.ForEachInRole(demand.scalars.role, [&](const ProfileView& view, const RoleRow& role) {
      if (++rows % kRowsBetweenStops == 0 && stop_.StopRequested()) stopped = true;
      if (!IsVisibleTo(view, demand.scalars.owner) || demand.IsAttached(view.scalars->id)) {
        return !stopped;
      }
      if (!IsOnlyCalendar(FailuresOf(dated, view, &role))) return !stopped;
      candidates.push_back({view.scalars->id, view.busy, TravelDaysOf(demand, view)});
      return !stopped;
    });
    return !stopped;
  }

  // With as many people for an opening as there are seats in all, no others can
  // take them all away: more need not be looked for.
  SeatMatching MatchedAt(int32_t shift) const {
    absl::flat_hash_map<ProfileId, uint32_t> numbers;
    std::vector<std::vector<uint32_t>> people(question_.openings.size());
    for (size_t opening = 0; opening < people.size(); ++opening) {
      const WorkPlan plan(question_.openings[opening], question_.as_of, shift);
      for (const Candidate& candidate : candidates_[opening]) {
        if (people[opening].size() == all_seats_) break;
        if (!plan.IsMetBy(candidate.busy, candidate.travel_days)) continue;
        const auto [at, is_new] =
            numbers.emplace(candidate.id, static_cast<uint32_t>(numbers.size()));
        people[opening].push_back(at->second);
      }
    }
    return SeatMatching(seats_, std::move(people), numbers.size());
  }

  std::vector<int64_t> PeopleAt(int32_t shift) const {
    std::vector<int64_t> people;
    for (size_t opening = 0; opening < question_.openings.size(); ++opening) {
      const WorkPlan plan(question_.openings[opening], question_.as_of, shift);
      people.push_back(std::count_if(
          candidates_[opening].begin(), candidates_[opening].end(),
          [&](const Candidate& one) { return plan.IsMetBy(one.busy, one.travel_days); }));
    }
    return people;
  }

  const Pool& pool_;
  const ProjectWindowsQuestion& question_;
  const StopToken& stop_;
  std::vector<int32_t> seats_;
  size_t all_seats_ = 0;
  std::vector<std::vector<Candidate>> candidates_;  // By opening.
};

}  // namespace

ShiftRun PossibleShifts(DaySpan dates, Day as_of, Day from) {
  return {std::max(as_of, from) - dates.start, as_of + kCalendarHorizonDays - dates.limit};
}

std::vector<ShiftRun> FreeShifts(const Demand& demand, const ProfileView& view, Day as_of,
                                 Day from, size_t most) {
  const int32_t travel_days = TravelDaysOf(demand, view);
  const ShiftRun possible = PossibleShifts(demand.window(), as_of, from);
  std::vector<ShiftRun> runs;
  for (int32_t shift = possible.first; shift <= possible.last; ++shift) {
    if (!WorkPlan(demand, as_of, shift).IsMetBy(view.busy, travel_days)) continue;
    if (!runs.empty() && runs.back().last == shift - 1) {
      runs.back().last = shift;
    } else if (runs.size() == most) {
      break;
    } else {
      runs.push_back({shift, shift});
    }
  }
  return runs;
}

absl::StatusOr<ProjectWindowsAnswer> FindProjectWindows(const Pool& pool,
                                                        const ProjectWindowsQuestion& question,
                                                        const StopToken& stop) {
  return ProjectSearch(pool, question, stop).Run();
}

}  // namespace troupe
