#ifndef TROUPE_SERVICES_CLI_RECORD_CARD_H_
#define TROUPE_SERVICES_CLI_RECORD_CARD_H_

#include "matcher/base/day.h"
#include "services/cli/streams.h"
#include "troupe/v1/opening.pb.h"
#include "troupe/v1/profile.pb.h"
#include "troupe/v1/project.pb.h"

namespace troupe {

// Records as a person reads them. What is not set is left out.

void PrintCard(const v1::Profile& profile, Day today, const Streams& streams);
void PrintCard(const v1::Project& project, const Streams& streams);
void PrintCard(const v1::Project& project, const v1::Opening& opening, const Streams& streams);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_RECORD_CARD_H_
