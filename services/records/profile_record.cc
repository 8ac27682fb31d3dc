#include "services/records/profile_record.h"

#include <array>
#include <utility>

#include "google/protobuf/arena.h"
#include "services/records/credit_record.h"
#include "services/records/record_values.h"
#include "troupe/storage/v1/profile.pb.h"

namespace troupe {

namespace pb = storage::v1;

static_assert(pb::Gender_MAX == static_cast<int>(Gender::kNonBinary));
static_assert(pb::CalendarEntry::Kind_MAX == static_cast<int>(CalendarEntry::Kind::kPending));

static void Store(const Contact& value, pb::Contact& message) {
  message.set_email(value.email);
  message.set_phone(value.phone);
  message.set_messenger(value.messenger);
}

static bool Load(const pb::Contact& message, Contact& value) {
  value = {.email = message.email(),
           .phone = message.phone(),
           .messenger = message.messenger()};
  return true;
}

static void Store(const Travel& value, pb::Travel& message) {
  message.set_anywhere(value.anywhere);
  StoreTexts(value.places, *message.mutable_places());
  message.set_radius_km(value.radius_km);
}

static bool Load(const pb::Travel& message, Travel& value) {
  value = {.anywhere = message.anywhere(),
           .places = LoadedTexts(message.places()),
           .radius_km = message.radius_km()};
  return true;
}

static void Store(const ProfileRole& value, pb::ProfileRole& message) {
  message.set_role(value.role);
  message.set_level(value.level);
  message.set_years(value.years);
  if (value.day_rate.has_value()) Store(*value.day_rate, *message.mutable_day_rate());
  message.set_grow_into(value.grow_into);
}

static bool Load(const pb::ProfileRole& message, ProfileRole& value) {
  value.role = message.role();
  value.level = message.level();
  value.years = message.years();
  value.grow_into = message.grow_into();
  return LoadPart(message.has_day_rate(), message.day_rate(), value.day_rate);
}

static void Store(const Skill& value, pb::Skill& message) {
  message.set_skill(value.skill);
  message.set_level(value.level);
}

static bool Load(const pb::Skill& message, Skill& value) {
  value = {.skill = message.skill(), .level = message.level()};
  return true;
}

static void Store(const CalendarEntry& value, pb::CalendarEntry& message) {
  message.set_kind(static_cast<pb::CalendarEntry::Kind>(value.kind));
  Store(value.days, *message.mutable_days());
  message.set_project(value.project.value());
  message.set_note(value.note);
  message.set_hold(value.hold);
  message.set_source(value.source);
}

static bool IsKind(pb::CalendarEntry::Kind kind) {
  return kind != pb::CalendarEntry::KIND_UNSPECIFIED && pb::CalendarEntry::Kind_IsValid(kind);
}

static bool Load(const pb::CalendarEntry& message, CalendarEntry& value) {
  if (!IsKind(message.kind())) return false;
  value.kind = static_cast<CalendarEntry::Kind>(message.kind());
  value.project = ProjectId(message.project());
  value.note = message.note();
  value.hold = message.hold();
  value.source = message.source();
  return LoadPart(message.has_days(), message.days(), value.days);
}

static void Store(const ZonedHours& value, pb::ZonedHours& message) {
  message.set_time_zone(value.time_zone);
  message.set_start_second(value.start_second);
  message.set_seconds(value.seconds);
}

static bool Load(const pb::ZonedHours& message, ZonedHours& value) {
  value = {.time_zone = message.time_zone(),
           .start_second = message.start_second(),
           .seconds = message.seconds()};
  return true;
}

static void Store(const CalendarRule& value, pb::CalendarRule& message) {
  message.set_kind(static_cast<pb::CalendarEntry::Kind>(value.kind));
  message.set_start(value.start.since_epoch());
  message.set_days(value.days);
  message.set_recurrence(value.recurrence);
  for (const Day day : value.except) message.add_except(day.since_epoch());
  if (value.hours.has_value()) Store(*value.hours, *message.mutable_hours());
  message.set_source(value.source);
  message.set_note(value.note);
}

static bool Load(const pb::CalendarRule& message, CalendarRule& value) {
  if (!IsKind(message.kind())) return false;
  value.kind = static_cast<CalendarEntry::Kind>(message.kind());
  value.start = Day(message.start());
  value.days = message.days();
  value.recurrence = message.recurrence();
  for (const int32_t day : message.except()) value.except.push_back(Day(day));
  value.source = message.source();
  value.note = message.note();
  return LoadPart(message.has_hours(), message.hours(), value.hours);
}

static void Store(const Casting& value, pb::Casting& message) {
  message.set_gender(static_cast<pb::Gender>(value.gender));
  if (value.playing_age.has_value()) Store(*value.playing_age, *message.mutable_playing_age());
  if (value.height_cm.has_value()) message.set_height_cm(*value.height_cm);
}

static bool Load(const pb::Casting& message, Casting& value) {
  if (!pb::Gender_IsValid(message.gender())) return false;
  value.gender = static_cast<Gender>(message.gender());
  if (message.has_height_cm()) value.height_cm = message.height_cm();
  return LoadPart(message.has_playing_age(), message.playing_age(), value.playing_age);
}

static void Store(const Wishes& value, pb::Wishes& message) {
  StoreTexts(value.genres, *message.mutable_genres());
  StoreTexts(value.places, *message.mutable_places());
  if (value.pay_floor.has_value()) Store(*value.pay_floor, *message.mutable_pay_floor());
}

static bool Load(const pb::Wishes& message, Wishes& value) {
  value.genres = LoadedTexts(message.genres());
  value.places = LoadedTexts(message.places());
  return LoadPart(message.has_pay_floor(), message.pay_floor(), value.pay_floor);
}

static void Store(const Rating& value, pb::Rating& message) {
  message.set_count(value.count);
  message.set_mean_thousandths(value.mean_thousandths);
}

static bool Load(const pb::Rating& message, Rating& value) {
  value = {.count = message.count(), .mean_thousandths = message.mean_thousandths()};
  return true;
}

void Store(const HoldCounts& value, pb::HoldCounts& message) {
  message.set_placed(value.placed);
  message.set_booked(value.booked);
  message.set_declined(value.declined);
  message.set_released(value.released);
  message.set_expired(value.expired);
}

bool Load(const pb::HoldCounts& message, HoldCounts& value) {
  value = {.placed = message.placed(),
           .booked = message.booked(),
           .declined = message.declined(),
           .released = message.released(),
           .expired = message.expired()};
  return true;
}

static void Store(const PreAcceptance& value, pb::PreAcceptance& message) {
  StoreTexts(value.roles, *message.mutable_roles());
  if (value.pay_floor.has_value()) Store(*value.pay_floor, *message.mutable_pay_floor());
  StoreTexts(value.places, *message.mutable_places());
  if (value.dates.has_value()) Store(*value.dates, *message.mutable_dates());
}

static bool Load(const pb::PreAcceptance& message, PreAcceptance& value) {
  value.roles = LoadedTexts(message.roles());
  value.places = LoadedTexts(message.places());
  return LoadPart(message.has_pay_floor(), message.pay_floor(), value.pay_floor) &&
         LoadPart(message.has_dates(), message.dates(), value.dates);
}

namespace {

void StoreIdentity(const Profile& value, pb::Profile& message) {
  message.set_id(value.id.value());
  Store(value.ownership, *message.mutable_ownership());
  if (value.external_id != ExternalId()) {
    Store(value.external_id, *message.mutable_external_id());
  }
  message.set_create_time(StoredTime(value.create_time));
  message.set_update_time(StoredTime(value.update_time));
}

bool LoadIdentity(const pb::Profile& message, Profile& value) {
  value.id = ProfileId(message.id());
  value.create_time = LoadedTime(message.create_time());
  value.update_time = LoadedTime(message.update_time());
  return value.id && Load(message.ownership(), value.ownership) &&
         LoadPart(message.has_external_id(), message.external_id(), value.external_id);
}

void StorePerson(const Profile& value, pb::Profile& message) {
  message.set_display_name(value.display_name);
  if (value.contact != Contact()) Store(value.contact, *message.mutable_contact());
  for (const OrganizationId& id : value.contact_consents) message.add_contact_consents(id.slug);
  message.set_agency(value.agency);
  message.set_home_place(value.home_place);
  if (value.travel != Travel()) Store(value.travel, *message.mutable_travel());
  if (value.casting != Casting()) Store(value.casting, *message.mutable_casting());
  if (value.wishes != Wishes()) Store(value.wishes, *message.mutable_wishes());
  if (value.rating != Rating()) Store(value.rating, *message.mutable_rating());
  message.set_time_zone(value.time_zone);
  if (value.hold_counts != HoldCounts()) Store(value.hold_counts, *message.mutable_hold_counts());
  StoreAll(value.pre_acceptances, *message.mutable_pre_acceptances());
}

bool LoadPerson(const pb::Profile& message, Profile& value) {
  value.display_name = message.display_name();
  value.agency = message.agency();
  value.home_place = message.home_place();
  value.time_zone = message.time_zone();
  for (const std::string& slug : message.contact_consents()) {
    value.contact_consents.push_back({.slug = slug});
  }
  return LoadPart(message.has_contact(), message.contact(), value.contact) &&
         LoadPart(message.has_travel(), message.travel(), value.travel) &&
         LoadPart(message.has_casting(), message.casting(), value.casting) &&
         LoadPart(message.has_wishes(), message.wishes(), value.wishes) &&
         LoadPart(message.has_rating(), message.rating(), value.rating) &&
         LoadPart(message.has_hold_counts(), message.hold_counts(), value.hold_counts) &&
         LoadAll(message.pre_acceptances(), value.pre_acceptances);
}

void StoreWork(const Profile& value, pb::Profile& message) {
  StoreAll(value.roles, *message.mutable_roles());
  StoreTexts(value.languages, *message.mutable_languages());
  StoreTexts(value.genres, *message.mutable_genres());
  StoreTexts(value.styles, *message.mutable_styles());
  StoreAll(value.skills, *message.mutable_skills());
  StoreTexts(value.credentials, *message.mutable_credentials());
  if (!value.credits.empty()) Store(value.credits, *message.mutable_credits());
  StoreAll(value.calendar.entries(), *message.mutable_calendar());
  StoreAll(value.calendar_rules, *message.mutable_calendar_rules());
}

bool LoadWork(const pb::Profile& message, Profile& value) {
  value.languages = LoadedTexts(message.languages());
  value.genres = LoadedTexts(message.genres());
  value.styles = LoadedTexts(message.styles());
  value.credentials = LoadedTexts(message.credentials());
  std::vector<CalendarEntry> entries;
  if (!LoadAll(message.calendar(), entries)) return false;
  value.calendar = Calendar(std::move(entries));
  return LoadAll(message.calendar_rules(), value.calendar_rules) &&
         LoadAll(message.roles(), value.roles) && LoadAll(message.skills(), value.skills) &&
         LoadPart(message.has_credits(), message.credits(), value.credits);
}

// What the message of a profile with few credits takes, so that few are made
// with an allocation.
constexpr size_t kUsualBytes = 16 * 1024;

}  // namespace

std::string SerializeProfile(const Profile& profile) {
  alignas(8) std::array<char, kUsualBytes> block;
  google::protobuf::Arena arena(block.data(), block.size());
  auto& message = *google::protobuf::Arena::CreateMessage<pb::Profile>(&arena);
  StoreIdentity(profile, message);
  StorePerson(profile, message);
  StoreWork(profile, message);
  return DeterministicBytes(message);
}

absl::StatusOr<Profile> ParseProfile(absl::string_view bytes) {
  alignas(8) std::array<char, kUsualBytes> block;
  google::protobuf::Arena arena(block.data(), block.size());
  auto& message = *google::protobuf::Arena::CreateMessage<pb::Profile>(&arena);
  Profile profile;
  if (!ParseBytes(bytes, message) || !LoadIdentity(message, profile) ||
      !LoadPerson(message, profile) || !LoadWork(message, profile)) {
    return RecordUnreadable("profile");
  }
  return profile;
}

}  // namespace troupe
