#include "services/records/record_head.h"

#include "services/records/record_values.h"

namespace troupe {

absl::StatusOr<RecordHead> ParseHead(absl::string_view bytes) {
  storage::v1::HeadedRecord message;
  RecordHead head;
  if (!ParseBytes(bytes, message) || !Load(message.head(), head)) return RecordUnreadable("head");
  return head;
}

void Store(const RecordHead& value, storage::v1::ResourceHead& message) {
  message.set_id(value.id);
  Store(value.ownership, *message.mutable_ownership());
  if (value.external_id) Store(value.external_id, *message.mutable_external_id());
  message.set_create_time(StoredTime(value.create_time));
  message.set_update_time(StoredTime(value.update_time));
}

bool Load(const storage::v1::ResourceHead& message, RecordHead& value) {
  value.id = message.id();
  value.create_time = LoadedTime(message.create_time());
  value.update_time = LoadedTime(message.update_time());
  return value.id != 0 && Load(message.ownership(), value.ownership) &&
         LoadPart(message.has_external_id(), message.external_id(), value.external_id);
}

}  // namespace troupe
