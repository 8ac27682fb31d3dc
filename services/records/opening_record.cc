#include "services/records/opening_record.h"

#include <algorithm>

#include "services/records/record_values.h"

namespace troupe {

namespace pb = storage::v1;

static_assert(pb::Opening::State_MAX == static_cast<int>(Opening::State::kClosed));
static_assert(pb::Window::Rule_MAX == static_cast<int>(Window::Rule::kContiguousDays));
static_assert(pb::Gender_MAX == static_cast<int>(Gender::kNonBinary));

void Store(const Window& value, pb::Window& message) {
  Store(value.span, *message.mutable_span());
  message.set_rule(static_cast<pb::Window::Rule>(value.rule));
  message.set_days(value.days);
}

bool Load(const pb::Window& message, Window& value) {
  if (message.rule() == pb::Window::RULE_UNSPECIFIED ||
      !pb::Window::Rule_IsValid(message.rule())) {
    return false;
  }
  value.rule = static_cast<Window::Rule>(message.rule());
  value.days = message.days();
  return LoadPart(message.has_span(), message.span(), value.span);
}

static void Store(const WantedSkill& value, pb::WantedSkill& message) {
  message.set_skill(value.skill);
  message.set_level(value.level);
  message.set_required(value.required);
}

static bool Load(const pb::WantedSkill& message, WantedSkill& value) {
  value = {.skill = message.skill(), .level = message.level(), .required = message.required()};
  return true;
}

static void Store(const CastingRequirement& value, pb::CastingRequirement& message) {
  for (const Gender gender : value.genders) {
    message.add_genders(static_cast<pb::Gender>(gender));
  }
  if (value.playing_age.has_value()) Store(*value.playing_age, *message.mutable_playing_age());
  if (value.height_cm.has_value()) Store(*value.height_cm, *message.mutable_height_cm());
}

static bool Load(const pb::CastingRequirement& message, CastingRequirement& value) {
  for (const int gender : message.genders()) {
    if (!pb::Gender_IsValid(gender)) return false;
    value.genders.push_back(static_cast<Gender>(gender));
  }
  return LoadPart(message.has_playing_age(), message.playing_age(), value.playing_age) &&
         LoadPart(message.has_height_cm(), message.height_cm(), value.height_cm);
}

void Store(const Attached& value, pb::Attached& message) {
  message.set_profile(value.profile.value());
  StoreTexts(value.roles, *message.mutable_roles());
}

bool Load(const pb::Attached& message, Attached& value) {
  value = {.profile = ProfileId(message.profile()), .roles = LoadedTexts(message.roles())};
  return true;
}

// Without bookings an opening has the bytes that it had before there were any.
static void StoreSeats(const Opening& value, pb::Opening& message) {
  const bool is_booked = std::any_of(value.seats.begin(), value.seats.end(),
                                     [](const Seat& seat) { return seat.hold != 0; });
  for (const Seat& seat : value.seats) {
    message.add_seats(seat.profile.value());
    if (is_booked) message.add_seat_holds(seat.hold);
  }
}

static bool LoadSeats(const pb::Opening& message, Opening& value) {
  const bool is_booked = message.seat_holds_size() != 0;
  if (is_booked && message.seat_holds_size() != message.seats_size()) return false;
  for (int i = 0; i < message.seats_size(); ++i) {
    value.seats.push_back({.number = i + 1,
                           .profile = ProfileId(message.seats(i)),
                           .hold = is_booked ? message.seat_holds(i) : 0});
  }
  return true;
}

void Store(const Opening& value, pb::Opening& message) {
  message.set_number(value.number);
  message.set_role(value.role);
  StoreSeats(value, message);
  message.set_state(static_cast<pb::Opening::State>(value.state));
  if (value.window.has_value()) Store(*value.window, *message.mutable_window());
  StoreAll(value.blocks, *message.mutable_blocks());
  message.set_blocks_needed(value.blocks_needed);
  if (value.pay_ceiling.has_value()) Store(*value.pay_ceiling, *message.mutable_pay_ceiling());
  StoreAll(value.skills, *message.mutable_skills());
  StoreTexts(value.languages, *message.mutable_languages());
  StoreTexts(value.credentials, *message.mutable_credentials());
  StoreAll(value.genres, *message.mutable_genres());
  message.set_place(value.place);
  StoreAll(value.attached, *message.mutable_attached());
  message.set_trainees_allowed(value.trainees_allowed);
  if (!value.casting.AsksNothing()) Store(value.casting, *message.mutable_casting());
}

bool Load(const pb::Opening& message, Opening& value) {
  if (message.state() == pb::Opening::STATE_UNSPECIFIED ||
      !pb::Opening::State_IsValid(message.state())) {
    return false;
  }
  value.number = message.number();
  value.role = message.role();
  value.state = static_cast<Opening::State>(message.state());
  value.languages = LoadedTexts(message.languages());
  value.credentials = LoadedTexts(message.credentials());
  value.place = message.place();
  value.trainees_allowed = message.trainees_allowed();
  value.blocks_needed = message.blocks_needed();
  return LoadSeats(message, value) &&
         LoadPart(message.has_window(), message.window(), value.window) &&
         LoadAll(message.blocks(), value.blocks) &&
         LoadPart(message.has_pay_ceiling(), message.pay_ceiling(), value.pay_ceiling) &&
         LoadAll(message.skills(), value.skills) && LoadAll(message.genres(), value.genres) &&
         LoadAll(message.attached(), value.attached) &&
         LoadPart(message.has_casting(), message.casting(), value.casting);
}

}  // namespace troupe
