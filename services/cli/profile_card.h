#ifndef TROUPE_SERVICES_CLI_PROFILE_CARD_H_
#define TROUPE_SERVICES_CLI_PROFILE_CARD_H_

#include "matcher/base/day.h"
#include "services/cli/streams.h"
#include "troupe/v1/profile.pb.h"

namespace troupe {

// Writes a profile as a person reads it, with its calendar from the month of
// `today` on. What is not set is left out.
void PrintCard(const v1::Profile& profile, Day today, const Streams& streams);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_PROFILE_CARD_H_
