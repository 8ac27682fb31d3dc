#ifndef TROUPE_SERVICES_CLI_HOLD_CARD_H_
#define TROUPE_SERVICES_CLI_HOLD_CARD_H_

#include <vector>

#include "services/cli/hold_wording.h"
#include "services/cli/ink.h"
#include "services/cli/streams.h"
#include "troupe/v1/hold.pb.h"

namespace troupe {

// All of a hold that a person wants to know: where it stands, until when, for
// what, on which terms, and, with `history`, what became of it.
void PrintCard(const v1::Hold& hold, bool history, const Reading& reading, const Streams& streams);

// One line for each of `holds`, the opening below.
void PrintHolds(const std::vector<v1::Hold>& holds, const Reading& reading,
                const Streams& streams);

// The colour of a state: good is booked or accepted, bad has ended.
Ink InkOf(const v1::Hold& hold);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_HOLD_CARD_H_
