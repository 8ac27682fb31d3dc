#include "services/records/decisions_record.h"

#include "services/records/record_values.h"
#include "troupe/storage/v1/decisions.pb.h"

namespace troupe {

namespace pb = storage::v1;

static_assert(pb::Decision::Outcome_MAX == static_cast<int>(Decision::kAbort));

static void Store(const SeatWish& value, pb::DecidedSeat& message) {
  message.set_opening(value.opening);
  message.set_seat(value.seat);
  message.set_profile(value.hold.profile.value());
  message.set_hold(value.hold.number);
}

static bool Load(const pb::DecidedSeat& message, SeatWish& value) {
  value = {.opening = message.opening(),
           .seat = message.seat(),
           .hold = {.profile = ProfileId(message.profile()), .number = message.hold()}};
  return true;
}

static void Store(const SeatDecision& value, pb::Decision& message) {
  message.set_id(value.id.value());
  message.set_outcome(static_cast<pb::Decision::Outcome>(value.outcome));
  message.set_time(StoredTime(value.time));
  message.set_body_hash(value.body_hash);
  message.set_reason(value.reason);
  StoreAll(value.seats, *message.mutable_seats());
}

static bool Load(const pb::Decision& message, SeatDecision& value) {
  if (message.id() == 0 || message.outcome() == pb::Decision::OUTCOME_UNSPECIFIED ||
      !pb::Decision::Outcome_IsValid(message.outcome())) {
    return false;
  }
  value.id = DecisionId(message.id());
  value.outcome = static_cast<Decision>(message.outcome());
  value.time = LoadedTime(message.time());
  value.body_hash = message.body_hash();
  value.reason = message.reason();
  return LoadAll(message.seats(), value.seats);
}

std::string SerializeDecisions(const ProjectDecisions& decisions) {
  pb::Decisions message;
  message.set_project(decisions.project.value());
  StoreAll(decisions.decisions, *message.mutable_decisions());
  return DeterministicBytes(message);
}

absl::StatusOr<ProjectDecisions> ParseDecisions(absl::string_view bytes) {
  pb::Decisions message;
  ProjectDecisions decisions;
  if (!ParseBytes(bytes, message) || message.project() == 0 ||
      !LoadAll(message.decisions(), decisions.decisions)) {
    return RecordUnreadable("decisions");
  }
  decisions.project = ProjectId(message.project());
  return decisions;
}

}  // namespace troupe
