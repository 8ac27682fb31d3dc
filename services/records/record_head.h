#ifndef TROUPE_SERVICES_RECORDS_RECORD_HEAD_H_
#define TROUPE_SERVICES_RECORDS_RECORD_HEAD_H_

#include <cstdint>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "matcher/domain/ownership.h"
#include "troupe/storage/v1/placement.pb.h"

namespace troupe {

// What the records of cohorts, programs, rounds, their parts and operations begin with:
// whose it is and when it was written.
struct RecordHead {
  uint64_t id = 0;
  Ownership ownership;
  ExternalId external_id;
  absl::Time create_time;
  absl::Time update_time;
};

// Of any such record. Returns DATA_LOSS, reason RECORD_UNREADABLE.
absl::StatusOr<RecordHead> ParseHead(absl::string_view bytes);

void Store(const RecordHead& value, storage::v1::ResourceHead& message);
bool Load(const storage::v1::ResourceHead& message, RecordHead& value);

// The head of `value`, which has the members of one.
template <typename Resource>
RecordHead HeadOf(const Resource& value) {
  return {value.id.value(), value.ownership, value.external_id, value.create_time,
          value.update_time};
}
template <typename Resource>
bool LoadHead(const storage::v1::ResourceHead& message, Resource& value) {
  RecordHead head;
  if (!Load(message, head)) return false;
  value.id = decltype(value.id)(head.id);
  value.ownership = std::move(head.ownership);
  value.external_id = std::move(head.external_id);
  value.create_time = head.create_time;
  value.update_time = head.update_time;
  return true;
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_RECORDS_RECORD_HEAD_H_
