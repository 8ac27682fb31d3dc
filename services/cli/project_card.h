#ifndef TROUPE_SERVICES_CLI_PROJECT_CARD_H_
#define TROUPE_SERVICES_CLI_PROJECT_CARD_H_

#include "services/cli/streams.h"
#include "troupe/v1/opening.pb.h"
#include "troupe/v1/project.pb.h"

namespace troupe {

// Writes a project, or one of its openings, as a person reads it. What is not
// set is left out.
void PrintCard(const v1::Project& project, const Streams& streams);
void PrintCard(const v1::Project& project, const v1::Opening& opening, const Streams& streams);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_PROJECT_CARD_H_
