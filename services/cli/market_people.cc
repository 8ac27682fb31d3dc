#include "services/cli/market_people.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "matcher/domain/role_taxonomy.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

constexpr int32_t kCalendarDays = 120;

// How many credits a person has: most have few, some have very many.
struct CreditBand {
  int64_t people_per_mille;
  int64_t from;
  int64_t to;
};
constexpr std::array<CreditBand, 7> kCreditBands = {{{150, 0, 0},
                                                     {350, 1, 2},
                                                     {270, 3, 5},
                                                     {140, 6, 12},
                                                     {70, 13, 25},
                                                     {17, 26, 50},
                                                     {3, 51, 110}}};

int64_t DrawCreditCount(MarketDice& dice) {
  int64_t drawn = dice.Below(1000);
  for (const CreditBand& band : kCreditBands) {
    if (drawn < band.people_per_mille) return dice.Between(band.from, band.to);
    drawn -= band.people_per_mille;
  }
  return 0;
}

int32_t DrawLevel(int64_t credits, MarketDice& dice) {
  int32_t level = 1;
  for (const int64_t step : {2, 5, 12, 30}) level += credits >= step;
  if (dice.Chance(250)) ++level;
  if (dice.Chance(150)) --level;
  return std::clamp(level, 1, 5);
}

bool IsCastRole(const std::string& role) { return ShippedRoles().Find(role)->cast; }

void AddEntry(v1::CalendarEntry::Kind kind, Day start, int64_t days, v1::Profile& profile) {
  v1::CalendarEntry& entry = *profile.add_calendar();
  entry.set_kind(kind);
  *entry.mutable_dates() = ToWire(DaySpan{start, start + static_cast<int32_t>(days)});
}

v1::CalendarEntry::Kind DrawKind(MarketDice& dice) {
  const int64_t drawn = dice.Below(1000);
  if (drawn < 580) return v1::CalendarEntry::KIND_BOOKED;
  return drawn < 800 ? v1::CalendarEntry::KIND_HELD : v1::CalendarEntry::KIND_BUSY;
}

}  // namespace

struct MarketPeople::Draft {
  MarketDice dice;
  int64_t circle_number = 0;
  MarketCircle circle;
  bool female = false;
  std::vector<size_t> held;  // Roles, the first one first.
  v1::Profile profile;

  bool Holds(size_t role) const {
    return std::find(held.begin(), held.end(), role) != held.end();
  }
};

size_t MarketPeople::FirstRole(int64_t number) const {
  MarketDice dice(seed_, "first-role", number);
  return dice.Weighted(tables_.role_weights);
}

int64_t MarketPeople::TypicalRate(const MarketRole& role, int32_t level) {
  constexpr std::array<int64_t, 6> kPerMille = {450, 450, 700, 1000, 1700, 3400};
  return role.day_rate * kPerMille[static_cast<size_t>(level)] / 1000;
}

v1::Profile MarketPeople::Profile(int64_t number) const {
  Draft draft = {.dice = MarketDice(seed_, "profile", number),
                 .circle_number = CircleOf(number),
                 .circle = productions_.Circle(CircleOf(number)),
                 .held = {FirstRole(number)}};
  draft.female = draft.dice.Chance(500);
  v1::Profile& profile = draft.profile;
  profile.mutable_external_id()->set_source(absl::StrCat("generated-", seed_));
  profile.mutable_external_id()->set_id(absl::StrCat(number));
  profile.set_display_name(DrawName(draft));
  profile.set_findability(draft.dice.Chance(30) ? v1::FINDABILITY_HIDDEN
                                                : v1::FINDABILITY_FINDABLE);
  const size_t home =
      draft.dice.Chance(800) ? draft.circle.place : draft.dice.Weighted(tables_.place_weights);
  profile.set_home_place(tables_.places[home].place);
  DrawRoles(draft);
  AddCredits(draft);
  AddRoles(draft);
  AddSkills(draft);
  AddLanguages(draft);
  AddTravel(draft);
  AddTaste(draft);
  AddCasting(draft);
  AddCalendar(draft);
  return std::move(draft.profile);
}

std::string MarketPeople::DrawName(Draft& draft) const {
  MarketDice& dice = draft.dice;
  const auto& given = tables_.Words(draft.female ? "given-female" : "given-male");
  const auto& either = tables_.Words("given-either");
  std::string name = dice.Pick(tables_.Words(dice.Chance(450) ? "surname-common" : "surname"));
  if (dice.Chance(700)) absl::StrAppend(&name, dice.Pick(dice.Chance(650) ? either : given));
  absl::StrAppend(&name, dice.Pick(given));
  return name;
}

void MarketPeople::DrawRoles(Draft& draft) const {
  if (!draft.dice.Chance(200)) return;
  const int64_t further = draft.dice.Chance(250) ? 2 : 1;
  for (int64_t i = 0; i < further; ++i) {
    const size_t role = draft.dice.Pick(tables_.roles[draft.held.back()].near);
    if (!draft.Holds(role)) draft.held.push_back(role);
  }
}

void MarketPeople::AddCredits(Draft& draft) const {
  MarketDice& dice = draft.dice;
  const int64_t count = DrawCreditCount(dice);
  absl::flat_hash_set<std::tuple<int64_t, int64_t, size_t>> taken;
  for (int64_t tries = count + count / 2; tries > 0; --tries) {
    if (draft.profile.credits_size() == count) break;
    const int64_t circle =
        dice.Chance(750) ? draft.circle_number : dice.Below(productions_.circles());
    const int64_t production = dice.Below(MarketProductions::kPerCircle);
    const size_t role = dice.Chance(700) ? draft.held.front() : dice.Pick(draft.held);
    if (!taken.emplace(circle, production, role).second) continue;
    v1::Credit& credit = *draft.profile.add_credits();
    credit = productions_.Production(circle, production);
    credit.set_role(tables_.roles[role].role);
    if (IsCastRole(credit.role())) credit.set_cast_order(static_cast<int32_t>(dice.Below(12)));
  }
}

void MarketPeople::AddRoles(Draft& draft) const {
  MarketDice& dice = draft.dice;
  for (const size_t held : draft.held) {
    const MarketRole& known = tables_.roles[held];
    const auto credits = std::count_if(
        draft.profile.credits().begin(), draft.profile.credits().end(),
        [&](const v1::Credit& credit) { return credit.role() == known.role; });
    v1::ProfileRole& role = *draft.profile.add_roles();
    role.set_role(known.role);
    role.set_level(DrawLevel(credits, dice));
    role.set_years(static_cast<int32_t>(std::min<int64_t>(40, credits / 3 + dice.Below(4))));
    if (dice.Chance(80)) continue;
    role.mutable_day_rate()->set_currency_code("CNY");
    const int64_t rate = dice.LogNormal(TypicalRate(known, role.level()));
    role.mutable_day_rate()->set_units(std::max<int64_t>(50, rate / 10 * 10));
  }
  if (!dice.Chance(180)) return;
  const size_t wanted = dice.Pick(tables_.roles[draft.held.front()].near);
  if (draft.Holds(wanted)) return;
  v1::ProfileRole& role = *draft.profile.add_roles();
  role.set_role(tables_.roles[wanted].role);
  role.set_grow_into(true);
}

void MarketPeople::AddSkills(Draft& draft) const {
  MarketDice& dice = draft.dice;
  absl::flat_hash_set<std::string> known;
  for (size_t i = 0; i < draft.held.size(); ++i) {
    const MarketRole& role = tables_.roles[draft.held[i]];
    const int32_t level = draft.profile.roles(static_cast<int>(i)).level();
    for (int64_t tries = dice.Between(2, 5); tries > 0; --tries) {
      const std::string& skill = dice.Pick(role.skills);
      if (!known.insert(skill).second) continue;
      v1::Skill& entry = *draft.profile.add_skills();
      entry.set_skill(skill);
      entry.set_level(std::clamp(level + static_cast<int32_t>(dice.Between(-1, 1)), 1, 5));
    }
    for (const std::string& credential : role.credentials) {
      const bool is_new = known.insert(credential).second;
      if (is_new && dice.Chance(600)) draft.profile.add_credentials(credential);
    }
  }
}

void MarketPeople::AddLanguages(Draft& draft) const {
  MarketDice& dice = draft.dice;
  v1::Profile& profile = draft.profile;
  profile.add_languages("zh");
  const std::string& dialect = tables_.places[draft.circle.place].dialect;
  if (!dialect.empty() && dice.Chance(600)) profile.add_languages(dialect);
  if (dialect != "hak" && dice.Chance(20)) profile.add_languages("hak");
  if (dialect != "yue" && dice.Chance(30)) profile.add_languages("yue");
  if (dice.Chance(130)) profile.add_languages("en");
  if (dice.Chance(15)) profile.add_languages(dice.Chance(500) ? "ja" : "ko");
}

void MarketPeople::AddTravel(Draft& draft) const {
  MarketDice& dice = draft.dice;
  v1::Travel& travel = *draft.profile.mutable_travel();
  travel.set_anywhere(dice.Chance(400));
  const std::vector<int32_t> radii = {0, 30, 60, 100, 150, 300};
  travel.set_radius_km(dice.Pick(radii));
  if (travel.anywhere() || !dice.Chance(600)) return;
  absl::flat_hash_set<size_t> named;
  for (int64_t tries = dice.Between(1, 4); tries > 0; --tries) {
    const size_t place = dice.Weighted(tables_.place_weights);
    if (named.insert(place).second) travel.add_places(tables_.places[place].place);
  }
}

void MarketPeople::AddTaste(Draft& draft) const {
  MarketDice& dice = draft.dice;
  v1::Profile& profile = draft.profile;
  if (dice.Chance(500)) {
    for (const size_t genre : productions_.DrawGenres(draft.circle, dice)) {
      profile.add_genres(tables_.genres[genre].id);
    }
  }
  if (dice.Chance(500)) profile.add_styles(dice.Pick(tables_.Words("style")));
  v1::Wishes& wishes = *profile.mutable_wishes();
  if (dice.Chance(600)) {
    for (const size_t genre : productions_.DrawGenres(draft.circle, dice)) {
      wishes.add_genres(tables_.genres[genre].id);
    }
  }
  if (dice.Chance(300)) {
    wishes.add_places(tables_.places[dice.Weighted(tables_.place_weights)].place);
  }
  const v1::Money& rate = profile.roles(0).day_rate();
  if (dice.Chance(300) && rate.units() > 0) {
    wishes.mutable_pay_floor()->set_currency_code("CNY");
    wishes.mutable_pay_floor()->set_units(rate.units() * 8 / 10);
  }
  if (profile.credits_size() == 0 || !dice.Chance(700)) return;
  v1::Rating& rating = *profile.mutable_rating();
  rating.set_count(static_cast<int32_t>(dice.Between(1, 3 * profile.credits_size())));
  rating.set_mean_thousandths(
      static_cast<int32_t>(std::clamp<int64_t>(dice.Normal(4100, 350), 1000, 5000)));
}

void MarketPeople::AddCasting(Draft& draft) const {
  MarketDice& dice = draft.dice;
  const auto is_cast = [&](size_t role) { return IsCastRole(tables_.roles[role].role); };
  if (std::none_of(draft.held.begin(), draft.held.end(), is_cast)) return;
  v1::Casting& casting = *draft.profile.mutable_casting();
  casting.set_gender(draft.female ? v1::GENDER_FEMALE : v1::GENDER_MALE);
  // The product of two even draws: most of the cast are young.
  const int64_t age = 19 + dice.Below(50) * dice.Below(1000) / 1000;
  casting.set_playing_age_from(static_cast<int32_t>(age - dice.Between(2, 5)));
  casting.set_playing_age_to(static_cast<int32_t>(age + dice.Between(3, 8)));
  const int64_t height = draft.female ? dice.Normal(164, 5) : dice.Normal(176, 6);
  casting.set_height_cm(static_cast<int32_t>(height));
  if (dice.Chance(250)) {
    draft.profile.set_agency(absl::StrCat("organizations/agency-", dice.Between(1, 20)));
  }
}

// Runs of taken days with gaps that depend on how sought after the person is:
// two thirds, a half or a third of the days are taken.
void MarketPeople::AddCalendar(Draft& draft) const {
  MarketDice& dice = draft.dice;
  constexpr std::array<std::array<int64_t, 2>, 3> kGaps = {{{1, 5}, {2, 10}, {6, 22}}};
  const auto& gap = kGaps[static_cast<size_t>(dice.Below(3))];
  const Day limit = today_ + kCalendarDays;
  Day at = today_ + static_cast<int32_t>(dice.Below(8));
  while (at < limit) {
    const auto length = static_cast<int32_t>(dice.Between(3, 9));
    const v1::CalendarEntry::Kind kind = DrawKind(dice);
    if (kind == v1::CalendarEntry::KIND_BOOKED && dice.Chance(350)) {
      AddEntry(v1::CalendarEntry::KIND_TRAVEL, at, 1, draft.profile);
      at = at + 1;
    }
    AddEntry(kind, at, length, draft.profile);
    at = at + length + static_cast<int32_t>(dice.Between(gap[0], gap[1]));
  }
}

}  // namespace troupe
