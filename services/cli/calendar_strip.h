#ifndef TROUPE_SERVICES_CLI_CALENDAR_STRIP_H_
#define TROUPE_SERVICES_CLI_CALENDAR_STRIP_H_

#include <vector>

#include "matcher/base/day.h"
#include "matcher/domain/calendar.h"
#include "services/cli/streams.h"

namespace troupe {

// Writes a calendar from the month of `today` on, a line a month
// and a letter a day, and what the letters mean:
//
//   2026-12  .......BBBBBBt...hhhh..xxxx....
void PrintCalendar(const std::vector<CalendarEntry>& entries, Day today, int months,
                   const Streams& streams);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_CALENDAR_STRIP_H_
