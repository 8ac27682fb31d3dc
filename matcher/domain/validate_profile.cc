#include "matcher/domain/validate_profile.h"

#include <algorithm>

#include "matcher/domain/field_rules.h"
#include "matcher/domain/recurrence.h"
#include "matcher/domain/time_zone.h"
#include "matcher/domain/validate_credit.h"
#include "matcher/domain/vocabulary_rules.h"

namespace troupe {
namespace {

constexpr size_t kMostRoles = 40;
constexpr size_t kMostSkills = 100;
constexpr int32_t kMostEntryDays = 3650;
constexpr int32_t kMostRuleDays = 366;

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

void CheckSource(const Field& field, absl::string_view source) {
  if (source.empty()) return;
  CheckSlug(field, source);
  if (source.size() > 40) {
    field.Report(absl::StrCat("is ", source.size(), " bytes long"), "give at most 40");
  }
}

void CheckCalendarEntry(const Field& field, const CalendarEntry& entry) {
  if (entry.hold != 0) return;  // Written by the engine.
  if (entry.kind < CalendarEntry::Kind::kBusy || CalendarEntry::Kind::kTravel < entry.kind) {
    field["kind"].Report("is not one that can be written",
                         "state KIND_BUSY, KIND_HELD, KIND_BOOKED or KIND_TRAVEL");
  }
  const Field dates = field["dates"];
  if (CheckDays(dates, entry.days) && entry.days.length() > kMostEntryDays) {
    dates.Report(absl::StrCat("is ", entry.days.length(), " days long"),
                 absl::StrCat("give at most ", kMostEntryDays));
  }
  CheckText(field["note"], entry.note, 200);
  CheckSource(field["source"], entry.source);
}

void CheckHours(const Field& field, const ZonedHours& hours) {
  if (!TimeZone::Find(hours.time_zone).has_value()) {
    field["time_zone"].Report("is no time zone of the IANA database",
                              "give one as \"America/New_York\"");
  }
  CheckNumber(field["start_second"], hours.start_second, 0, 86'399);
  CheckNumber(field["seconds"], hours.seconds, 1, kMostRuleDays * 86'400);
}

void CheckCalendarRule(const Field& field, const CalendarRule& rule) {
  if (rule.kind != CalendarEntry::Kind::kBusy && rule.kind != CalendarEntry::Kind::kHeld) {
    field["kind"].Report("is neither busy nor held", "state KIND_BUSY or KIND_HELD");
  }
  CheckDay(field["start"], rule.start);
  if (rule.start < Day(0)) field["start"].Report("is before 1970", "begin later");
  if (!rule.hours.has_value()) {
    CheckNumber(field["days"], rule.days, 1, kMostRuleDays);
  } else if (rule.days != 1) {
    field["days"].Report("is given beside hours", "leave one of them out");
  }
  TextFault fault;
  if (!Recurrence::Parse(rule.recurrence, &fault).has_value()) {
    field["recurrence"].Report(fault.problem, fault.fix);
  }
  const Field except = field["except"];
  CheckEach(except, rule.except, 500, [](const Field& each, Day day) { CheckDay(each, day); });
  const Field hours = field["hours"];
  if (rule.hours.has_value()) CheckHours(hours, *rule.hours);
  CheckSource(field["source"], rule.source);
  CheckText(field["note"], rule.note, 200);
}

// The list's limit is for what the owner writes.
void CheckCalendar(const Field& list, const std::vector<CalendarEntry>& entries) {
  const auto of_holds = std::count_if(entries.begin(), entries.end(),
                                      [](const CalendarEntry& entry) { return entry.hold != 0; });
  CheckEach(list, entries, 1'000 + static_cast<size_t>(of_holds), CheckCalendarEntry);
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

void CheckTimeZone(const Field& field, const std::string& name) {
  if (name.empty() || TimeZone::Find(name).has_value()) return;
  field.Report("is no time zone of the IANA database",
               "give one as \"Asia/Shanghai\", or leave it out for that one");
}

void CheckPreAcceptance(const Field& field, const PreAcceptance& rule) {
  if (rule == PreAcceptance{}) {
    field.Report("states nothing, so that it would accept every hold",
                 "state roles, a pay floor, places or dates");
  }
  CheckEach(field["roles"], rule.roles, kMostRoles, CheckRole);
  CheckMoney(field["pay_floor"], rule.pay_floor);
  CheckPlaces(field["places"], rule.places, 100);
  if (rule.dates.has_value()) CheckDays(field["dates"], *rule.dates);
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
  CheckCalendar(profile["calendar"], value.calendar.entries());
  CheckCasting(profile["casting"], value.casting);
  CheckWishes(profile["wishes"], value.wishes);
  CheckRating(profile["rating"], value.rating);
  CheckTimeZone(profile["time_zone"], value.time_zone);
  CheckEach(profile["pre_acceptances"], value.pre_acceptances, 20, CheckPreAcceptance);
  CheckEach(profile["calendar_rules"], value.calendar_rules, 100, CheckCalendarRule);
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
