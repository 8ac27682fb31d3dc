#ifndef TROUPE_SERVICES_CLI_MONTH_GRID_H_
#define TROUPE_SERVICES_CLI_MONTH_GRID_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "matcher/base/day.h"
#include "matcher/domain/calendar.h"
#include "services/cli/streams.h"

namespace troupe {

// Writes a month as a wall calendar does, weeks from Monday, each day with the
// letter and colour of what takes it up, `today` in brackets:
//
//                December 2026
//     Mo    Tu    We    Th    Fr    Sa    Su
//            1 .   2 B   3 B [ 4 B]  5 x   6 x
void PrintMonth(const std::vector<CalendarEntry>& entries, absl::CivilMonth month, Day today,
                const Streams& streams);

// Writes what the letters mean.
void PrintLegend(const Streams& streams);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_MONTH_GRID_H_
