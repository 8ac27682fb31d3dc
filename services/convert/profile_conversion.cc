#include "services/convert/profile_conversion.h"

#include <string>
#include <utility>

#include "services/convert/calendar_conversion.h"
#include "services/convert/credit_conversion.h"
#include "services/convert/message_fields.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"

namespace troupe {

// A list longer than the contract allows is not read.
constexpr size_t kMostConsents = 200;
constexpr size_t kMostBlocked = 1'000;
constexpr size_t kMostRoles = 40;
constexpr size_t kMostSkills = 100;
constexpr size_t kMostCredits = 2'000;
constexpr size_t kMostPreAcceptances = 20;

static Contact FromWire(const v1::Contact& wire) {
  return {.email = wire.email(), .phone = wire.phone(), .messenger = wire.messenger()};
}

static v1::Contact ToWire(const Contact& contact) {
  v1::Contact wire;
  wire.set_email(contact.email);
  wire.set_phone(contact.phone);
  wire.set_messenger(contact.messenger);
  return wire;
}

static Travel FromWire(const v1::Travel& wire) {
  return {.anywhere = wire.anywhere(),
          .places = ReadTexts(wire.places()),
          .radius_km = wire.radius_km()};
}

static v1::Travel ToWire(const Travel& travel) {
  v1::Travel wire;
  wire.set_anywhere(travel.anywhere);
  WriteTexts(travel.places, *wire.mutable_places());
  wire.set_radius_km(travel.radius_km);
  return wire;
}

static ProfileRole FromWire(const v1::ProfileRole& wire, const Field& field) {
  ProfileRole role{.role = wire.role(), .level = wire.level(), .years = wire.years()};
  if (wire.has_day_rate()) role.day_rate = FromWire(wire.day_rate(), field["day_rate"]);
  role.grow_into = wire.grow_into();
  return role;
}

static v1::ProfileRole ToWire(const ProfileRole& role) {
  v1::ProfileRole wire;
  wire.set_role(role.role);
  wire.set_level(role.level);
  wire.set_years(role.years);
  if (role.day_rate.has_value()) *wire.mutable_day_rate() = ToWire(*role.day_rate);
  wire.set_grow_into(role.grow_into);
  return wire;
}

static Skill FromWire(const v1::Skill& wire, const Field&) {
  return {.skill = wire.skill(), .level = wire.level()};
}

static v1::Skill ToWire(const Skill& skill) {
  v1::Skill wire;
  wire.set_skill(skill.skill);
  wire.set_level(skill.level);
  return wire;
}

static Casting FromWire(const v1::Casting& wire, const Field& field) {
  const auto from = wire.has_playing_age_from() ? std::optional(wire.playing_age_from())
                                                : std::nullopt;
  const auto to =
      wire.has_playing_age_to() ? std::optional(wire.playing_age_to()) : std::nullopt;
  Casting casting;
  casting.gender = FromWire(wire.gender(), field["gender"]);
  casting.playing_age = PlayingAgeFromWire(from, to, field);
  if (wire.has_height_cm()) casting.height_cm = wire.height_cm();
  return casting;
}

static v1::Casting ToWire(const Casting& casting) {
  v1::Casting wire;
  wire.set_gender(ToWire(casting.gender));
  if (casting.playing_age.has_value()) {
    wire.set_playing_age_from(casting.playing_age->from);
    wire.set_playing_age_to(casting.playing_age->to);
  }
  if (casting.height_cm.has_value()) wire.set_height_cm(*casting.height_cm);
  return wire;
}

static Wishes FromWire(const v1::Wishes& wire, const Field& field) {
  Wishes wishes{.genres = ReadTexts(wire.genres()), .places = ReadTexts(wire.places())};
  if (wire.has_pay_floor()) wishes.pay_floor = FromWire(wire.pay_floor(), field["pay_floor"]);
  return wishes;
}

static v1::Wishes ToWire(const Wishes& wishes) {
  v1::Wishes wire;
  WriteTexts(wishes.genres, *wire.mutable_genres());
  WriteTexts(wishes.places, *wire.mutable_places());
  if (wishes.pay_floor.has_value()) *wire.mutable_pay_floor() = ToWire(*wishes.pay_floor);
  return wire;
}

static Rating FromWire(const v1::Rating& wire) {
  return {.count = wire.count(), .mean_thousandths = wire.mean_thousandths()};
}

static v1::Rating ToWire(const Rating& rating) {
  v1::Rating wire;
  wire.set_count(rating.count);
  wire.set_mean_thousandths(rating.mean_thousandths);
  return wire;
}

static v1::HoldCounts ToWire(const HoldCounts& counts) {
  v1::HoldCounts wire;
  wire.set_placed(counts.placed);
  wire.set_booked(counts.booked);
  wire.set_declined(counts.declined);
  wire.set_released(counts.released);
  wire.set_expired(counts.expired);
  return wire;
}

static PreAcceptance FromWire(const v1::PreAcceptance& wire, const Field& field) {
  PreAcceptance rule{.roles = ReadTexts(wire.roles()), .places = ReadTexts(wire.places())};
  if (wire.has_pay_floor()) rule.pay_floor = FromWire(wire.pay_floor(), field["pay_floor"]);
  if (wire.has_dates()) rule.dates = FromWire(wire.dates(), field["dates"]);
  return rule;
}

static v1::PreAcceptance ToWire(const PreAcceptance& rule) {
  v1::PreAcceptance wire;
  WriteTexts(rule.roles, *wire.mutable_roles());
  if (rule.pay_floor.has_value()) *wire.mutable_pay_floor() = ToWire(*rule.pay_floor);
  WriteTexts(rule.places, *wire.mutable_places());
  if (rule.dates.has_value()) *wire.mutable_dates() = ToWire(*rule.dates);
  return wire;
}

namespace {

std::vector<OrganizationId> ReadOrganizations(
    const Field& list, const google::protobuf::RepeatedPtrField<std::string>& names,
    size_t most) {
  return SortedDistinct(
      ReadEach(list, names, most, [](const std::string& name, const Field& field) {
        return ReadOrganizationName(field, name);
      }));
}

void ReadPerson(const v1::Profile& wire, const Field& field, Profile& profile) {
  profile.external_id = FromWire(wire.external_id(), field["external_id"]);
  profile.display_name = wire.display_name();
  profile.contact = FromWire(wire.contact());
  profile.contact_consents =
      ReadOrganizations(field["contact_consents"], wire.contact_consents(), kMostConsents);
  profile.ownership.findability = FromWire(wire.findability(), field["findability"]);
  profile.ownership.blocked_organizations = ReadOrganizations(
      field["blocked_organizations"], wire.blocked_organizations(), kMostBlocked);
  profile.agency = wire.agency();
  profile.home_place = wire.home_place();
  profile.travel = FromWire(wire.travel());
}

void ReadWork(const v1::Profile& wire, const Field& field, Profile& profile) {
  profile.roles = ReadAll(field["roles"], wire.roles(), kMostRoles);
  profile.languages = ReadTexts(wire.languages());
  profile.genres = ReadTexts(wire.genres());
  profile.styles = ReadTexts(wire.styles());
  profile.skills = ReadAll(field["skills"], wire.skills(), kMostSkills);
  profile.credentials = ReadTexts(wire.credentials());
  profile.credits = ReadAll(field["credits"], wire.credits(), kMostCredits);
  profile.calendar = FromWire(wire.calendar(), field["calendar"]);
  profile.casting = FromWire(wire.casting(), field["casting"]);
  profile.wishes = FromWire(wire.wishes(), field["wishes"]);
  profile.rating = FromWire(wire.rating());
  profile.time_zone = wire.time_zone();
  profile.pre_acceptances =
      ReadAll(field["pre_acceptances"], wire.pre_acceptances(), kMostPreAcceptances);
  profile.calendar_rules = FromWire(wire.calendar_rules(), field["calendar_rules"]);
}

void WriteIdentity(const Profile& profile, uint64_t version, v1::Profile& wire) {
  wire.set_name(FormatName(profile.id));
  wire.set_etag(FormatEtag(version));
  wire.set_organization(FormatName(profile.ownership.owner));
  *wire.mutable_create_time() = ToWire(profile.create_time);
  *wire.mutable_update_time() = ToWire(profile.update_time);
}

bool HasWishes(const Profile& profile) {
  const Wishes& wishes = profile.wishes;
  return !wishes.genres.empty() || !wishes.places.empty() || wishes.pay_floor.has_value();
}

// What everybody sees to whom the profile exists.
void WritePublic(const Profile& profile, v1::Profile& wire) {
  wire.set_display_name(profile.display_name);
  wire.set_findability(ToWire(profile.ownership.findability));
  wire.set_agency(profile.agency);
  wire.set_home_place(profile.home_place);
  if (profile.travel != Travel()) *wire.mutable_travel() = ToWire(profile.travel);
  WriteAll(profile.roles, *wire.mutable_roles());
  WriteTexts(profile.languages, *wire.mutable_languages());
  WriteTexts(profile.genres, *wire.mutable_genres());
  WriteTexts(profile.styles, *wire.mutable_styles());
  WriteAll(profile.skills, *wire.mutable_skills());
  WriteTexts(profile.credentials, *wire.mutable_credentials());
  WriteAll(profile.credits, *wire.mutable_credits());
  if (profile.casting != Casting()) *wire.mutable_casting() = ToWire(profile.casting);
  if (HasWishes(profile)) *wire.mutable_wishes() = ToWire(profile.wishes);
  if (profile.rating != Rating()) *wire.mutable_rating() = ToWire(profile.rating);
  wire.set_time_zone(profile.time_zone);
}

void WriteForOwner(const Profile& profile, v1::Profile& wire) {
  if (profile.external_id) *wire.mutable_external_id() = ToWire(profile.external_id);
  WriteNames(profile.contact_consents, *wire.mutable_contact_consents());
  WriteNames(profile.ownership.blocked_organizations, *wire.mutable_blocked_organizations());
  WriteAll(profile.pre_acceptances, *wire.mutable_pre_acceptances());
  if (profile.hold_counts != HoldCounts()) {
    *wire.mutable_hold_counts() = ToWire(profile.hold_counts);
  }
  *wire.mutable_calendar() = FullCalendar(profile.calendar, profile.id);
  *wire.mutable_calendar_rules() = FullCalendarRules(profile.calendar_rules);
}

}  // namespace

Profile FromWire(const v1::Profile& wire, const Field& field) {
  Profile profile;
  ReadPerson(wire, field, profile);
  ReadWork(wire, field, profile);
  return profile;
}

Profile FromWire(const v1::Profile& wire, Violations& found) {
  const Field message(&found);
  return FromWire(wire, message);
}

v1::Profile ToWire(const Profile& profile, uint64_t version, const Reader& reader) {
  v1::Profile wire;
  WriteIdentity(profile, version, wire);
  WritePublic(profile, wire);
  if (reader.MaySeeContactOf(profile) && profile.contact != Contact()) {
    *wire.mutable_contact() = ToWire(profile.contact);
  }
  if (reader.Owns(profile.ownership)) {
    WriteForOwner(profile, wire);
  } else {
    *wire.mutable_calendar() = PublicCalendar(profile);
  }
  return wire;
}

}  // namespace troupe
