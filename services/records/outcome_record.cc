#include "services/records/outcome_record.h"

#include "services/records/record_values.h"
#include "troupe/storage/v1/outcome.pb.h"

namespace troupe {

namespace pb = storage::v1;

static void Store(const Outcome& value, pb::Outcome& message) {
  message.set_profile(value.profile.value());
  message.set_kind(static_cast<uint32_t>(value.kind));
  message.set_reason(static_cast<uint32_t>(value.reason));
  message.set_rating_hundredths(value.rating_hundredths);
  message.set_time(StoredTime(value.time));
}

static bool Load(const pb::Outcome& message, Outcome& value) {
  value.profile = ProfileId(message.profile());
  value.kind = static_cast<Outcome::Kind>(message.kind());
  value.reason = static_cast<Outcome::Reason>(message.reason());
  value.rating_hundredths = message.rating_hundredths();
  value.time = LoadedTime(message.time());
  return value.profile && message.kind() >= 1 && message.kind() < kOutcomeKinds &&
         message.reason() <= static_cast<uint32_t>(Outcome::Reason::kOther);
}

std::string SerializeOutcomes(const OutcomeHistory& history) {
  pb::OutcomeHistory message;
  message.set_owner(history.owner.slug);
  message.set_project(history.opening.project.value());
  message.set_opening(history.opening.number);
  message.set_role(history.role);
  message.set_create_time(StoredTime(history.create_time));
  message.set_update_time(StoredTime(history.update_time));
  StoreAll(history.outcomes, *message.mutable_outcomes());
  return DeterministicBytes(message);
}

absl::StatusOr<OutcomeHistory> ParseOutcomes(absl::string_view bytes) {
  pb::OutcomeHistory message;
  OutcomeHistory history;
  if (!ParseBytes(bytes, message) || message.owner().empty() || message.project() == 0 ||
      message.outcomes().empty() || !LoadAll(message.outcomes(), history.outcomes)) {
    return RecordUnreadable("outcome history");
  }
  history.owner.slug = message.owner();
  history.opening = {ProjectId(message.project()), message.opening()};
  history.role = message.role();
  history.create_time = LoadedTime(message.create_time());
  history.update_time = LoadedTime(message.update_time());
  return history;
}

}  // namespace troupe
