#include "matcher/domain/validate_project.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/matcher/domain/limit_row.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Cny;
using testing::Copies;
using testing::D;
using testing::FieldsOf;
using testing::LabelCopies;
using testing::OpeningBuilder;
using testing::ProjectBuilder;
using testing::Text;
using testing::TextsOf;
using testing::Words;
using Limit = testing::LimitRow<Project>;
using Fault = testing::FaultRow<Project>;

const Money kDollar = {.currency = "USD", .units = 1};

Project Drama() {
  return ProjectBuilder()
      .ExternalId("tmdb", "603")
      .Genre("crime")
      .Tag("palace")
      .Company("co:1")
      .Style("noir")
      .Country("CN")
      .OriginalLanguage("zh")
      .Budget(Cny(1'000'000))
      .Place("xian")
      .Attach(7, "writer")
      .With(OpeningBuilder().Ceiling(1'000))
      .Build();
}

std::vector<ProfileId> Profiles(int64_t count) {
  std::vector<ProfileId> profiles;
  for (int64_t i = 1; i <= count; ++i) profiles.push_back(ProfileId(static_cast<uint64_t>(i)));
  return profiles;
}

std::vector<OrganizationId> Organizations(int64_t count) {
  std::vector<OrganizationId> organizations;
  for (std::string& slug : Words(count)) organizations.push_back({.slug = std::move(slug)});
  return organizations;
}

const std::vector<Limit>& Limits() {
  static const std::vector<Limit> rows = {
      {"title", 300, 301, [](Project& p, int64_t n) { p.title = Text(n); }},
      {"title", 1, 0, [](Project& p, int64_t n) { p.title = Text(n); }},
      {"external_id.source", 40, 41, [](Project& p, int64_t n) { p.external_id.source = Text(n); }},
      {"external_id.id", 200, 201, [](Project& p, int64_t n) { p.external_id.id = Text(n); }},
      {"blocked_organizations", 1'000, 1'001,
       [](Project& p, int64_t n) { p.ownership.blocked_organizations = Organizations(n); }},
      {"blocked_profiles", 1'000, 1'001,
       [](Project& p, int64_t n) { p.blocked_profiles = Profiles(n); }},
      {"genres", 50, 51, [](Project& p, int64_t n) { p.genres = LabelCopies(n); }},
      {"tags", 50, 51, [](Project& p, int64_t n) { p.tags = LabelCopies(n); }},
      {"companies", 50, 51, [](Project& p, int64_t n) { p.companies = LabelCopies(n); }},
      {"genres[0].id", 100, 101, [](Project& p, int64_t n) { p.genres[0].id = Text(n); }},
      {"tags[0].name", 200, 201, [](Project& p, int64_t n) { p.tags[0].name = Text(n); }},
      {"styles", 50, 51, [](Project& p, int64_t n) { p.styles = Words(n); }},
      {"styles[0]", 100, 101, [](Project& p, int64_t n) { p.styles[0] = Text(n); }},
      {"countries", 50, 51,
       [](Project& p, int64_t n) { p.countries = Copies<std::string>(n, "CN"); }},
      {"budget.units", 0, -1, [](Project& p, int64_t n) { p.budget->units = n; }},
      {"attached", 200, 201, [](Project& p, int64_t n) { p.attached = Copies(n, p.attached[0]); }},
      {"attached[0].roles", 1, 0,
       [](Project& p, int64_t n) { p.attached[0].roles = Copies<std::string>(n, "writer"); }},
      {"attached[0].roles", 10, 11,
       [](Project& p, int64_t n) { p.attached[0].roles = Copies<std::string>(n, "writer"); }},
      {"openings", 500, 501, [](Project& p, int64_t n) { p.openings = Copies(n, p.openings[0]); }},
      {"dates.limit", 1, 0,
       [](Project& p, int64_t n) {
         p.dates = testing::Span("2026-12-01", static_cast<int32_t>(n));
       }},
  };
  return rows;
}

const std::vector<Fault>& Faults() {
  static const std::vector<Fault> rows = {
      {"findability", [](Project& p) { p.ownership.findability = Findability::kUnspecified; }},
      {"title", [](Project& p) { p.title = "two\nlines"; }},
      {"countries[0]", [](Project& p) { p.countries[0] = "cn"; }},
      {"original_language", [](Project& p) { p.original_language = "Chinese"; }},
      {"place", [](Project& p) { p.place = "atlantis"; }},
      {"release_date", [](Project& p) { p.release_date = D("2201-01-01"); }},
      {"dates.start", [](Project& p) { p.dates = testing::Span("1869-12-31", 9); }},
      {"attached[0].profile", [](Project& p) { p.attached[0].profile = ProfileId(); }},
      {"attached[0].roles[0]", [](Project& p) { p.attached[0].roles[0] = kOtherRole; }},
      {"openings[0].role", [](Project& p) { p.openings[0].role = "boss"; }},
  };
  return rows;
}

TEST(ValidateProjectTest, AcceptsTheLeastProject) {
  EXPECT_THAT(TextsOf(ValidateProject(ProjectBuilder().Build())), IsEmpty());
}

TEST(ValidateProjectTest, AcceptsOneOfEverything) {
  EXPECT_THAT(TextsOf(ValidateProject(Drama())), IsEmpty());
}

TEST(ValidateProjectTest, AcceptsWhatIsAtALimit) {
  ExpectAcceptsAt(Limits(), Drama(), ValidateProject);
}

TEST(ValidateProjectTest, RejectsWhatIsPastALimit) {
  ExpectRejectsPast(Limits(), Drama(), ValidateProject);
}

TEST(ValidateProjectTest, NamesTheFieldOfEachFault) {
  ExpectRejects(Faults(), Drama(), ValidateProject);
}

TEST(ValidateProjectTest, ReportsFiftyAtMost) {
  Project drama = Drama();
  drama.openings = Copies(60, OpeningBuilder().Role("boss").Build());
  EXPECT_THAT(ValidateProject(drama).found(), ::testing::SizeIs(50));
}

TEST(ValidateProjectTest, AcceptsAPersonInSeatsOfTwoOpenings) {
  EXPECT_THAT(TextsOf(ValidateProject(ProjectBuilder()
                                          .With(OpeningBuilder().Role("writer").Seats(1, 7))
                                          .With(OpeningBuilder().Role("director").Seats(1, 7))
                                          .Build())),
              IsEmpty());
}

TEST(ProjectCurrencyTest, IsThatOfTheBudgetForEveryCeiling) {
  const OpeningBuilder in_dollars = OpeningBuilder().Ceiling(kDollar);
  EXPECT_THAT(
      TextsOf(ValidateProject(ProjectBuilder().Budget(Cny(1)).With(in_dollars).Build())),
      ElementsAre("openings[0].pay_ceiling.currency_code is not the one currency of the project: "
                  "give CNY"));
}

TEST(ProjectCurrencyTest, IsThatOfTheFirstCeilingWithoutABudget) {
  const Project project = ProjectBuilder()
                              .With(OpeningBuilder())
                              .With(OpeningBuilder().Ceiling(kDollar))
                              .With(OpeningBuilder().Ceiling(1'000))
                              .Build();
  EXPECT_THAT(FieldsOf(ValidateProject(project)),
              ElementsAre("openings[2].pay_ceiling.currency_code"));
}

TEST(ProjectCurrencyTest, IsTheStatedOneForTheBudgetToo) {
  Project drama = Drama();
  drama.currency = "USD";
  EXPECT_THAT(FieldsOf(ValidateProject(drama)),
              ElementsAre("budget.currency_code", "openings[0].pay_ceiling.currency_code"));
}

TEST(ProjectCurrencyTest, IsThatOfTheFirstAmountWhenNotFilledIn) {
  Project drama = Drama();
  drama.currency = "";
  EXPECT_THAT(FieldsOf(ValidateProject(drama)), IsEmpty());
  drama.openings[0].pay_ceiling = kDollar;
  EXPECT_THAT(FieldsOf(ValidateProject(drama)),
              ElementsAre("openings[0].pay_ceiling.currency_code"));
}

TEST(ProjectCurrencyTest, MustBeACodeWhenStatedAlone) {
  Project project = ProjectBuilder().Build();
  project.currency = "USD";
  EXPECT_THAT(FieldsOf(ValidateProject(project)), IsEmpty());
  project.currency = "dollars";
  EXPECT_THAT(FieldsOf(ValidateProject(project)), ElementsAre("currency_code"));
}

TEST(ProjectCurrencyTest, HoldsNoAmountToWhatIsNotACode) {
  Project drama = Drama();
  drama.currency = "dollars";
  EXPECT_THAT(FieldsOf(ValidateProject(drama)), ElementsAre("currency_code"));
}

TEST(ProjectCurrencyTest, IsReportedOnceWhereTheAmountStatesIt) {
  Project project = ProjectBuilder().Budget({.currency = "yuan", .units = 1}).Build();
  EXPECT_THAT(FieldsOf(ValidateProject(project)), ElementsAre("budget.currency_code"));
}

TEST(ValidateAdHocTest, AcceptsARoleAlone) {
  const Opening wanted = {.role = "director"};
  EXPECT_THAT(TextsOf(ValidateAdHoc(Project(), wanted)), IsEmpty());
}

TEST(ValidateAdHocTest, WantsARole) {
  EXPECT_THAT(TextsOf(ValidateAdHoc(Project(), Opening())),
              ElementsAre("opening.role is empty: give the id of a role, as \"director\""));
}

TEST(ValidateAdHocTest, HoldsTheContextToTheRulesOfAProject) {
  Project context;
  context.title = Text(301);
  context.place = "atlantis";
  context.genres = LabelCopies(51);
  EXPECT_THAT(FieldsOf(ValidateAdHoc(context, OpeningBuilder().Build())),
              ElementsAre("project.title", "project.genres", "project.place"));
}

TEST(ValidateAdHocTest, HoldsTheOpeningToTheRulesOfAnOpening) {
  const Opening wanted = OpeningBuilder().AllDays("2026-12-01", 0).Requires("riding", 6).Build();
  EXPECT_THAT(FieldsOf(ValidateAdHoc(Project(), wanted)),
              ElementsAre("opening.window.dates.limit", "opening.skills[0].level"));
}

TEST(ValidateAdHocTest, TakesNoOpeningsInTheContext) {
  const Project context = ProjectBuilder().With(OpeningBuilder()).Build();
  EXPECT_THAT(FieldsOf(ValidateAdHoc(context, OpeningBuilder().Build())),
              ElementsAre("project.openings"));
}

TEST(ValidateAdHocTest, TakesAHeadcountUpTo500) {
  EXPECT_THAT(FieldsOf(ValidateAdHoc({}, OpeningBuilder().Headcount(500).Build())), IsEmpty());
  EXPECT_THAT(FieldsOf(ValidateAdHoc({}, OpeningBuilder().Headcount(501).Build())),
              ElementsAre("opening.headcount"));
}

TEST(ValidateAdHocTest, HoldsWhatIdentifiesTheContextToItsRules) {
  Project context;
  context.external_id = {.source = "TMDB", .id = "603"};
  context.currency = "dollars";
  EXPECT_THAT(FieldsOf(ValidateAdHoc(context, OpeningBuilder().Build())),
              ElementsAre("project.external_id.source", "project.currency_code"));
}

TEST(ValidateAdHocTest, HasTheCurrencyOfTheBudget) {
  Project context;
  context.budget = Cny(1);
  EXPECT_THAT(FieldsOf(ValidateAdHoc(context, OpeningBuilder().Ceiling(kDollar).Build())),
              ElementsAre("opening.pay_ceiling.currency_code"));
}

}  // namespace
}  // namespace troupe
