#include "services/records/day_record.h"

#include "services/records/record_values.h"
#include "troupe/storage/v1/day.pb.h"

namespace troupe {

namespace pb = storage::v1;

std::string SerializeDay(Day today) {
  pb::Today message;
  message.set_day(today.since_epoch());
  return DeterministicBytes(message);
}

absl::StatusOr<Day> ParseDay(absl::string_view bytes) {
  pb::Today message;
  if (!ParseBytes(bytes, message) || !message.has_day()) return RecordUnreadable("day");
  return Day(message.day());
}

}  // namespace troupe
