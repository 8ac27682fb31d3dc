#ifndef TROUPE_MATCHER_DOMAIN_PROFILE_H_
#define TROUPE_MATCHER_DOMAIN_PROFILE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "matcher/base/ids.h"
#include "matcher/domain/calendar.h"
#include "matcher/domain/calendar_rule.h"
#include "matcher/domain/casting.h"
#include "matcher/domain/credit.h"
#include "matcher/domain/hold_counts.h"
#include "matcher/domain/money.h"
#include "matcher/domain/ownership.h"
#include "matcher/domain/pre_acceptance.h"

namespace troupe {

// A role that a person holds, or wants to grow into.
struct ProfileRole {
  std::string role;
  int32_t level = 0;  // 1 to 5; 0 for a role to grow into.
  int32_t years = 0;
  std::optional<Money> day_rate;  // None: to be agreed.
  bool grow_into = false;

  friend bool operator==(const ProfileRole&, const ProfileRole&) = default;
};

// How well a person does something, 1 (basic) to 5 (expert).
struct Skill {
  std::string skill;
  int32_t level = 0;

  friend bool operator==(const Skill&, const Skill&) = default;
};

// How to reach a person; shown by consent only.
struct Contact {
  std::string email;
  std::string phone;
  std::string messenger;

  friend bool operator==(const Contact&, const Contact&) = default;
};

// Where a person goes to work.
struct Travel {
  bool anywhere = false;
  std::vector<std::string> places;  // And all within them.
  int32_t radius_km = 0;            // From home.

  friend bool operator==(const Travel&, const Travel&) = default;
};

// What the person wants; empty parts are no wish.
struct Wishes {
  std::vector<std::string> genres;
  std::vector<std::string> places;
  std::optional<Money> pay_floor;

  friend bool operator==(const Wishes&, const Wishes&) = default;
};

// What those who worked with the person thought; count 0 is not rated.
struct Rating {
  int32_t count = 0;
  int32_t mean_thousandths = 0;  // 1,000 to 5,000.

  friend bool operator==(const Rating&, const Rating&) = default;
};

// A person who can be matched. A plain value: ValidateProfile says whether it
// keeps the rules of the domain.
struct Profile {
  ProfileId id;
  Ownership ownership;
  ExternalId external_id;
  absl::Time create_time;
  absl::Time update_time;

  std::string display_name;
  Contact contact;
  std::vector<OrganizationId> contact_consents;  // Sorted, distinct.
  std::string agency;

  std::string home_place;  // Empty: not known.
  Travel travel;
  std::vector<ProfileRole> roles;  // Each role once.
  std::vector<std::string> languages;
  std::vector<std::string> genres;
  std::vector<std::string> styles;
  std::vector<Skill> skills;  // Each skill once.
  std::vector<std::string> credentials;
  std::vector<Credit> credits;
  Calendar calendar;
  Casting casting;
  Wishes wishes;
  Rating rating;
  std::string time_zone;  // Where days begin and end; empty: kDefaultTimeZone.
  HoldCounts hold_counts;  // Of the person's agenda, with which they are written.
  std::vector<PreAcceptance> pre_acceptances;  // Any of them suffices.
  std::vector<CalendarRule> calendar_rules;  // What of the calendar recurs.

  // The entry of `role`, held or grown into; nullptr if there is none.
  const ProfileRole* FindRole(absl::string_view role) const;
  // The level of `skill`; 0 if there is none.
  int32_t SkillLevel(absl::string_view skill) const;

  // The whole calendar as entries: those that are kept, and each run of days of each
  // rule, worked out from `update_time` (see SpansOf): no day twice for one rule.
  std::vector<CalendarEntry> TakenUp() const;
  // Days that are not free, and days that are held, rules included; as in
  // Calendar.
  std::vector<DaySpan> BusySpans() const;
  std::vector<DaySpan> Holds() const;
  std::vector<DaySpan> HeldSpans() const;

  friend bool operator==(const Profile&, const Profile&) = default;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_PROFILE_H_
