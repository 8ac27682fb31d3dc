#include "matcher/domain/validate_opening.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/matcher/domain/limit_row.h"
#include "tests/testing/opening_builder.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Copies;
using testing::FieldsOf;
using testing::LabelCopies;
using testing::OpeningBuilder;
using testing::Text;
using testing::TextsOf;
using testing::Words;
using Limit = testing::LimitRow<Opening>;
using Fault = testing::FaultRow<Opening>;

Opening Part() {
  return OpeningBuilder()
      .Role("actor")
      .Headcount(3)
      .AnyDays(2, "2026-12-01", 5)
      .Ceiling(1'000)
      .Requires("riding")
      .Language("zh")
      .Credential("first-aid")
      .Genre("crime")
      .Attach(7, "director")
      .Casts({.genders = {Gender::kFemale},
              .playing_age = IntRange{18, 30},
              .height_cm = IntRange{150, 180}})
      .Build();
}

Violations Validate(const Opening& opening) {
  Violations found;
  CheckOpening(Field(&found), opening);
  return found;
}

int32_t Int(int64_t n) { return static_cast<int32_t>(n); }

std::vector<WantedSkill> Skills(int64_t count) {
  std::vector<WantedSkill> skills;
  for (std::string& word : Words(count)) skills.push_back({.skill = std::move(word), .level = 1});
  return skills;
}

void SetHeadcount(Opening& o, int64_t n) {
  o.seats = OpeningBuilder().Headcount(Int(n)).Build().seats;
}

void SetBlocks(Opening& o, int64_t n) {
  o.window.reset();
  OpeningBuilder blocks;
  for (int64_t day = 1; day <= n; ++day) {
    blocks.Block(absl::StrCat("2026-12-", day < 10 ? "0" : "", day), 1);
  }
  o.blocks = blocks.Build().blocks;
}

const std::vector<Limit>& Limits() {
  static const std::vector<Limit> rows = {
      {"headcount", 1, 0, SetHeadcount},
      {"headcount", 500, 501, SetHeadcount},
      {"window.days", 1, 0, [](Opening& o, int64_t n) { o.window->days = Int(n); }},
      {"window.days", 5, 6, [](Opening& o, int64_t n) { o.window->days = Int(n); }},
      {"window.dates.limit", 1, 0,
       [](Opening& o, int64_t n) { o.window = Window{testing::Span("2026-12-01", Int(n))}; }},
      {"blocks", 16, 17, SetBlocks},
      {"blocks_needed", 0, -1, [](Opening& o, int64_t n) { o.blocks_needed = Int(n); }},
      {"blocks_needed", 3, 4,
       [](Opening& o, int64_t n) {
         SetBlocks(o, 3);
         o.blocks_needed = Int(n);
       }},
      {"pay_ceiling.units", 0, -1, [](Opening& o, int64_t n) { o.pay_ceiling->units = n; }},
      {"pay_ceiling.nanos", 999'999'999, 1'000'000'000,
       [](Opening& o, int64_t n) { o.pay_ceiling->nanos = Int(n); }},
      {"skills", 50, 51, [](Opening& o, int64_t n) { o.skills = Skills(n); }},
      {"skills[0].skill", 100, 101, [](Opening& o, int64_t n) { o.skills[0].skill = Text(n); }},
      {"skills[0].level", 1, 0, [](Opening& o, int64_t n) { o.skills[0].level = Int(n); }},
      {"skills[0].level", 5, 6, [](Opening& o, int64_t n) { o.skills[0].level = Int(n); }},
      {"languages", 20, 21,
       [](Opening& o, int64_t n) { o.languages = Copies<std::string>(n, "zh"); }},
      {"credentials", 20, 21, [](Opening& o, int64_t n) { o.credentials = Words(n); }},
      {"genres", 50, 51, [](Opening& o, int64_t n) { o.genres = LabelCopies(n); }},
      {"attached", 200, 201, [](Opening& o, int64_t n) { o.attached = Copies(n, o.attached[0]); }},
      {"attached[0].roles", 10, 11,
       [](Opening& o, int64_t n) { o.attached[0].roles = Copies<std::string>(n, "writer"); }},
      {"casting.playing_age_from", 0, -1,
       [](Opening& o, int64_t n) { o.casting.playing_age->from = Int(n); }},
      {"casting.playing_age_to", 120, 121,
       [](Opening& o, int64_t n) { o.casting.playing_age->to = Int(n); }},
      {"casting.playing_age_to", 18, 17,
       [](Opening& o, int64_t n) { o.casting.playing_age->to = Int(n); }},
      {"casting.height_cm_from", 30, 29,
       [](Opening& o, int64_t n) { o.casting.height_cm->from = Int(n); }},
      {"casting.height_cm_to", 260, 261,
       [](Opening& o, int64_t n) { o.casting.height_cm->to = Int(n); }},
      {"casting.height_cm_to", 150, 149,
       [](Opening& o, int64_t n) { o.casting.height_cm->to = Int(n); }},
  };
  return rows;
}

const std::vector<Fault>& Faults() {
  static const std::vector<Fault> rows = {
      {"role", [](Opening& o) { o.role = "actress"; }},
      {"role", [](Opening& o) { o.role = kOtherRole; }},
      {"state", [](Opening& o) { o.state = Opening::State{}; }},
      {"state", [](Opening& o) { o.state = static_cast<Opening::State>(4); }},
      {"seats", [](Opening& o) { o.seats[1].number = 1; }},
      {"seats", [](Opening& o) { o.seats[2].number = 4; }},
      {"window.rule", [](Opening& o) { o.window->rule = Window::Rule{}; }},
      {"window.days", [](Opening& o) { o.window->rule = Window::Rule::kAllDays; }},
      {"window.dates.limit", [](Opening& o) { o.window->span.limit = o.window->span.start; }},
      {"window.dates.start", [](Opening& o) { o.window->span.start = testing::D("1869-12-31"); }},
      {"blocks", [](Opening& o) { o.blocks = {*o.window}; }},
      {"blocks[1].dates.start",
       [](Opening& o) {
         SetBlocks(o, 3);
         o.blocks[1].span.start = o.blocks[0].span.start;
       }},
      {"blocks[1].rule",
       [](Opening& o) {
         SetBlocks(o, 3);
         o.blocks[1].rule = Window::Rule{};
       }},
      {"pay_ceiling.currency_code", [](Opening& o) { o.pay_ceiling->currency = "yuan"; }},
      {"skills[1].skill", [](Opening& o) { o.skills.push_back(o.skills[0]); }},
      {"languages[0]", [](Opening& o) { o.languages[0] = "Chinese"; }},
      {"credentials[0]", [](Opening& o) { o.credentials[0] = ""; }},
      {"genres[0].id", [](Opening& o) { o.genres[0].id = ""; }},
      {"place", [](Opening& o) { o.place = "atlantis"; }},
      {"attached[0].profile", [](Opening& o) { o.attached[0].profile = ProfileId(); }},
      {"attached[0].roles[0]", [](Opening& o) { o.attached[0].roles[0] = "boss"; }},
      {"casting", [](Opening& o) { o.role = "director"; }},
      {"casting.genders[0]", [](Opening& o) { o.casting.genders = {Gender::kUnspecified}; }},
  };
  return rows;
}

TEST(CheckOpeningTest, AcceptsTheLeastOpening) {
  EXPECT_THAT(TextsOf(Validate(OpeningBuilder().Build())), IsEmpty());
}

TEST(CheckOpeningTest, AcceptsOneOfEverything) {
  EXPECT_THAT(TextsOf(Validate(Part())), IsEmpty());
}

TEST(CheckOpeningTest, AcceptsWhatIsAtALimit) { ExpectAcceptsAt(Limits(), Part(), Validate); }

TEST(CheckOpeningTest, RejectsWhatIsPastALimit) { ExpectRejectsPast(Limits(), Part(), Validate); }

TEST(CheckOpeningTest, NamesTheFieldOfEachFault) { ExpectRejects(Faults(), Part(), Validate); }

TEST(CheckOpeningTest, SeatsAProfileOnce) {
  EXPECT_THAT(TextsOf(Validate(OpeningBuilder().Headcount(3).Seats(1, 7).Seats(3, 7).Build())),
              ElementsAre("seats has one profile on seats 1 and 3: give a profile one seat of an "
                          "opening"));
}

TEST(CheckOpeningTest, HoldsARunToTheLengthOfItsWindow) {
  EXPECT_THAT(FieldsOf(Validate(OpeningBuilder().RunOf(5, "2026-12-01", 5).Build())), IsEmpty());
  EXPECT_THAT(TextsOf(Validate(OpeningBuilder().RunOf(6, "2026-12-01", 5).Build())),
              ElementsAre("window.days is 6: give 1 to 5"));
}

TEST(CheckOpeningTest, CountsNoDaysOfAnEmptyWindow) {
  EXPECT_THAT(FieldsOf(Validate(OpeningBuilder().RunOf(1, "2026-12-01", 0).Build())),
              ElementsAre("window.dates.limit"));
}

TEST(CheckOpeningTest, TakesNoNumberOfDaysWhereAllAreAskedFor) {
  Opening part = OpeningBuilder().AllDays("2026-12-01", 5).Build();
  EXPECT_THAT(TextsOf(Validate(part)), IsEmpty());
  part.window->days = 5;
  EXPECT_THAT(TextsOf(Validate(part)),
              ElementsAre("window.days is 5 though all days are asked for: give 0, or another "
                          "rule"));
}

TEST(CheckOpeningTest, CastsOnlyCastRoles) {
  EXPECT_THAT(TextsOf(Validate(OpeningBuilder().Casts({.genders = {Gender::kMale}}).Build())),
              ElementsAre("casting is set for a role that is not a cast role: leave it out"));
}

}  // namespace
}  // namespace troupe
