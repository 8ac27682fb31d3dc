#include "matcher/domain/validate_profile.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/domain/role_taxonomy.h"
#include "tests/matcher/domain/limit_row.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using testing::Cny;
using testing::Copies;
using testing::D;
using testing::FieldsOf;
using testing::ProfileBuilder;
using testing::Text;
using testing::TextsOf;
using testing::Words;
using testing::Worked;
using Limit = testing::LimitRow<Profile>;
using Fault = testing::FaultRow<Profile>;

// One of each thing, so that a row needs to change only one.
Profile Ada() {
  return ProfileBuilder()
      .ExternalId("tmdb", "603")
      .Holds("director", 3)
      .Rate("director", 900)
      .GrowsInto("actor")
      .Speaks("zh")
      .Knows("riding")
      .With(Worked("tmdb:1", "director", "2020-01-01"))
      .Busy("2026-12-01", 5)
      .Plays(18, 30)
      .Rated(10, 4'500)
      .Build();
}

int32_t Int(int64_t n) { return static_cast<int32_t>(n); }

void SetEntry(Profile& p, CalendarEntry entry) { p.calendar = Calendar({std::move(entry)}); }

std::vector<OrganizationId> Organizations(int64_t count) {
  std::vector<OrganizationId> organizations;
  for (std::string& slug : Words(count)) organizations.push_back({.slug = std::move(slug)});
  return organizations;
}

std::vector<Skill> Skills(int64_t count) {
  std::vector<Skill> skills;
  for (std::string& word : Words(count)) skills.push_back({.skill = std::move(word), .level = 1});
  return skills;
}

const std::vector<Limit>& TextLimits() {
  static const std::vector<Limit> rows = {
      {"display_name", 200, 201, [](Profile& p, int64_t n) { p.display_name = Text(n); }},
      {"display_name", 1, 0, [](Profile& p, int64_t n) { p.display_name = Text(n); }},
      {"contact.email", 200, 201, [](Profile& p, int64_t n) { p.contact.email = Text(n); }},
      {"contact.phone", 200, 201, [](Profile& p, int64_t n) { p.contact.phone = Text(n); }},
      {"contact.messenger", 200, 201, [](Profile& p, int64_t n) { p.contact.messenger = Text(n); }},
      {"agency", 200, 201, [](Profile& p, int64_t n) { p.agency = Text(n); }},
      {"external_id.source", 40, 41, [](Profile& p, int64_t n) { p.external_id.source = Text(n); }},
      {"external_id.source", 1, 0, [](Profile& p, int64_t n) { p.external_id.source = Text(n); }},
      {"external_id.id", 200, 201, [](Profile& p, int64_t n) { p.external_id.id = Text(n); }},
      {"external_id.id", 1, 0, [](Profile& p, int64_t n) { p.external_id.id = Text(n); }},
      {"genres[0]", 100, 101, [](Profile& p, int64_t n) { p.genres = {Text(n)}; }},
      {"genres[0]", 1, 0, [](Profile& p, int64_t n) { p.genres = {Text(n)}; }},
      {"styles[0]", 100, 101, [](Profile& p, int64_t n) { p.styles = {Text(n)}; }},
      {"wishes.genres[0]", 100, 101, [](Profile& p, int64_t n) { p.wishes.genres = {Text(n)}; }},
      {"skills[0].skill", 100, 101, [](Profile& p, int64_t n) { p.skills[0].skill = Text(n); }},
      {"credentials[0]", 100, 101, [](Profile& p, int64_t n) { p.credentials = {Text(n)}; }},
      {"calendar[0].note", 200, 201,
       [](Profile& p, int64_t n) {
         SetEntry(p, {.days = testing::Span("2026-12-01", 1), .note = Text(n)});
       }},
  };
  return rows;
}

const std::vector<Limit>& CountLimits() {
  static const std::vector<Limit> rows = {
      {"contact_consents", 200, 201,
       [](Profile& p, int64_t n) { p.contact_consents = Organizations(n); }},
      {"blocked_organizations", 1'000, 1'001,
       [](Profile& p, int64_t n) { p.ownership.blocked_organizations = Organizations(n); }},
      {"travel.places", 100, 101,
       [](Profile& p, int64_t n) { p.travel.places = Copies<std::string>(n, "xian"); }},
      {"languages", 40, 41,
       [](Profile& p, int64_t n) { p.languages = Copies<std::string>(n, "zh"); }},
      {"genres", 50, 51, [](Profile& p, int64_t n) { p.genres = Words(n); }},
      {"styles", 50, 51, [](Profile& p, int64_t n) { p.styles = Words(n); }},
      {"skills", 100, 101, [](Profile& p, int64_t n) { p.skills = Skills(n); }},
      {"credentials", 50, 51, [](Profile& p, int64_t n) { p.credentials = Words(n); }},
      {"credits", 2'000, 2'001, [](Profile& p, int64_t n) { p.credits = Copies(n, p.credits[0]); }},
      {"calendar", 1'000, 1'001,
       [](Profile& p, int64_t n) { p.calendar = Calendar(Copies(n, p.calendar.entries()[0])); }},
      {"wishes.genres", 50, 51, [](Profile& p, int64_t n) { p.wishes.genres = Words(n); }},
      {"wishes.places", 50, 51,
       [](Profile& p, int64_t n) { p.wishes.places = Copies<std::string>(n, "xian"); }},
  };
  return rows;
}

const std::vector<Limit>& NumberLimits() {
  static const std::vector<Limit> rows = {
      {"travel.radius_km", 0, -1, [](Profile& p, int64_t n) { p.travel.radius_km = Int(n); }},
      {"travel.radius_km", 20'000, 20'001,
       [](Profile& p, int64_t n) { p.travel.radius_km = Int(n); }},
      {"roles[0].level", 1, 0, [](Profile& p, int64_t n) { p.roles[0].level = Int(n); }},
      {"roles[0].level", 5, 6, [](Profile& p, int64_t n) { p.roles[0].level = Int(n); }},
      {"roles[1].level", 0, 1, [](Profile& p, int64_t n) { p.roles[1].level = Int(n); }},
      {"roles[1].level", 0, -1, [](Profile& p, int64_t n) { p.roles[1].level = Int(n); }},
      {"roles[0].years", 0, -1, [](Profile& p, int64_t n) { p.roles[0].years = Int(n); }},
      {"roles[0].years", 80, 81, [](Profile& p, int64_t n) { p.roles[0].years = Int(n); }},
      {"roles[0].day_rate.units", Money::kMaxUnits, Money::kMaxUnits + 1,
       [](Profile& p, int64_t n) { p.roles[0].day_rate = Cny(n); }},
      {"roles[0].day_rate.nanos", 0, -1,
       [](Profile& p, int64_t n) { p.roles[0].day_rate = Cny(1, Int(n)); }},
      {"skills[0].level", 1, 0, [](Profile& p, int64_t n) { p.skills[0].level = Int(n); }},
      {"skills[0].level", 5, 6, [](Profile& p, int64_t n) { p.skills[0].level = Int(n); }},
      {"casting.playing_age_from", 0, -1,
       [](Profile& p, int64_t n) { p.casting.playing_age->from = Int(n); }},
      {"casting.playing_age_to", 120, 121,
       [](Profile& p, int64_t n) { p.casting.playing_age->to = Int(n); }},
      {"casting.playing_age_to", 18, 17,
       [](Profile& p, int64_t n) { p.casting.playing_age->to = Int(n); }},
      {"casting.height_cm", 30, 29, [](Profile& p, int64_t n) { p.casting.height_cm = Int(n); }},
      {"casting.height_cm", 260, 261, [](Profile& p, int64_t n) { p.casting.height_cm = Int(n); }},
      {"wishes.pay_floor.units", 0, -1, [](Profile& p, int64_t n) { p.wishes.pay_floor = Cny(n); }},
      {"rating.count", 1, 0, [](Profile& p, int64_t n) { p.rating.count = Int(n); }},
      {"rating.count", 1'000'000, 1'000'001,
       [](Profile& p, int64_t n) { p.rating.count = Int(n); }},
      {"rating.mean_thousandths", 1'000, 999,
       [](Profile& p, int64_t n) { p.rating.mean_thousandths = Int(n); }},
      {"rating.mean_thousandths", 5'000, 5'001,
       [](Profile& p, int64_t n) { p.rating.mean_thousandths = Int(n); }},
      {"rating.mean_thousandths", 1'000, 0,
       [](Profile& p, int64_t n) { p.rating.mean_thousandths = Int(n); }},
      {"calendar[0].dates", 3'650, 3'651,
       [](Profile& p, int64_t n) { SetEntry(p, {.days = testing::Span("2026-12-01", Int(n))}); }},
      {"calendar[0].dates.limit", 1, 0,
       [](Profile& p, int64_t n) { SetEntry(p, {.days = testing::Span("2026-12-01", Int(n))}); }},
  };
  return rows;
}

const std::vector<Fault>& Faults() {
  static const std::vector<Fault> rows = {
      {"findability", [](Profile& p) { p.ownership.findability = Findability::kUnspecified; }},
      {"findability", [](Profile& p) { p.ownership.findability = static_cast<Findability>(9); }},
      {"home_place", [](Profile& p) { p.home_place = "atlantis"; }},
      {"time_zone", [](Profile& p) { p.time_zone = "CST"; }},
      {"travel.places[1]", [](Profile& p) { p.travel.places = {"xian", "atlantis"}; }},
      {"wishes.places[0]", [](Profile& p) { p.wishes.places = {""}; }},
      {"roles[0].role", [](Profile& p) { p.roles[0].role = "directer"; }},
      {"roles[0].role", [](Profile& p) { p.roles[0].role = ""; }},
      {"roles[0].role", [](Profile& p) { p.roles[0].role = kOtherRole; }},
      {"roles[1].role", [](Profile& p) { p.roles[1].role = "director"; }},
      {"roles[0].day_rate.currency_code",
       [](Profile& p) { p.roles[0].day_rate->currency = "rmb"; }},
      {"languages[0]", [](Profile& p) { p.languages[0] = "Chinese"; }},
      {"skills[1].skill", [](Profile& p) { p.skills.push_back(p.skills[0]); }},
      {"skills[0].skill", [](Profile& p) { p.skills[0].skill = "Riding"; }},
      {"credentials[0]", [](Profile& p) { p.credentials = {"B licence"}; }},
      {"external_id.source", [](Profile& p) { p.external_id.source = "TMDB"; }},
      {"display_name", [](Profile& p) { p.display_name = "Ada\nLi"; }},
      {"contact.phone", [](Profile& p) { p.contact.phone = "\xff"; }},
      {"calendar[0].kind",
       [](Profile& p) {
         SetEntry(p, {.kind = CalendarEntry::Kind{}, .days = testing::Span("2026-12-01", 1)});
       }},
      {"calendar[0].dates.start",
       [](Profile& p) { SetEntry(p, {.days = {D("1869-12-31"), D("1870-01-05")}}); }},
      {"casting.gender", [](Profile& p) { p.casting.gender = static_cast<Gender>(4); }},
      {"credits[0].role", [](Profile& p) { p.credits[0].role = "boss"; }},
  };
  return rows;
}

TEST(ValidateProfileTest, AcceptsTheLeastProfile) {
  EXPECT_THAT(TextsOf(ValidateProfile(ProfileBuilder().Build())), IsEmpty());
}

TEST(ValidateProfileTest, AcceptsOneOfEverything) {
  EXPECT_THAT(TextsOf(ValidateProfile(Ada())), IsEmpty());
}

TEST(ValidateProfileTest, AcceptsTextsAtTheirLimit) {
  ExpectAcceptsAt(TextLimits(), Ada(), ValidateProfile);
}

TEST(ValidateProfileTest, RejectsTextsPastTheirLimit) {
  ExpectRejectsPast(TextLimits(), Ada(), ValidateProfile);
}

TEST(ValidateProfileTest, AcceptsListsAtTheirLimit) {
  ExpectAcceptsAt(CountLimits(), Ada(), ValidateProfile);
}

TEST(ValidateProfileTest, RejectsListsPastTheirLimit) {
  ExpectRejectsPast(CountLimits(), Ada(), ValidateProfile);
}

TEST(ValidateProfileTest, AcceptsNumbersAtTheirLimit) {
  ExpectAcceptsAt(NumberLimits(), Ada(), ValidateProfile);
}

TEST(ValidateProfileTest, RejectsNumbersPastTheirLimit) {
  ExpectRejectsPast(NumberLimits(), Ada(), ValidateProfile);
}

TEST(ValidateProfileTest, NamesTheFieldOfEachFault) {
  ExpectRejects(Faults(), Ada(), ValidateProfile);
}

TEST(ValidateProfileTest, TakesFortyRolesAndNoMore) {
  ProfileBuilder builder;
  for (const Role& role : ShippedRoles().roles().first(40)) builder.Holds(role.id);
  EXPECT_THAT(TextsOf(ValidateProfile(builder.Build())), IsEmpty());
  builder.Holds(ShippedRoles().roles()[40].id);
  EXPECT_THAT(TextsOf(ValidateProfile(builder.Build())),
              ElementsAre("roles has 41 entries: give at most 40"));
}

TEST(ValidateProfileTest, SaysHowToStateFindability) {
  Profile ada = Ada();
  ada.ownership.findability = Findability::kUnspecified;
  EXPECT_THAT(TextsOf(ValidateProfile(ada)),
              ElementsAre("findability is not stated: state FINDABILITY_FINDABLE or "
                          "FINDABILITY_HIDDEN"));
}

TEST(ValidateProfileTest, SaysThatARoleToGrowIntoHasNoLevel) {
  Profile ada = Ada();
  ada.roles[1].level = 2;
  EXPECT_THAT(TextsOf(ValidateProfile(ada)),
              ElementsAre("roles[1].level is 2 for a role to grow into: give 0, or leave out "
                          "grow_into"));
}

TEST(ValidateProfileTest, RejectsHalfOfARating) {
  Profile ada = Ada();
  ada.rating = {.count = 10};
  EXPECT_THAT(FieldsOf(ValidateProfile(ada)), ElementsAre("rating.mean_thousandths"));
  ada.rating = {.mean_thousandths = 4'500};
  EXPECT_THAT(FieldsOf(ValidateProfile(ada)), ElementsAre("rating.count"));
}

TEST(ValidateProfileTest, RejectsAPreAcceptanceThatStatesNothing) {
  Profile profile = Ada();
  profile.pre_acceptances = {{.roles = {"director"}}, {}};
  EXPECT_THAT(TextsOf(ValidateProfile(profile)),
              ElementsAre("pre_acceptances[1] states nothing, so that it would accept every hold: "
                          "state roles, a pay floor, places or dates"));
}

TEST(ValidateProfileTest, ChecksEachPartOfAPreAcceptance) {
  Profile profile = Ada();
  profile.pre_acceptances = {{.roles = {"no-role"},
                              .pay_floor = Cny(-1),
                              .places = {"no-place"},
                              .dates = DaySpan{.start = D("2026-12-02"), .limit = D("2026-12-02")}}};
  EXPECT_THAT(FieldsOf(ValidateProfile(profile)),
              ElementsAre("pre_acceptances[0].roles[0]", "pre_acceptances[0].pay_floor.units",
                          "pre_acceptances[0].places[0]",
                          HasSubstr("pre_acceptances[0].dates")));
}

TEST(ValidateProfileTest, TakesTwentyPreAcceptancesAndNoMore) {
  Profile profile = Ada();
  profile.pre_acceptances.assign(20, {.roles = {"director"}});
  EXPECT_THAT(FieldsOf(ValidateProfile(profile)), IsEmpty());
  profile.pre_acceptances.push_back({.roles = {"director"}});
  EXPECT_THAT(FieldsOf(ValidateProfile(profile)), ElementsAre("pre_acceptances"));
}

TEST(ValidateProfileTest, ReportsInTheOrderOfTheFields) {
  Profile ada = Ada();
  ada.rating.count = 0;
  ada.roles[0].years = -1;
  ada.display_name = "";
  EXPECT_THAT(FieldsOf(ValidateProfile(ada)),
              ElementsAre("display_name", "roles[0].years", "rating.count"));
}

TEST(ValidateProfileTest, ReportsFiftyAtMost) {
  Profile ada = Ada();
  ada.languages = Copies<std::string>(40, "?");
  ada.genres = Copies<std::string>(40, "");
  EXPECT_THAT(ValidateProfile(ada).found(), SizeIs(50));
}

Profile MadeOf(const std::string& secret) {
  Profile profile = Ada();
  profile.display_name = profile.agency = secret;
  profile.contact = {.email = secret, .phone = secret, .messenger = secret};
  profile.external_id = {.source = secret, .id = secret};
  profile.home_place = secret;
  profile.languages = profile.genres = profile.credentials = profile.travel.places = {secret};
  profile.roles[0].role = profile.skills[0].skill = secret;
  SetEntry(profile, {.days = testing::Span("2026-12-01", 1), .note = secret});
  return profile;
}

TEST(ValidateProfileTest, NeverEchoesPersonalData) {
  for (const std::string& secret : {std::string("Secret\n"), "Secret " + Text(300)}) {
    const std::vector<std::string> texts = TextsOf(ValidateProfile(MadeOf(secret)));
    EXPECT_THAT(texts, SizeIs(15));
    EXPECT_THAT(texts, Each(Not(HasSubstr("Secret"))));
  }
}

}  // namespace
}  // namespace troupe
