#ifndef TROUPE_MATCHER_RANK_FREE_WINDOWS_H_
#define TROUPE_MATCHER_RANK_FREE_WINDOWS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/day.h"
#include "matcher/base/stop_token.h"
#include "matcher/index/demand.h"
#include "matcher/index/pool.h"
#include "matcher/rank/seat_matching.h"

namespace troupe {

// Moves of dates that all will do: by `first` days to `last` days, included.
struct ShiftRun {
  int32_t first = 0;
  int32_t last = 0;

  friend bool operator==(const ShiftRun&, const ShiftRun&) = default;
};

// The moves of `dates` that begin neither before `as_of` nor before `from` and end
// within the searchable days: from the first to the last; empty (last < first) if
// there is none.
ShiftRun PossibleShifts(DaySpan dates, Day as_of, Day from);

// The moves of the demand's dates, which it has, after which `view` is free for
// it, as runs: the earliest `most` of them.
std::vector<ShiftRun> FreeShifts(const Demand& demand, const ProfileView& view, Day as_of,
                                 Day from, size_t most);

// When all open seats of a project could be filled.
struct ProjectWindowsQuestion {
  std::vector<Demand> openings;  // Of one project, with open seats; one has dates.
  Day as_of;
  Day from;
  size_t most = 5;
};

// Dates of a project, moved, on which distinct people are free for all seats.
struct ProjectWindow {
  ShiftRun shifts;
  // Of the first: who is eligible and free, by opening.
  std::vector<int64_t> people;
  // The move by one day less, if it is possible, fails for this.
  std::optional<Shortage> before;
};

struct ProjectWindowsAnswer {
  std::vector<ProjectWindow> windows;  // The earliest first.
  // If there is none, but dates can be moved at all: the first of the moves that
  // fill the most seats, and why not more.
  std::optional<int32_t> best_shift;
  Shortage shortage;
  std::vector<int64_t> people;  // Then, by opening.
};

// Eligibility is that of FindProfiles, without those who are attached; a person
// takes one seat at most. Exact. CANCELLED if `stop` says so. Cost: the people in
// the roles once, then for each move as many as it takes to find enough who are
// free.
absl::StatusOr<ProjectWindowsAnswer> FindProjectWindows(const Pool& pool,
                                                        const ProjectWindowsQuestion& question,
                                                        const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_FREE_WINDOWS_H_
