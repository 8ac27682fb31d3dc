#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/domain/role_taxonomy.h"
#include "tests/testing/market_words.h"

namespace troupe::testing {
namespace {

Window RandomWindow(Dice& dice, Day today) {
  Window window = {.span = RandomSpan(dice, today),
                   .rule = static_cast<Window::Rule>(dice.Between(1, 3))};
  if (window.rule != Window::Rule::kAllDays) window.days = dice.Between(1, window.span.length());
  return window;
}

// Two to four blocks, some touching, of which some or all are needed.
void DrawBlocks(Dice& dice, Day today, Opening* opening) {
  Day from = today + dice.Between(-30, 40);
  for (size_t blocks = 2 + dice.Below(3); blocks > 0; --blocks) {
    Window block = {.span = {from, from + dice.Between(1, 9)},
                    .rule = static_cast<Window::Rule>(dice.Between(1, 3))};
    if (block.rule != Window::Rule::kAllDays) block.days = dice.Between(1, block.span.length());
    from = block.span.limit + (dice.OneIn(3) ? 0 : dice.Between(0, 12));
    opening->blocks.push_back(block);
  }
  opening->blocks_needed = dice.Between(0, static_cast<int32_t>(opening->blocks.size()));
}

std::vector<Attached> RandomAttached(Dice& dice, const MarketOptions& options, size_t most) {
  std::vector<Attached> attached(dice.Below(most + 1));
  for (Attached& entry : attached) {
    entry.profile = RandomPerson(dice, options);
    entry.roles = {dice.Pick(MarketRoles())};
    if (dice.OneIn(3)) entry.roles.push_back(dice.Pick(MarketRoles()));
  }
  return attached;
}

bool IsSeated(const std::vector<Seat>& seats, ProfileId profile) {
  return std::any_of(seats.begin(), seats.end(),
                     [&](const Seat& seat) { return seat.profile == profile; });
}

// All empty, all taken or some.
std::vector<Seat> RandomSeats(Dice& dice, const MarketOptions& options) {
  std::vector<Seat> seats(1 + dice.Below(3));
  const size_t taken_one_in = dice.Pick(std::vector<size_t>{1, 2, 50, 50, 50, 50});
  for (size_t i = 0; i < seats.size(); ++i) {
    seats[i].number = static_cast<int32_t>(i) + 1;
    const ProfileId person = RandomPerson(dice, options);
    if (dice.OneIn(taken_one_in) && !IsSeated(seats, person)) seats[i].profile = person;
  }
  return seats;
}

std::vector<WantedSkill> RandomWantedSkills(Dice& dice) {
  std::vector<WantedSkill> wanted;
  for (std::string& skill : dice.Some(kSkills, 4)) {
    wanted.push_back({.skill = std::move(skill),
                      .level = dice.Between(1, 5),
                      .required = dice.OneIn(12)});
  }
  return wanted;
}

CastingRequirement RandomRequirement(Dice& dice) {
  CastingRequirement casting;
  for (Gender gender : {Gender::kFemale, Gender::kMale, Gender::kNonBinary}) {
    if (dice.OneIn(3)) casting.genders.push_back(gender);
  }
  if (dice.OneIn(3)) {
    const int32_t from = dice.Between(16, 32);
    casting.playing_age = IntRange{.from = from, .to = from + dice.Between(0, 5)};
  }
  if (dice.OneIn(3)) {
    const int32_t from = dice.Between(167, 171);
    casting.height_cm = IntRange{.from = from, .to = from + dice.Between(0, 3)};
  }
  return casting;
}

Opening::State RandomState(Dice& dice) {
  if (!dice.OneIn(5)) return Opening::State::kOpen;
  return dice.OneIn(2) ? Opening::State::kDraft : Opening::State::kClosed;
}

// Rarely any, so that not all people are kept out.
std::vector<std::string> FewWords(Dice& dice, std::vector<std::string> some) {
  return dice.OneIn(4) ? some : std::vector<std::string>();
}

// Numbers with gaps, as where openings have been removed.
std::vector<Opening> RandomOpenings(Dice& dice, std::mt19937_64& rng,
                                    const MarketOptions& options, absl::string_view currency) {
  std::vector<Opening> openings(dice.Below(5));
  uint32_t number = 0;
  for (Opening& opening : openings) {
    opening = RandomOpening(rng, options, currency);
    opening.number = number += dice.OneIn(4) ? 2 : 1;
  }
  return openings;
}

std::vector<ProfileId> RandomBlockedProfiles(Dice& dice, const MarketOptions& options) {
  std::vector<ProfileId> blocked(dice.Below(4));
  for (ProfileId& profile : blocked) profile = RandomPerson(dice, options);
  std::sort(blocked.begin(), blocked.end());
  blocked.erase(std::unique(blocked.begin(), blocked.end()), blocked.end());
  return blocked;
}

void DrawProduction(Dice& dice, Project* project) {
  project->genres = SomeLabels(dice, kGenres, 3);
  project->tags = SomeLabels(dice, kTags, 6);
  project->companies = SomeLabels(dice, kCompanies, 3);
  project->styles = SomeWords(dice, kStyles, 2);
  project->countries = SomeWords(dice, kCountries, 2);
  project->original_language = WordUnlessOneIn(dice, 4, kLanguages);
  project->place = WordUnlessOneIn(dice, 4, kPlaces);
}

}  // namespace

Opening RandomOpening(std::mt19937_64& rng, const MarketOptions& options,
                      absl::string_view currency) {
  Dice dice(rng);
  Opening opening;
  opening.role = dice.Pick(MarketRoles());
  opening.seats = RandomSeats(dice, options);
  opening.state = RandomState(dice);
  if (dice.OneIn(4)) {
    DrawBlocks(dice, options.today, &opening);
  } else if (!dice.OneIn(4)) {
    opening.window = RandomWindow(dice, options.today);
  }
  if (!dice.OneIn(3)) opening.pay_ceiling = RandomAmount(dice, currency);
  opening.skills = RandomWantedSkills(dice);
  opening.languages = FewWords(dice, SomeWords(dice, kLanguages, 2));
  opening.credentials = FewWords(dice, SomeWords(dice, kCredentials, 2));
  if (dice.OneIn(4)) opening.genres = SomeLabels(dice, kGenres, 2);
  if (dice.OneIn(3)) opening.place = std::string(dice.Pick(kPlaces));
  opening.attached = RandomAttached(dice, options, 2);
  opening.trainees_allowed = dice.OneIn(3);
  if (ShippedRoles().Find(opening.role)->cast) opening.casting = RandomRequirement(dice);
  return opening;
}

Project RandomProject(std::mt19937_64& rng, ProjectId id, const MarketOptions& options) {
  Dice dice(rng);
  Project project;
  project.id = id;
  project.ownership = RandomOwnership(dice);
  project.external_id = RandomExternalId(dice, id.value());
  project.create_time = absl::FromUnixSeconds(dice.Between(1'700'000'000, 1'700'000'009));
  project.update_time = project.create_time + absl::Seconds(dice.Below(10));
  project.title = absl::StrCat("Project ", id.value());
  project.blocked_profiles = RandomBlockedProfiles(dice, options);
  DrawProduction(dice, &project);
  project.currency = std::string(dice.Pick(kCurrencies));
  if (dice.OneIn(3)) project.budget = RandomAmount(dice, project.currency);
  if (dice.OneIn(2)) project.dates = RandomSpan(dice, options.today);
  if (dice.OneIn(3)) project.release_date = options.today + dice.Pick(kOffsets);
  project.attached = RandomAttached(dice, options, 3);
  project.openings = RandomOpenings(dice, rng, options, project.currency);
  project.last_opening_number = dice.OneIn(4) ? 20 : 9;
  return project;
}

}  // namespace troupe::testing
