#ifndef TROUPE_SERVICES_RECORDS_PROFILE_RECORD_H_
#define TROUPE_SERVICES_RECORDS_PROFILE_RECORD_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/domain/profile.h"
#include "troupe/storage/v1/profile.pb.h"

namespace troupe {

// The bytes that a profile is stored as. Equal profiles give equal bytes, so
// bytes may be compared and hashed. Times are kept to the microsecond; all else
// is kept exactly.
std::string SerializeProfile(const Profile& profile);

// The profile that `bytes` hold. Returns DATA_LOSS, reason RECORD_UNREADABLE,
// for anything that SerializeProfile did not write; the message never shows
// what the bytes hold. Does not look at the rules of ValidateProfile: a record
// that was stored under older rules still reads.
absl::StatusOr<Profile> ParseProfile(absl::string_view bytes);

// The counts as they stand in the records of a profile and of its agenda; see
// record_values.h.
void Store(const HoldCounts& value, storage::v1::HoldCounts& message);
bool Load(const storage::v1::HoldCounts& message, HoldCounts& value);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RECORDS_PROFILE_RECORD_H_
