#include "services/records/agenda_record.h"

#include <utility>

#include "google/protobuf/arena.h"
#include "services/records/opening_record.h"
#include "services/records/profile_record.h"
#include "services/records/record_values.h"
#include "troupe/storage/v1/agenda.pb.h"

namespace troupe {

namespace pb = storage::v1;

static_assert(pb::Hold::State_MAX == static_cast<int>(HoldState::kCancelled));
static_assert(pb::Side_MAX == static_cast<int>(Side::kHolder));
static_assert(pb::Challenge::Phase_MAX == static_cast<int>(Challenge::Phase::kConfirm));

constexpr auto kLastKind = HoldEvent::Kind::kOvertaken;
constexpr auto kLastReason = HoldEvent::Reason::kBookingCancelled;

static void Store(const Days& value, google::protobuf::RepeatedPtrField<pb::DaySpan>& field) {
  StoreAll(value.Spans(), field);
}

// Spans that Store does not write, as empty ones and those that touch, are taken
// as their days.
static bool Load(const google::protobuf::RepeatedPtrField<pb::DaySpan>& field, Days& value) {
  std::vector<DaySpan> spans;
  if (!LoadAll(field, spans)) return false;
  value = Days::Of(spans);
  return true;
}

static bool LoadSide(pb::Side stored, Side& side) {
  side = static_cast<Side>(stored);
  return pb::Side_IsValid(stored);
}

static bool LoadReason(int32_t stored, HoldEvent::Reason& reason) {
  reason = static_cast<HoldEvent::Reason>(stored);
  return 0 <= stored && stored <= static_cast<int32_t>(kLastReason);
}

static bool LoadState(pb::Hold::State stored, HoldState& state) {
  state = static_cast<HoldState>(stored);
  return pb::Hold::State_IsValid(stored) && stored != pb::Hold::STATE_UNSPECIFIED;
}

static void Store(const HoldTerms& value, pb::HoldTerms& message) {
  if (value.day_rate.has_value()) Store(*value.day_rate, *message.mutable_day_rate());
  message.set_conditions(value.conditions);
}

static bool Load(const pb::HoldTerms& message, HoldTerms& value) {
  value.conditions = message.conditions();
  return LoadPart(message.has_day_rate(), message.day_rate(), value.day_rate);
}

static void Store(const CounterOffer& value, pb::CounterOffer& message) {
  Store(value.terms, *message.mutable_terms());
  message.set_by(static_cast<pb::Side>(value.by));
}

static bool Load(const pb::CounterOffer& message, CounterOffer& value) {
  return Load(message.terms(), value.terms) && LoadSide(message.by(), value.by);
}

static void Store(const Challenge& value, pb::Challenge& message) {
  message.set_phase(static_cast<pb::Challenge::Phase>(value.phase));
  for (const uint32_t number : value.challenged) message.add_challenged(number);
  message.set_deadline(StoredTime(value.deadline));
}

static bool Load(const pb::Challenge& message, Challenge& value) {
  value.phase = static_cast<Challenge::Phase>(message.phase());
  value.challenged = {message.challenged().begin(), message.challenged().end()};
  value.deadline = LoadedTime(message.deadline());
  return pb::Challenge::Phase_IsValid(message.phase()) &&
         message.phase() != pb::Challenge::PHASE_UNSPECIFIED;
}

static void Store(const BookedDays& value, pb::BookedDays& message) {
  Store(value.work, *message.mutable_work());
  Store(value.travel, *message.mutable_travel());
}

static bool Load(const pb::BookedDays& message, BookedDays& value) {
  return Load(message.work(), value.work) && Load(message.travel(), value.travel);
}

static void Store(const Confirmation& value, pb::Confirmation& message) {
  message.set_decision(value.decision.value());
  Store(value.days, *message.mutable_days());
  message.set_seat(value.seat);
  message.set_begun(StoredTime(value.begun));
  message.set_deadline(StoredTime(value.deadline));
}

static bool Load(const pb::Confirmation& message, Confirmation& value) {
  value.decision = DecisionId(message.decision());
  value.seat = message.seat();
  value.begun = LoadedTime(message.begun());
  value.deadline = LoadedTime(message.deadline());
  return value.decision && Load(message.days(), value.days);
}

static void Store(const HoldEnd& value, pb::HoldEnd& message) {
  message.set_time(StoredTime(value.time));
  message.set_reason(static_cast<int32_t>(value.reason));
  message.set_side(static_cast<pb::Side>(value.side));
  message.set_text(value.text);
  message.set_state_before(static_cast<pb::Hold::State>(value.state_before));
  message.set_booked_by(value.booked_by);
}

static bool Load(const pb::HoldEnd& message, HoldEnd& value) {
  value.time = LoadedTime(message.time());
  value.text = message.text();
  value.booked_by = message.booked_by();
  return LoadReason(message.reason(), value.reason) && LoadSide(message.side(), value.side) &&
         LoadState(message.state_before(), value.state_before);
}

static void Store(const HoldEvent& value, pb::HoldEvent& message) {
  message.set_time(StoredTime(value.time));
  message.set_kind(static_cast<int32_t>(value.kind));
  message.set_side(static_cast<pb::Side>(value.side));
  message.set_reason(static_cast<int32_t>(value.reason));
  message.set_text(value.text);
  if (value.terms.has_value()) Store(*value.terms, *message.mutable_terms());
  Store(value.days, *message.mutable_days());
}

static bool Load(const pb::HoldEvent& message, HoldEvent& value) {
  value.time = LoadedTime(message.time());
  value.kind = static_cast<HoldEvent::Kind>(message.kind());
  value.text = message.text();
  return 1 <= message.kind() && message.kind() <= static_cast<int32_t>(kLastKind) &&
         LoadReason(message.reason(), value.reason) && LoadSide(message.side(), value.side) &&
         LoadPart(message.has_terms(), message.terms(), value.terms) &&
         Load(message.days(), value.days);
}

namespace {

void StoreWish(const Hold& value, pb::Hold& message) {
  message.set_project(value.opening.project.value());
  message.set_opening(value.opening.number);
  message.set_holder(value.holder.slug);
  message.set_request(value.request);
  message.set_role(value.role);
  message.set_place(value.place);
  Store(value.window, *message.mutable_window());
  message.set_travel_days(value.travel_days);
  if (value.terms != HoldTerms()) Store(value.terms, *message.mutable_terms());
  message.set_placed(StoredTime(value.placed));
  message.set_deadline(StoredTime(value.deadline));
}

bool LoadWish(const pb::Hold& message, Hold& value) {
  value.opening = {.project = ProjectId(message.project()), .number = message.opening()};
  value.holder = {.slug = message.holder()};
  value.request = message.request();
  value.role = message.role();
  value.place = message.place();
  value.travel_days = message.travel_days();
  value.placed = LoadedTime(message.placed());
  value.deadline = LoadedTime(message.deadline());
  return message.has_window() && Load(message.window(), value.window) &&
         LoadPart(message.has_terms(), message.terms(), value.terms);
}

void StoreStanding(const Hold& value, pb::Hold& message) {
  message.set_state(static_cast<pb::Hold::State>(value.state));
  Store(value.days, *message.mutable_days());
  message.set_position(value.position);
  if (value.counter_offer.has_value()) {
    Store(*value.counter_offer, *message.mutable_counter_offer());
  }
  if (value.challenge.has_value()) Store(*value.challenge, *message.mutable_challenge());
  if (value.confirmation.has_value()) Store(*value.confirmation, *message.mutable_confirmation());
  if (value.undecided_until != absl::InfinitePast()) {
    message.set_undecided_until(StoredTime(value.undecided_until));
  }
  if (value.booked.has_value()) Store(*value.booked, *message.mutable_booked());
  message.set_seat(value.seat);
  message.set_decision(value.decision.value());
  message.set_seat_to_vacate(value.seat_to_vacate);
  if (value.end.has_value()) Store(*value.end, *message.mutable_end());
}

bool LoadStanding(const pb::Hold& message, Hold& value) {
  value.position = message.position();
  if (message.has_undecided_until()) value.undecided_until = LoadedTime(message.undecided_until());
  value.seat = message.seat();
  value.decision = DecisionId(message.decision());
  value.seat_to_vacate = message.seat_to_vacate();
  return LoadState(message.state(), value.state) && Load(message.days(), value.days) &&
         LoadPart(message.has_counter_offer(), message.counter_offer(), value.counter_offer) &&
         LoadPart(message.has_challenge(), message.challenge(), value.challenge) &&
         LoadPart(message.has_confirmation(), message.confirmation(), value.confirmation) &&
         LoadPart(message.has_booked(), message.booked(), value.booked) &&
         LoadPart(message.has_end(), message.end(), value.end);
}

}  // namespace

static void Store(const Hold& value, pb::Hold& message) {
  message.set_number(value.number);
  message.set_revision(value.revision);
  StoreWish(value, message);
  StoreStanding(value, message);
  StoreAll(value.history, *message.mutable_history());
  message.set_events(value.events);
}

static bool Load(const pb::Hold& message, Hold& value) {
  value.number = message.number();
  value.revision = message.revision();
  value.events = message.events();
  return value.number != 0 && LoadWish(message, value) && LoadStanding(message, value) &&
         LoadAll(message.history(), value.history);
}

static void Store(const OrphanedSeat& value, pb::OrphanedSeat& message) {
  message.set_project(value.project.value());
  message.set_hold(value.hold);
}

static bool Load(const pb::OrphanedSeat& message, OrphanedSeat& value) {
  value = {.project = ProjectId(message.project()), .hold = message.hold()};
  return value.project && value.hold != 0;
}

std::string SerializeAgenda(const Agenda& agenda) {
  google::protobuf::Arena arena;
  auto& message = *google::protobuf::Arena::CreateMessage<pb::Agenda>(&arena);
  message.set_profile(agenda.profile.value());
  StoreAll(agenda.holds, *message.mutable_holds());
  message.set_last_number(agenda.last_number);
  message.set_last_position(agenda.last_position);
  if (agenda.counts != HoldCounts()) Store(agenda.counts, *message.mutable_counts());
  StoreAll(agenda.orphaned_seats, *message.mutable_orphaned_seats());
  return DeterministicBytes(message);
}

absl::StatusOr<Agenda> ParseAgenda(absl::string_view bytes) {
  google::protobuf::Arena arena;
  auto& message = *google::protobuf::Arena::CreateMessage<pb::Agenda>(&arena);
  Agenda agenda;
  if (!ParseBytes(bytes, message) || message.profile() == 0 ||
      !LoadAll(message.holds(), agenda.holds) ||
      !LoadPart(message.has_counts(), message.counts(), agenda.counts) ||
      !LoadAll(message.orphaned_seats(), agenda.orphaned_seats)) {
    return RecordUnreadable("agenda");
  }
  agenda.profile = ProfileId(message.profile());
  agenda.last_number = message.last_number();
  agenda.last_position = message.last_position();
  return agenda;
}

AgendaAudience AudienceOf(const OrganizationId& owner, const Agenda& agenda) {
  AgendaAudience audience{.owner = owner};
  for (const Hold& hold : agenda.holds) {
    audience.holds.push_back(
        {hold.number, hold.holder, hold.opening.project, hold.revision});
  }
  return audience;
}

std::string SerializeAudience(const AgendaAudience& audience) {
  pb::AgendaAudience message;
  message.set_owner(audience.owner.slug);
  for (const HoldAudience& hold : audience.holds) {
    message.add_numbers(hold.number);
    message.add_holders(hold.holder.slug);
    message.add_projects(hold.project.value());
    message.add_revisions(hold.revision);
  }
  return DeterministicBytes(message);
}

absl::StatusOr<AgendaAudience> ParseAgendaAudience(absl::string_view bytes) {
  pb::AgendaAudience message;
  if (!ParseBytes(bytes, message) || message.numbers_size() != message.holders_size() ||
      message.numbers_size() != message.projects_size() ||
      message.numbers_size() != message.revisions_size()) {
    return RecordUnreadable("agenda");
  }
  AgendaAudience audience{.owner = {.slug = message.owner()}};
  for (int i = 0; i < message.numbers_size(); ++i) {
    audience.holds.push_back({.number = message.numbers(i),
                              .holder = {.slug = message.holders(i)},
                              .project = ProjectId(message.projects(i)),
                              .revision = message.revisions(i)});
  }
  return audience;
}

}  // namespace troupe
