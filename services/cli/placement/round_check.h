#ifndef TROUPE_SERVICES_CLI_PLACEMENT_ROUND_CHECK_H_
#define TROUPE_SERVICES_CLI_PLACEMENT_ROUND_CHECK_H_

#include "services/cli/defects.h"
#include "services/cli/placement/round_draft.h"

namespace troupe {

// Finds what is wrong between the rows of `draft`: ids twice or unknown, lists that name
// one twice, pairs of one graduate, floors that contradict caps, seats or each other,
// rows that the mechanism does not respect, ... as the server would, but by the rows of
// the files. What is allowed but looks like a mistake becomes a warning.
void CheckDraft(const RoundDraft& draft, Defects& defects);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_PLACEMENT_ROUND_CHECK_H_
