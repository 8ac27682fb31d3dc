#ifndef TROUPE_SERVICES_RECORDS_PLACED_ROUND_RECORD_H_
#define TROUPE_SERVICES_RECORDS_PLACED_ROUND_RECORD_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/placement/placed_round.h"
#include "services/records/record_head.h"

namespace troupe {

// The bytes of what a round was placed from and came to; without its cut-offs, which
// follow from the rest. The same for equal ones.
std::string SerializePlacedRound(const PlacedRound& round);

// Returns DATA_LOSS, reason RECORD_UNREADABLE.
absl::StatusOr<PlacedRound> ParsePlacedRound(absl::string_view bytes);

// A piece of these bytes, as it is stored.
struct RoundPart {
  RecordHead head;
  RoundId round;
  std::string piece;
};
std::string SerializeRoundPart(const RoundPart& part);
// Returns DATA_LOSS, reason RECORD_UNREADABLE.
absl::StatusOr<RoundPart> ParseRoundPart(absl::string_view bytes);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RECORDS_PLACED_ROUND_RECORD_H_
