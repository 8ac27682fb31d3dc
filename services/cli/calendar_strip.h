#ifndef TROUPE_SERVICES_CLI_CALENDAR_STRIP_H_
#define TROUPE_SERVICES_CLI_CALENDAR_STRIP_H_

#include "matcher/base/day.h"
#include "services/cli/streams.h"
#include "troupe/v1/profile.pb.h"

namespace troupe {

// Writes the calendar of `profile` from the month of `today` on, a line a month
// and a letter a day, and what the letters mean:
//
//   2026-12  .......BBBBBBt...hhhh..xxxx....
void PrintCalendar(const v1::Profile& profile, Day today, int months, const Streams& streams);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_CALENDAR_STRIP_H_
