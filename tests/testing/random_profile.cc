#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "tests/testing/market_words.h"

namespace troupe::testing {
namespace {

constexpr size_t kProductions = 30;

// Some distances are just enough, and some just not.
int32_t RandomRadius(Dice& dice, const std::string& home) {
  if (dice.OneIn(2)) return 0;
  if (home.empty() || dice.OneIn(6)) return 20'000;
  const Gazetteer& places = ShippedPlaces();
  const int32_t km = places.DistanceKm(places.IndexOf(home),
                                       places.IndexOf(std::string(dice.Pick(kPlaces))));
  return std::max(0, km + dice.Between(-1, 1));
}

ProfileRole RandomRole(Dice& dice, std::string role) {
  ProfileRole entry = {.role = std::move(role),
                       .level = dice.Between(1, 5),
                       .years = dice.Pick(std::vector<int32_t>{0, 1, 2, 10, 80}),
                       .grow_into = dice.OneIn(5)};
  if (entry.grow_into) entry.level = 0;
  if (!dice.OneIn(4)) entry.day_rate = RandomAmount(dice, dice.Pick(kCurrencies));
  return entry;
}

std::string ProductionName(size_t number, const MarketOptions& options) {
  if (number % 3 != 0) return absl::StrCat("tmdb:", number);
  return absl::StrFormat("projects/%016x", MarketProjectId(number % options.projects).value());
}

std::optional<Day> RandomCreditDay(Dice& dice, Day today) {
  if (dice.OneIn(4)) return std::nullopt;
  constexpr int32_t kDays[] = {-20'000, -3'650, -1'000, -365, -364, -30, -1, 0, 1, 90};
  return today + dice.Pick(kDays);
}

void DrawAttributes(Dice& dice, const MarketOptions& options, Credit* credit) {
  credit->date = RandomCreditDay(dice, options.today);
  credit->genres = SomeLabels(dice, kGenres, 3);
  credit->tags = SomeLabels(dice, kTags, 5);
  credit->companies = SomeLabels(dice, kCompanies, 3);
  credit->countries = SomeWords(dice, kCountries, 2);
  credit->original_language = WordUnlessOneIn(dice, 3, kLanguages);
  if (dice.OneIn(3)) credit->budget = RandomAmount(dice, dice.Pick(kCurrencies));
}

// Most people state the same of a production; some do not.
Credit RandomCredit(Dice& dice, const MarketOptions& options) {
  const size_t number = dice.Below(kProductions);
  Credit credit = {.production = ProductionName(number, options)};
  if (dice.OneIn(5)) {
    DrawAttributes(dice, options, &credit);
  } else {
    std::mt19937_64 of_production(number);
    Dice common(of_production);
    DrawAttributes(common, options, &credit);
  }
  if (dice.OneIn(2)) credit.title = absl::StrCat("Title ", number);
  if (dice.OneIn(3)) credit.job = "a job";
  credit.role = dice.OneIn(8) ? kOtherRole : dice.Pick(MarketRoles());
  const Role* role = ShippedRoles().Find(credit.role);
  if (role != nullptr && role->cast && !dice.OneIn(3)) credit.cast_order = dice.Between(0, 12);
  return credit;
}

std::vector<Credit> RandomCredits(Dice& dice, const MarketOptions& options) {
  const size_t count = dice.OneIn(12) ? 60 : dice.Below(8);
  std::vector<Credit> credits;
  while (credits.size() < count) credits.push_back(RandomCredit(dice, options));
  return credits;
}

CalendarEntry RandomEntry(Dice& dice, const MarketOptions& options) {
  CalendarEntry entry = {.kind = static_cast<CalendarEntry::Kind>(dice.Between(1, 4)),
                         .days = RandomSpan(dice, options.today)};
  if (dice.OneIn(3)) entry.note = "a note";
  if (dice.OneIn(9)) entry.source = "outlook";
  if (dice.OneIn(3)) entry.project = MarketProjectId(dice.Below(options.projects));
  return entry;
}

std::vector<CalendarEntry> WholeSpan(CalendarEntry::Kind kind, Day today) {
  return {{.kind = kind, .days = {.start = today - 40, .limit = today + 600}}};
}

std::vector<CalendarEntry> EveryOtherDay(Dice& dice, Day today) {
  std::vector<CalendarEntry> entries;
  for (Day day = today - 5 + dice.Between(0, 1); day < today + 70; day = day + 2) {
    entries.push_back({.kind = CalendarEntry::Kind::kBooked,
                       .days = {.start = day, .limit = day + 1}});
  }
  return entries;
}

Calendar RandomCalendar(Dice& dice, const MarketOptions& options) {
  switch (dice.Below(10)) {
    case 0:
    case 1:
      return Calendar();
    case 2:
      return Calendar(WholeSpan(CalendarEntry::Kind::kBusy, options.today));
    case 3:
      return Calendar(WholeSpan(CalendarEntry::Kind::kHeld, options.today));
    case 4:
      return Calendar(EveryOtherDay(dice, options.today));
    default: {
      std::vector<CalendarEntry> entries(1 + dice.Below(6));
      for (CalendarEntry& entry : entries) entry = RandomEntry(dice, options);
      return Calendar(std::move(entries));
    }
  }
}

// Some end, some go on; some are kept in hours of another place.
CalendarRule RandomRule(Dice& dice, const MarketOptions& options) {
  const std::vector<std::string> recurrences = {
      "FREQ=WEEKLY;BYDAY=SA,SU", "FREQ=WEEKLY;COUNT=9", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=20",
      "FREQ=DAILY;INTERVAL=9;COUNT=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"};
  CalendarRule rule = {
      .kind = dice.OneIn(3) ? CalendarEntry::Kind::kHeld : CalendarEntry::Kind::kBusy,
      .start = options.today + dice.Between(-100, 40),
      .days = dice.Between(1, 3),
      .recurrence = dice.Pick(recurrences)};
  if (dice.OneIn(3)) rule.except = {rule.start + 7, rule.start + 14};
  if (dice.OneIn(4)) {
    rule.days = 1;
    rule.hours = {.time_zone = "America/New_York",
                  .start_second = dice.Between(0, 86'399),
                  .seconds = dice.Between(1, 100'000)};
  }
  if (dice.OneIn(2)) rule.source = "google";
  return rule;
}

std::vector<CalendarRule> RandomRules(Dice& dice, const MarketOptions& options) {
  std::vector<CalendarRule> rules(dice.OneIn(6) ? 1 + dice.Below(2) : 0);
  for (CalendarRule& rule : rules) rule = RandomRule(dice, options);
  return rules;
}

Casting RandomCasting(Dice& dice) {
  Casting casting = {.gender = static_cast<Gender>(dice.Between(0, 3))};
  if (!dice.OneIn(3)) {
    const int32_t from = dice.Pick(std::vector<int32_t>{0, 17, 18, 25, 30});
    casting.playing_age = IntRange{.from = from, .to = from + dice.Between(0, 8)};
  }
  if (!dice.OneIn(3)) casting.height_cm = dice.Between(168, 172);
  return casting;
}

Wishes RandomWishes(Dice& dice) {
  Wishes wishes = {.genres = SomeWords(dice, kGenres, 3), .places = SomeWords(dice, kPlaces, 2)};
  if (dice.OneIn(3)) wishes.pay_floor = RandomAmount(dice, dice.Pick(kCurrencies));
  return wishes;
}

Rating RandomRating(Dice& dice) {
  if (dice.OneIn(3)) return {};
  return {.count = dice.Pick(std::vector<int32_t>{1, 2, 10, 1'000'000}),
          .mean_thousandths = dice.Pick(std::vector<int32_t>{1'000, 3'500, 4'999, 5'000})};
}

std::vector<Skill> RandomSkills(Dice& dice) {
  std::vector<Skill> skills;
  for (std::string& skill : dice.Some(kSkills, 6)) {
    skills.push_back({.skill = std::move(skill), .level = dice.Between(1, 5)});
  }
  return skills;
}

// What is kept for people to read, and never matched.
void DrawIdentity(Dice& dice, ProfileId id, Profile* profile) {
  profile->id = id;
  profile->ownership = RandomOwnership(dice);
  profile->external_id = RandomExternalId(dice, id.value());
  profile->create_time = absl::FromUnixSeconds(dice.Between(1'700'000'000, 1'700'000'009));
  profile->update_time = profile->create_time + absl::Seconds(dice.Below(10));
  profile->display_name = absl::StrCat("Profile ", id.value());
  if (dice.OneIn(3)) profile->contact = {.email = "ada@example.com", .phone = "+86 29 0000"};
  if (dice.OneIn(4)) profile->contact_consents = {{.slug = "crew"}, {.slug = "visitor"}};
}

void DrawWhere(Dice& dice, Profile* profile) {
  profile->home_place = WordUnlessOneIn(dice, 5, kPlaces);
  profile->travel = {.anywhere = dice.OneIn(5),
                     .places = SomeWords(dice, kPlaces, 2),
                     .radius_km = RandomRadius(dice, profile->home_place)};
}

void DrawWhat(Dice& dice, Profile* profile) {
  for (std::string& role : dice.Some(MarketRoles(), 6)) {
    profile->roles.push_back(RandomRole(dice, std::move(role)));
  }
  profile->languages = SomeWords(dice, kLanguages, 4);
  profile->genres = SomeWords(dice, kGenres, 3);
  profile->styles = SomeWords(dice, kStyles, 3);
  profile->skills = RandomSkills(dice);
  profile->credentials = SomeWords(dice, kCredentials, 5);
}

}  // namespace

Profile RandomProfile(std::mt19937_64& rng, ProfileId id, const MarketOptions& options) {
  Dice dice(rng);
  Profile profile;
  DrawIdentity(dice, id, &profile);
  DrawWhere(dice, &profile);
  DrawWhat(dice, &profile);
  profile.credits = RandomCredits(dice, options);
  profile.calendar = RandomCalendar(dice, options);
  profile.casting = RandomCasting(dice);
  profile.wishes = RandomWishes(dice);
  profile.rating = RandomRating(dice);
  if (dice.OneIn(4)) profile.time_zone = "America/New_York";
  profile.calendar_rules = RandomRules(dice, options);
  if (!profile.calendar_rules.empty()) {  // They are worked out from here.
    profile.update_time = absl::UnixEpoch() + absl::Hours(24) * options.today.since_epoch();
  }
  if (dice.OneIn(3)) {
    profile.hold_counts = {.placed = dice.Between(60, 70),
                           .booked = dice.Between(0, 15),
                           .declined = dice.Between(0, 15),
                           .released = dice.Between(0, 15),
                           .expired = dice.Between(0, 15)};
  }
  return profile;
}

}  // namespace troupe::testing
