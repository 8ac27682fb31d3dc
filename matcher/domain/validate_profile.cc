#include "matcher/domain/validate_profile.h"

#include "matcher/domain/field_rules.h"
#include "matcher/domain/validate_credit.h"
#include "matcher/domain/vocabulary_rules.h"

namespace troupe {
namespace {

constexpr size_t kMostRoles = 40;
constexpr size_t kMostSkills = 100;
constexpr int32_t kMostEntryDays = 3650;

void CheckContact(const Field& field, const Contact& contact) {
  CheckText(field["email"], contact.email, 200);
  CheckText(field["phone"], contact.phone, 200);
  CheckText(field["messenger"], contact.messenger, 200);
}

void CheckTravel(const Field& field, const Travel& travel) {
  CheckPlaces(field["places"], travel.places, 100);
  CheckNumber(field["radius_km"], travel.radius_km, 0, 20'000);
}

void CheckProfileRole(const Field& field, const ProfileRole& entry) {
  CheckRole(field["role"], entry.role);
  if (!entry.grow_into) {
    CheckNumber(field["level"], entry.level, 1, 5);
  } else if (entry.level != 0) {
    field["level"].Report(absl::StrCat("is ", entry.level, " for a role to grow into"),
                          "give 0, or leave out grow_into");
  }
  CheckNumber(field["years"], entry.years, 0, 80);
  CheckMoney(field["day_rate"], entry.day_rate);
}

void CheckRoles(const Field& list, const std::vector<ProfileRole>& roles) {
  CheckEach(list, roles, kMostRoles, CheckProfileRole);
  CheckDistinct(list, roles, kMostRoles, "role", &ProfileRole::role);
}

void CheckSkill(const Field& field, const Skill& entry) {
  CheckSlug(field["skill"], entry.skill);
  CheckNumber(field["level"], entry.level, 1, 5);
}

void CheckSkills(const Field& list, const std::vector<Skill>& skills) {
  CheckEach(list, skills, kMostSkills, CheckSkill);
  CheckDistinct(list, skills, kMostSkills, "skill", &Skill::skill);
}

void CheckCalendarEntry(const Field& field, const CalendarEntry& entry) {
  if (entry.kind < CalendarEntry::Kind::kBusy || CalendarEntry::Kind::kTravel < entry.kind) {
    field["kind"].Report("is not stated",
                         "state KIND_BUSY, KIND_HELD, KIND_BOOKED or KIND_TRAVEL");
  }
  const Field dates = field["dates"];
  if (CheckDays(dates, entry.days) && entry.days.length() > kMostEntryDays) {
    dates.Report(absl::StrCat("is ", entry.days.length(), " days long"),
                 absl::StrCat("give at most ", kMostEntryDays));
  }
  CheckText(field["note"], entry.note, 200);
}

void CheckCasting(const Field& field, const Casting& casting) {
  if (casting.gender > Gender::kNonBinary) {
    field["gender"].Report("is not a gender",
                           "state GENDER_FEMALE, GENDER_MALE or GENDER_NON_BINARY, or none");
  }
  if (casting.playing_age.has_value()) {
    CheckNumbers(field, "playing_age", *casting.playing_age, 0, 120);
  }
  if (casting.height_cm.has_value()) {
    CheckNumber(field["height_cm"], *casting.height_cm, 30, 260);
  }
}

void CheckWishes(const Field& field, const Wishes& wishes) {
  CheckEach(field["genres"], wishes.genres, 50, CheckWord);
  CheckPlaces(field["places"], wishes.places, 50);
  CheckMoney(field["pay_floor"], wishes.pay_floor);
}

void CheckRating(const Field& field, const Rating& rating) {
  if (rating.count == 0 && rating.mean_thousandths == 0) return;
  CheckNumber(field["count"], rating.count, 1, 1'000'000);
  CheckNumber(field["mean_thousandths"], rating.mean_thousandths, 1'000, 5'000);
}

void CheckWho(const Field& profile, const Profile& value) {
  CheckExternalId(profile["external_id"], value.external_id);
  RequireText(profile["display_name"], value.display_name, 200);
  CheckContact(profile["contact"], value.contact);
  CheckCount(profile["contact_consents"], value.contact_consents.size(), 200);
  CheckFindability(profile["findability"], value.ownership);
  CheckBlockedOrganizations(profile["blocked_organizations"], value.ownership);
  CheckText(profile["agency"], value.agency, 200);
  CheckPlace(profile["home_place"], value.home_place);
  CheckTravel(profile["travel"], value.travel);
}

void CheckWhat(const Field& profile, const Profile& value) {
  CheckRoles(profile["roles"], value.roles);
  CheckEach(profile["languages"], value.languages, 40, CheckLanguage);
  CheckEach(profile["genres"], value.genres, 50, CheckWord);
  CheckEach(profile["styles"], value.styles, 50, CheckWord);
  CheckSkills(profile["skills"], value.skills);
  CheckEach(profile["credentials"], value.credentials, 50, CheckSlug);
  CheckEach(profile["credits"], value.credits, 2'000, CheckCredit);
  CheckEach(profile["calendar"], value.calendar.entries(), 1'000, CheckCalendarEntry);
  CheckCasting(profile["casting"], value.casting);
  CheckWishes(profile["wishes"], value.wishes);
  CheckRating(profile["rating"], value.rating);
}

}  // namespace

Violations ValidateProfile(const Profile& profile) {
  Violations found;
  const Field message(&found);
  CheckWho(message, profile);
  CheckWhat(message, profile);
  return found;
}

}  // namespace troupe
