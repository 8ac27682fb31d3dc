#include "services/records/audience_record.h"

#include "services/records/record_values.h"
#include "troupe/storage/v1/types.pb.h"

namespace troupe {

namespace pb = storage::v1;

std::string SerializeAudience(const Ownership& ownership) {
  pb::Ownership message;
  Store(ownership, message);
  return DeterministicBytes(message);
}

absl::StatusOr<Ownership> ParseAudience(absl::string_view bytes) {
  pb::Ownership message;
  Ownership ownership;
  if (!ParseBytes(bytes, message) || !Load(message, ownership)) return RecordUnreadable("audience");
  return ownership;
}

}  // namespace troupe
