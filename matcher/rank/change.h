#ifndef TROUPE_MATCHER_RANK_CHANGE_H_
#define TROUPE_MATCHER_RANK_CHANGE_H_

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "matcher/base/day.h"
#include "matcher/domain/casting.h"
#include "matcher/domain/money.h"
#include "matcher/domain/profile.h"
#include "matcher/domain/project.h"

namespace troupe {

// The types below are the edits that can make a profile meet one requirement of
// an opening. Each changes the opening, the profile, or both.

// The opening's window moves, and the person frees days of the moved window.
struct Reschedule {
  int32_t shift_window_days = 0;   // Negative: earlier.
  std::vector<DaySpan> free_days;  // Sorted, disjoint, not touching.

  friend bool operator==(const Reschedule&, const Reschedule&) = default;
};

// The opening pays so much more a day: whole units.
struct RaiseCeiling {
  Money by;

  friend bool operator==(const RaiseCeiling&, const RaiseCeiling&) = default;
};

// The person asks this a day in the opening's role.
struct SetDayRate {
  Money rate;

  friend bool operator==(const SetDayRate&, const SetDayRate&) = default;
};

struct LearnLanguages {
  std::vector<std::string> languages;

  friend bool operator==(const LearnLanguages&, const LearnLanguages&) = default;
};

// The person brings these skills to these levels.
struct LearnSkills {
  std::vector<Skill> skills;

  friend bool operator==(const LearnSkills&, const LearnSkills&) = default;
};

struct ObtainCredentials {
  std::vector<std::string> credentials;

  friend bool operator==(const ObtainCredentials&, const ObtainCredentials&) = default;
};

// The person is willing to travel there for work.
struct TravelTo {
  std::string place;

  friend bool operator==(const TravelTo&, const TravelTo&) = default;
};

struct AllowTrainees {
  friend bool operator==(const AllowTrainees&, const AllowTrainees&) = default;
};

// The person, who has no entry for `role`, grows into it, and the opening takes
// trainees.
struct GrowInto {
  std::string role;

  friend bool operator==(const GrowInto&, const GrowInto&) = default;
};

// The opening asks less of the cast. Unset parts stay as they are.
struct WidenCasting {
  Gender add_gender = Gender::kUnspecified;
  bool any_gender = false;  // The person's is not stated. Likewise below.
  int32_t younger_by_years = 0;
  int32_t older_by_years = 0;
  bool any_age = false;
  int32_t shorter_by_cm = 0;
  int32_t taller_by_cm = 0;
  bool any_height = false;

  friend bool operator==(const WidenCasting&, const WidenCasting&) = default;
};

// Those of the block lists that keep the two apart let them meet.
struct Unblock {
  bool profile_allows_organization = false;
  bool project_allows_profile = false;
  bool project_allows_organization = false;  // The profile's.

  friend bool operator==(const Unblock&, const Unblock&) = default;
};

// The person agrees to be found by every organization that is not blocked.
struct BecomeFindable {
  friend bool operator==(const BecomeFindable&, const BecomeFindable&) = default;
};

using Edit = std::variant<Reschedule, RaiseCeiling, SetDayRate, LearnLanguages, LearnSkills,
                          ObtainCredentials, TravelTo, AllowTrainees, GrowInto, WidenCasting,
                          Unblock, BecomeFindable>;

// An edit and how to say it.
struct Change {
  Edit edit;
  std::string text;  // "raise the ceiling by 200 CNY a day"

  friend bool operator==(const Change&, const Change&) = default;
};

// `edit` with its text, which names no person and no organization.
Change MakeChange(Edit edit);

// Makes the edit to whichever of the values it is about. What it is about must
// be there: a window to move, a ceiling to raise.
void Apply(const Change& change, Profile& profile, Project& project, Opening& opening);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_CHANGE_H_
