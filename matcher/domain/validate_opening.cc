#include "matcher/domain/validate_opening.h"

#include "matcher/domain/field_rules.h"
#include "matcher/domain/vocabulary_rules.h"

namespace troupe {
namespace {

constexpr size_t kMostSeats = 500;
constexpr size_t kMostSkills = 50;
constexpr size_t kMostBlocks = 16;

void CheckState(const Field& field, Opening::State state) {
  if (Opening::State::kDraft <= state && state <= Opening::State::kClosed) return;
  field.Report("is not stated", "state STATE_DRAFT, STATE_OPEN or STATE_CLOSED");
}

// Seats are named by number, not by place in the list: a client sends only
// those that it fills.
void CheckSeats(const Field& list, const std::vector<Seat>& seats) {
  absl::flat_hash_map<ProfileId, int32_t> seat_of;
  for (size_t i = 0; i < seats.size(); ++i) {
    if (seats[i].number != static_cast<int32_t>(i) + 1) {
      return list.Report("is not numbered from 1 to the headcount",
                         "name each seat once, in order");
    }
    if (!seats[i].profile) continue;
    const auto [taken, is_new] = seat_of.emplace(seats[i].profile, seats[i].number);
    if (!is_new) {
      list.Report(absl::StrCat("has one profile on seats ", taken->second, " and ",
                               seats[i].number),
                  "give a profile one seat of an opening");
    }
  }
}

void CheckWindowDays(const Field& field, const Window& window) {
  switch (window.rule) {
    case Window::Rule::kAllDays:
      if (window.days != 0) {
        field.Report(absl::StrCat("is ", window.days, " though all days are asked for"),
                     "give 0, or another rule");
      }
      return;
    case Window::Rule::kAnyDays:
    case Window::Rule::kContiguousDays:
      return CheckNumber(field, window.days, 1, window.span.length());
  }
}

void CheckWindow(const Field& field, const Window& window) {
  if (window.rule < Window::Rule::kAllDays || Window::Rule::kContiguousDays < window.rule) {
    field["rule"].Report("is not a rule",
                         "state RULE_ALL_DAYS, RULE_ANY_DAYS or RULE_CONTIGUOUS_DAYS");
  }
  if (CheckDays(field["dates"], window.span)) CheckWindowDays(field["days"], window);
}

void CheckBlocks(const Field& opening_field, const Opening& opening) {
  const std::vector<Window>& blocks = opening.blocks;
  const Field list = opening_field["blocks"];
  if (opening.window.has_value() && !blocks.empty()) {
    list.Report("is set beside a window", "give either a window or blocks");
  }
  CheckEach(list, blocks, kMostBlocks, CheckWindow);
  for (size_t i = 1; i < std::min(blocks.size(), kMostBlocks); ++i) {
    if (blocks[i - 1].span.limit <= blocks[i].span.start) continue;
    const Field block = list[i];
    const Field dates = block["dates"];
    dates["start"].Report("is before the block before it ends",
                          "give blocks in order, none overlapping another");
  }
  CheckNumber(opening_field["blocks_needed"], opening.blocks_needed, 0,
              static_cast<int64_t>(blocks.size()));
}

void CheckWantedSkill(const Field& field, const WantedSkill& wanted) {
  CheckSlug(field["skill"], wanted.skill);
  CheckNumber(field["level"], wanted.level, 1, 5);
}

void CheckSkills(const Field& list, const std::vector<WantedSkill>& skills) {
  CheckEach(list, skills, kMostSkills, CheckWantedSkill);
  CheckDistinct(list, skills, kMostSkills, "skill", &WantedSkill::skill);
}

void CheckGender(const Field& field, Gender gender) {
  if (Gender::kFemale <= gender && gender <= Gender::kNonBinary) return;
  field.Report("is not a gender", "state GENDER_FEMALE, GENDER_MALE or GENDER_NON_BINARY");
}

// `role` is nullptr if there is no such role; that has been reported then.
void CheckCasting(const Field& field, const Role* role, const CastingRequirement& casting) {
  if (role != nullptr && !role->cast && !casting.AsksNothing()) {
    return field.Report("is set for a role that is not a cast role", "leave it out");
  }
  CheckEach(field["genders"], casting.genders, casting.genders.size(), CheckGender);
  if (casting.playing_age.has_value()) {
    CheckNumbers(field, "playing_age", *casting.playing_age, 0, 120);
  }
  if (casting.height_cm.has_value()) {
    CheckNumbers(field, "height_cm", *casting.height_cm, 30, 260);
  }
}

void CheckDemand(const Field& field, const Opening& opening) {
  const Role* role = CheckRole(field["role"], opening.role);
  if (opening.window.has_value()) CheckWindow(field["window"], *opening.window);
  CheckBlocks(field, opening);
  CheckMoney(field["pay_ceiling"], opening.pay_ceiling);
  CheckSkills(field["skills"], opening.skills);
  CheckEach(field["languages"], opening.languages, 20, CheckLanguage);
  CheckEach(field["credentials"], opening.credentials, 20, CheckSlug);
  CheckEach(field["genres"], opening.genres, 50, CheckLabel);
  CheckPlace(field["place"], opening.place);
  CheckAttached(field["attached"], opening.attached);
  CheckCasting(field["casting"], role, opening.casting);
}

void CheckAttachedRole(const Field& field, const std::string& role) { CheckRole(field, role); }

void CheckAttachedProfile(const Field& field, const Attached& attached) {
  if (!attached.profile) field["profile"].Report("is empty", "give profiles/{profile}");
  if (attached.roles.empty()) field["roles"].Report("is empty", "give 1 to 10 roles");
  CheckEach(field["roles"], attached.roles, 10, CheckAttachedRole);
}

}  // namespace

void CheckOpening(const Field& field, const Opening& opening) {
  CheckNumber(field["headcount"], static_cast<int64_t>(opening.seats.size()), 1, kMostSeats);
  if (opening.seats.size() <= kMostSeats) CheckSeats(field["seats"], opening.seats);
  CheckState(field["state"], opening.state);
  CheckDemand(field, opening);
}

void CheckAdHocOpening(const Field& field, const Opening& opening) {
  CheckNumber(field["headcount"], static_cast<int64_t>(opening.seats.size()), 0, kMostSeats);
  CheckDemand(field, opening);
}

void CheckAttached(const Field& list, const std::vector<Attached>& attached) {
  CheckEach(list, attached, 200, CheckAttachedProfile);
}

}  // namespace troupe
