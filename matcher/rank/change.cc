#include "matcher/rank/change.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/rank/wording.h"

namespace troupe {
namespace {

absl::string_view PeopleOf(Gender gender) {
  switch (gender) {
    case Gender::kFemale:
      return "women";
    case Gender::kMale:
      return "men";
    case Gender::kNonBinary:
      return "non-binary people";
    case Gender::kUnspecified:
      break;
  }
  return "people of any gender";
}

// What is to be done, for people.
struct Wording {
  std::string operator()(const Reschedule& edit) const {
    std::vector<std::string> steps;
    if (const int32_t days = edit.shift_window_days; days != 0) {
      steps.push_back(absl::StrCat("move the window ", Counted(std::abs(days), "day"),
                                   days > 0 ? " later" : " earlier"));
    }
    if (!edit.free_days.empty()) steps.push_back("free " + ListedDays(edit.free_days));
    return Listed(steps);
  }
  std::string operator()(const RaiseCeiling& edit) const {
    return absl::StrCat("raise the ceiling by ", ToString(edit.by), " a day");
  }
  std::string operator()(const SetDayRate& edit) const {
    return absl::StrCat("ask ", ToString(edit.rate), " a day");
  }
  std::string operator()(const LearnLanguages& edit) const {
    return "learn " + Listed(edit.languages);
  }
  std::string operator()(const LearnSkills& edit) const {
    std::vector<std::string> levels;
    for (const Skill& skill : edit.skills) {
      levels.push_back(absl::StrCat(skill.skill, " to level ", skill.level));
    }
    return "bring " + Listed(levels);
  }
  std::string operator()(const ObtainCredentials& edit) const {
    return "obtain " + Listed(edit.credentials);
  }
  std::string operator()(const TravelTo& edit) const {
    return absl::StrCat("be willing to travel to ", PlaceName(edit.place));
  }
  std::string operator()(const AllowTrainees&) const { return "allow trainees"; }
  std::string operator()(const GrowInto& edit) const {
    return absl::StrCat("grow into the role ", RoleName(edit.role), ", and allow trainees");
  }
  std::string operator()(const WidenCasting& edit) const {
    std::vector<std::string> steps;
    if (edit.any_gender) steps.push_back("ask for no gender");
    if (edit.add_gender != Gender::kUnspecified) {
      steps.push_back(absl::StrCat("cast ", PeopleOf(edit.add_gender), " too"));
    }
    if (edit.any_age) steps.push_back("ask for no age");
    const auto accept = [&steps](int32_t by, absl::string_view unit, absl::string_view what) {
      if (by > 0) steps.push_back(absl::StrCat("accept up to ", by, unit, what));
    };
    accept(edit.younger_by_years, edit.younger_by_years == 1 ? " year" : " years", " younger");
    accept(edit.older_by_years, edit.older_by_years == 1 ? " year" : " years", " older");
    if (edit.any_height) steps.push_back("ask for no height");
    accept(edit.shorter_by_cm, " cm", " shorter");
    accept(edit.taller_by_cm, " cm", " taller");
    return Listed(steps);
  }
  std::string operator()(const Unblock& edit) const {
    std::vector<std::string> blocks;
    if (edit.profile_allows_organization) blocks.push_back("the person's on the organization");
    if (edit.project_allows_profile) blocks.push_back("the project's on the person");
    if (edit.project_allows_organization) {
      blocks.push_back("the project's on the person's organization");
    }
    return absl::StrCat(blocks.size() == 1 ? "lift the block: " : "lift the blocks: ",
                        Listed(blocks));
  }
  std::string operator()(const BecomeFindable&) const { return "agree to be found"; }
};

void Remove(std::vector<OrganizationId>& list, const OrganizationId& organization) {
  list.erase(std::remove(list.begin(), list.end(), organization), list.end());
}

// `entries` without the days of `freed`, which are sorted and disjoint.
std::vector<CalendarEntry> Without(const std::vector<CalendarEntry>& entries,
                                   const std::vector<DaySpan>& freed) {
  std::vector<CalendarEntry> left;
  for (const CalendarEntry& entry : entries) {
    if (entry.kind == CalendarEntry::Kind::kHeld) {  // Free already.
      left.push_back(entry);
      continue;
    }
    CalendarEntry rest = entry;
    for (const DaySpan& span : freed) {
      if (!span.Overlaps(rest.days)) continue;
      CalendarEntry before = rest;
      before.days.limit = span.start;
      if (!before.days.IsEmpty()) left.push_back(std::move(before));
      rest.days.start = span.limit;
    }
    if (!rest.days.IsEmpty()) left.push_back(std::move(rest));
  }
  return left;
}

// Makes an edit to the values that it is about.
class Editor {
 public:
  Editor(Profile& profile, Project& project, Opening& opening)
      : profile_(profile), project_(project), opening_(opening) {}

  void operator()(const Reschedule& edit) const {
    opening_.MoveDates(edit.shift_window_days);
    profile_.calendar = Calendar(Without(profile_.TakenUp(), edit.free_days));
    profile_.calendar_rules.clear();
  }
  void operator()(const RaiseCeiling& edit) const { opening_.pay_ceiling->units += edit.by.units; }
  void operator()(const SetDayRate& edit) const {
    for (ProfileRole& role : profile_.roles) {
      if (role.role == opening_.role) role.day_rate = edit.rate;
    }
  }
  void operator()(const LearnLanguages& edit) const {
    Append(edit.languages, profile_.languages);
  }
  void operator()(const LearnSkills& edit) const {
    for (const Skill& learnt : edit.skills) {
      const auto known =
          std::find_if(profile_.skills.begin(), profile_.skills.end(),
                       [&](const Skill& skill) { return skill.skill == learnt.skill; });
      if (known == profile_.skills.end()) {
        profile_.skills.push_back(learnt);
      } else {
        known->level = std::max(known->level, learnt.level);
      }
    }
  }
  void operator()(const ObtainCredentials& edit) const {
    Append(edit.credentials, profile_.credentials);
  }
  void operator()(const TravelTo& edit) const { profile_.travel.places.push_back(edit.place); }
  void operator()(const AllowTrainees&) const { opening_.trainees_allowed = true; }
  void operator()(const GrowInto& edit) const {
    profile_.roles.push_back({.role = edit.role, .grow_into = true});
    opening_.trainees_allowed = true;
  }
  void operator()(const WidenCasting& edit) const {
    CastingRequirement& casting = opening_.casting;
    if (edit.any_gender) casting.genders.clear();
    if (edit.add_gender != Gender::kUnspecified) {
      casting.genders.push_back(edit.add_gender);
      std::sort(casting.genders.begin(), casting.genders.end());
    }
    if (edit.any_age) casting.playing_age.reset();
    if (casting.playing_age.has_value()) {
      casting.playing_age->from -= edit.younger_by_years;
      casting.playing_age->to += edit.older_by_years;
    }
    if (edit.any_height) casting.height_cm.reset();
    if (casting.height_cm.has_value()) {
      casting.height_cm->from -= edit.shorter_by_cm;
      casting.height_cm->to += edit.taller_by_cm;
    }
  }
  void operator()(const Unblock& edit) const {
    if (edit.profile_allows_organization) {
      Remove(profile_.ownership.blocked_organizations, project_.ownership.owner);
    }
    if (edit.project_allows_profile) {
      auto& blocked = project_.blocked_profiles;
      blocked.erase(std::remove(blocked.begin(), blocked.end(), profile_.id), blocked.end());
    }
    if (edit.project_allows_organization) {
      Remove(project_.ownership.blocked_organizations, profile_.ownership.owner);
    }
  }
  void operator()(const BecomeFindable&) const {
    profile_.ownership.findability = Findability::kFindable;
  }

 private:
  static void Append(const std::vector<std::string>& words, std::vector<std::string>& to) {
    to.insert(to.end(), words.begin(), words.end());
  }

  Profile& profile_;
  Project& project_;
  Opening& opening_;
};

}  // namespace

Change MakeChange(Edit edit) {
  std::string text = std::visit(Wording(), edit);
  return {.edit = std::move(edit), .text = std::move(text)};
}

void Apply(const Change& change, Profile& profile, Project& project, Opening& opening) {
  std::visit(Editor(profile, project, opening), change.edit);
}

}  // namespace troupe
