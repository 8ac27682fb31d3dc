#include "services/cli/market_projects.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

constexpr int64_t kLeastSeats = 20;
constexpr int64_t kMostSeats = 50;
constexpr char kCastRole[] = "actor";

int64_t SeatsOf(const v1::Project& project) {
  int64_t seats = 0;
  for (const v1::Opening& opening : project.openings()) seats += opening.headcount();
  return seats;
}

// The opening with the most seats gives one up.
void TakeSeat(v1::Project& project) {
  auto& openings = *project.mutable_openings();
  auto largest = std::max_element(openings.begin(), openings.end(),
                                  [](const v1::Opening& a, const v1::Opening& b) {
                                    return a.headcount() < b.headcount();
                                  });
  largest->set_headcount(largest->headcount() - 1);
}

v1::Opening::State DrawState(MarketDice& dice) {
  if (dice.Chance(920)) return v1::Opening::STATE_OPEN;
  return dice.Chance(600) ? v1::Opening::STATE_DRAFT : v1::Opening::STATE_CLOSED;
}

v1::Window Over(DaySpan days, v1::Window::Rule rule, int64_t wanted) {
  v1::Window window;
  *window.mutable_dates() = ToWire(days);
  window.set_rule(rule);
  if (rule != v1::Window::RULE_ALL_DAYS) window.set_days(static_cast<int32_t>(wanted));
  return window;
}

// The first part is a young woman, the second a young man, the rest anybody.
void AskCasting(int64_t part, MarketDice& dice, v1::CastingRequirement& casting) {
  const bool lead = part < 2;
  const bool female = lead ? part == 0 : dice.Chance(500);
  casting.add_genders(female ? v1::GENDER_FEMALE : v1::GENDER_MALE);
  const int64_t from = lead ? dice.Between(18, 24) : dice.Between(18, 55);
  casting.set_playing_age_from(static_cast<int32_t>(from));
  casting.set_playing_age_to(static_cast<int32_t>(from + dice.Between(6, 14)));
  if (lead && dice.Chance(250)) casting.set_height_cm_from(female ? 160 : 175);
}

}  // namespace

struct MarketProjects::Draft {
  MarketDice dice;
  int64_t circle_number = 0;
  MarketCircle circle;
  DaySpan shoot;
  absl::flat_hash_set<std::string> attached_roles;
  v1::Project project;
};

v1::Project MarketProjects::Project(int64_t number, const NameOfPerson& name_of) const {
  MarketDice circle_dice(seed_, "project-circle", number);
  const int64_t circle = circle_dice.Below(productions_.circles());
  Draft draft = {.dice = MarketDice(seed_, "project", number),
                 .circle_number = circle,
                 .circle = productions_.Circle(circle)};
  MarketDice& dice = draft.dice;
  draft.shoot.start = today_ + static_cast<int32_t>(dice.Between(3, 52));
  draft.shoot.limit = draft.shoot.start + static_cast<int32_t>(dice.Between(5, 7));
  v1::Project& project = draft.project;
  project.mutable_external_id()->set_source(absl::StrCat("generated-", seed_));
  project.mutable_external_id()->set_id(absl::StrCat(number));
  project.set_title(productions_.DrawTitle(dice));
  project.set_findability(v1::FINDABILITY_FINDABLE);
  for (const size_t genre : productions_.DrawGenres(draft.circle, dice)) {
    *project.add_genres() = ToWire(tables_.genres[genre]);
  }
  for (const Label& tag : productions_.DrawTags(dice)) *project.add_tags() = ToWire(tag);
  *project.add_companies() = ToWire(draft.circle.company);
  if (dice.Chance(600)) project.add_styles(dice.Pick(tables_.Words("style")));
  project.add_countries("CN");
  project.set_original_language("zh");
  project.set_currency_code("CNY");
  project.mutable_budget()->set_currency_code("CNY");
  project.mutable_budget()->set_units(dice.LogNormal(60) * 10'000);
  project.set_place(tables_.places[draft.circle.place].place);
  *project.mutable_dates() = ToWire(draft.shoot);
  Attach(draft, name_of);
  const int64_t openings = dice.Between(12, 18);
  const int64_t parts = dice.Between(2, 4);
  AddCast(draft, parts);
  AddCrew(draft, static_cast<size_t>(openings - parts));
  while (SeatsOf(project) > kMostSeats) TakeSeat(project);
  while (SeatsOf(project) < kLeastSeats) {
    v1::Opening& opening = *project.mutable_openings(project.openings_size() - 1);
    opening.set_headcount(opening.headcount() + 1);
  }
  return std::move(draft.project);
}

// Those who start a project: people of its circle, in the roles they are known
// for.
void MarketProjects::Attach(Draft& draft, const NameOfPerson& name_of) const {
  constexpr int kMostLooks = 60;
  const absl::flat_hash_set<std::string> starters = {"producer", "line-producer", "writer",
                                                     "director"};
  int64_t person = draft.circle_number;
  for (int looks = 0; looks < kMostLooks && person < profiles_; ++looks) {
    const std::string& role = tables_.roles[people_.FirstRole(person)].role;
    if (starters.contains(role) && !draft.attached_roles.contains(role) &&
        draft.dice.Chance(450)) {
      const std::string name = name_of(person);
      if (!name.empty()) {
        v1::Attached& attached = *draft.project.add_attached();
        attached.set_profile(name);
        attached.add_roles(role);
      }
      draft.attached_roles.insert(role);
    }
    person += productions_.circles();
  }
}

v1::Window MarketProjects::WindowFor(Draft& draft, const MarketRole& role) const {
  const DaySpan shoot = draft.shoot;
  MarketDice& dice = draft.dice;
  switch (role.phase) {
    case MarketRole::Phase::kBefore: {
      const Day start = std::max(today_ + 1, shoot.start - 10);
      const DaySpan days = {start, shoot.start};
      return Over(days, v1::Window::RULE_ANY_DAYS, std::min(4, days.length()));
    }
    case MarketRole::Phase::kAfter:
      return Over({shoot.limit, shoot.limit + 14}, v1::Window::RULE_ANY_DAYS, dice.Between(4, 7));
    case MarketRole::Phase::kAny:
      return Over({shoot.start - 2, shoot.limit + 10}, v1::Window::RULE_ANY_DAYS, 5);
    case MarketRole::Phase::kShoot:
      break;
  }
  if (role.role == "extra") return Over(shoot, v1::Window::RULE_ANY_DAYS, 2);
  if (dice.Chance(150)) return Over(shoot, v1::Window::RULE_CONTIGUOUS_DAYS, 3);
  return Over(shoot, v1::Window::RULE_ALL_DAYS, 0);
}

void MarketProjects::AskSkills(Draft& draft, const MarketRole& role, v1::Opening& opening) const {
  MarketDice& dice = draft.dice;
  absl::flat_hash_set<std::string> asked;
  for (int64_t tries = dice.Between(1, 3); tries > 0; --tries) {
    const std::string& name = dice.Pick(role.skills);
    if (!asked.insert(name).second) continue;
    v1::WantedSkill& skill = *opening.add_skills();
    skill.set_skill(name);
    skill.set_required(asked.size() == 1 && dice.Chance(150));
    skill.set_level(static_cast<int32_t>(skill.required() ? 2 : dice.Between(2, 4)));
  }
  for (const std::string& credential : role.credentials) {
    if (dice.Chance(500)) opening.add_credentials(credential);
  }
}

v1::Opening& MarketProjects::AddOpening(Draft& draft, const MarketRole& role) const {
  MarketDice& dice = draft.dice;
  v1::Opening& opening = *draft.project.add_openings();
  opening.set_role(role.role);
  opening.set_headcount(static_cast<int32_t>(dice.Between(role.seats_from, role.seats_to)));
  opening.set_state(DrawState(dice));
  *opening.mutable_window() = WindowFor(draft, role);
  const auto level = static_cast<int32_t>(dice.Between(2, 4));
  const int64_t ceiling =
      MarketPeople::TypicalRate(role, level) * dice.Between(900, 1900) / 1000;
  if (!dice.Chance(50)) {
    opening.mutable_pay_ceiling()->set_currency_code("CNY");
    opening.mutable_pay_ceiling()->set_units(std::max<int64_t>(100, ceiling / 10 * 10));
  }
  AskSkills(draft, role, opening);
  opening.set_trainees_allowed(dice.Chance(level < 4 ? 250 : 50));
  return opening;
}

void MarketProjects::AddCast(Draft& draft, int64_t count) const {
  const MarketRole& role = tables_.roles[static_cast<size_t>(tables_.FindRole(kCastRole))];
  const std::string& dialect = tables_.places[draft.circle.place].dialect;
  for (int64_t part = 0; part < count; ++part) {
    v1::Opening& opening = AddOpening(draft, role);
    if (part < 2) opening.set_headcount(1);
    AskCasting(part, draft.dice, *opening.mutable_casting());
    if (!dialect.empty() && draft.dice.Chance(150)) opening.add_languages(dialect);
  }
}

void MarketProjects::AddCrew(Draft& draft, size_t count) const {
  // Those that most crews need come first, with some luck for the rest.
  std::vector<std::pair<int64_t, size_t>> wanted;
  for (size_t i = 0; i < tables_.roles.size(); ++i) {
    const MarketRole& role = tables_.roles[i];
    const int64_t luck = draft.dice.Below(400);
    if (role.role == kCastRole || draft.attached_roles.contains(role.role)) continue;
    wanted.emplace_back(-(role.crew_per_mille + luck), i);
  }
  std::sort(wanted.begin(), wanted.end());
  wanted.resize(std::min(wanted.size(), count));
  for (const auto& [rank, role] : wanted) AddOpening(draft, tables_.roles[role]);
}

}  // namespace troupe
