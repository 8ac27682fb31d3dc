#ifndef TROUPE_SERVICES_STAFFING_NEEDED_WORK_H_
#define TROUPE_SERVICES_STAFFING_NEEDED_WORK_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/day.h"
#include "matcher/base/ids.h"
#include "matcher/base/stop_token.h"
#include "matcher/index/pool.h"
#include "matcher/staffing/forecast.h"
#include "services/log/view.h"
#include "services/staffing/work_places.h"

namespace troupe {

// Weeks from a Monday on.
struct WeekRange {
  Day first;
  uint32_t weeks = 0;

  Day limit() const { return first + static_cast<int32_t>(weeks) * 7; }
  Day At(uint32_t week) const { return first + static_cast<int32_t>(week) * 7; }
};

// The Monday of the week of `day`.
Day MondayOf(Day day);

// What open seats ask for.
struct OpenWork {
  staffing::DemandHistory work;  // Roles of the taxonomy, rows of WorkPlaces.
  int32_t undated = 0;           // Openings that ask for no days.
  // Of projects with dated open seats: how many there are, and what of each role all of
  // them need, in whatever weeks.
  int64_t projects = 0;
  std::vector<int64_t> millidays_by_role;
};

// Of openings that exist for `asker`, as staffing_service.proto says. CANCELLED.
absl::StatusOr<OpenWork> OpenWorkIn(const Pool& pool, Term asker, const WorkPlaces& places,
                                    const WeekRange& weeks, const StopToken& stop);

// What all seats, filled or not, of projects that exist for `caller` asked for in `weeks`,
// which are past; without the weeks before the first in which anything was. Reads all
// projects: blocks on disk. CANCELLED.
absl::StatusOr<staffing::DemandHistory> PastWorkIn(const ViewSnapshot& now,
                                                   const OrganizationId& caller,
                                                   const WorkPlaces& places,
                                                   const WeekRange& weeks,
                                                   const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_NEEDED_WORK_H_
