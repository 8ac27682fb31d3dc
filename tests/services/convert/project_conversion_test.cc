#include "services/convert/project_conversion.h"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/convert/opening_conversion.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/builders.h"
#include "tests/testing/random_market.h"

namespace troupe {
namespace {

using testing::Difference;
using testing::EveryFieldOfProject;
using testing::FieldsOf;
using testing::FromText;
using testing::kSampleVersion;
using testing::OpeningBuilder;
using testing::ProjectBuilder;
using testing::StoredProject;
using testing::UnsetFields;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Reader kOwner{.organization = {.slug = "crew"}};
const Reader kStranger{.organization = {.slug = "stranger"}};
const std::string kName = "name: 'projects/0000000000000007' ";

Project Read(const std::string& text) {
  Violations found;
  const Project project = FromWire(FromText<v1::Project>(text), found);
  EXPECT_THAT(FieldsOf(found), IsEmpty()) << text;
  return project;
}

std::vector<std::string> Found(const std::string& text) {
  Violations found;
  FromWire(FromText<v1::Project>(text), found);
  return FieldsOf(found);
}

TEST(ProjectConversionTest, HasASampleOfEveryField) {
  EXPECT_THAT(UnsetFields(EveryFieldOfProject()), IsEmpty());
}

TEST(ProjectConversionTest, GivesTheOwnerEveryFieldBack) {
  EXPECT_EQ(Difference(EveryFieldOfProject(), ToWire(StoredProject(), kSampleVersion, kOwner)),
            "");
}

TEST(ProjectConversionTest, KeepsRandomProjects) {
  std::mt19937_64 rng(1);
  for (size_t i = 0; i < 300; ++i) {
    const Project project = testing::RandomProject(rng, testing::MarketProjectId(i), {});
    Violations found;
    const v1::Project wire = ToWire(project, 1, {.organization = project.ownership.owner});
    Project read = FromWire(wire, found);
    read.id = project.id;
    read.ownership.owner = project.ownership.owner;
    read.create_time = project.create_time;
    read.update_time = project.update_time;
    read.last_opening_number = project.last_opening_number;
    ASSERT_EQ(read, project) << wire.DebugString();
    ASSERT_THAT(FieldsOf(found), IsEmpty());
  }
}

TEST(ProjectConversionTest, FillsUpTheSeatsThatAreNotSent) {
  const Project project = Read(
      "openings { headcount: 3 seats { number: 2 profile: 'profiles/0000000000000009' } }");
  EXPECT_THAT(project.openings[0].seats,
              ElementsAre(Seat{1, {}}, Seat{2, ProfileId(9)}, Seat{3, {}}));
}

TEST(ProjectConversionTest, TellsTheOwnerByWhichHoldASeatIsBookedAndBelievesNobody) {
  Project project = ProjectBuilder().With(OpeningBuilder().Headcount(1).Seats(1, 9)).Build();
  project.openings[0].seats[0].hold = 4;
  const v1::Project wire = ToWire(project, 1, {.organization = project.ownership.owner});
  EXPECT_EQ(wire.openings(0).seats(0).hold(), "profiles/0000000000000009/holds/4");
  Violations found;
  EXPECT_EQ(FromWire(wire, found).openings[0].seats[0].hold, 0u);
}

TEST(ProjectConversionTest, NumbersOpeningsByTheirNames) {
  const Project project = Read(
      kName + "openings { name: 'projects/0000000000000007/openings/4' headcount: 1 }"
              "openings { headcount: 1 }");
  EXPECT_EQ(project.openings[0].number, 4u);
  EXPECT_EQ(project.openings[1].number, 0u);
}

TEST(ProjectConversionTest, TakesTheCurrencyOfTheFirstAmount) {
  const std::string ceiling = "openings { headcount: 1 pay_ceiling { currency_code: 'EUR' } }";
  EXPECT_EQ(Read(ceiling).currency, "EUR");
  EXPECT_EQ(Read(absl::StrCat("budget { currency_code: 'USD' } ", ceiling)).currency, "USD");
  EXPECT_EQ(Read(absl::StrCat("currency_code: 'CNY' ", ceiling)).currency, "CNY");
  EXPECT_EQ(Read("openings { headcount: 1 }").currency, "");
}

TEST(ProjectConversionTest, LeavesAnEndOfARangeOfHeightsOpen) {
  const Project project = Read("openings { headcount: 1 casting { height_cm_from: 170 } }");
  EXPECT_EQ(project.openings[0].casting.height_cm, (IntRange{170, 260}));
}

TEST(ProjectConversionTest, AsksForAllDaysUnlessTheRuleIsSet) {
  const Project project = Read(
      "openings { headcount: 1 window { dates { start { year: 2026 month: 1 day: 1 }"
      "                                         limit { year: 2026 month: 1 day: 2 } } } }");
  EXPECT_EQ(project.openings[0].window->rule, Window::Rule::kAllDays);
}

struct BadField {
  std::string text;
  std::string field;
};

std::string InOpening(absl::string_view text) {
  return absl::StrCat("openings { headcount: 2 ", text, " }");
}

TEST(ProjectConversionTest, NamesEachFieldThatCannotBeRead) {
  const std::vector<BadField> cases = {
      {"findability: 3", "findability"},
      {"blocked_organizations: 'crew'", "blocked_organizations[0]"},
      {"blocked_profiles: 'profiles/7'", "blocked_profiles[0]"},
      {"dates { start { year: 2026 month: 1 day: 1 } }", "dates.limit"},
      {"release_date { year: 2026 month: 2 day: 30 }", "release_date.day"},
      {"attached { roles: 'writer' }", "attached[0].profile"},
      {"openings { headcount: 0 }", "openings[0].headcount"},
      {"openings { headcount: 501 }", "openings[0].headcount"},
      {InOpening("state: 4"), "openings[0].state"},
      {InOpening("seats { number: 3 }"), "openings[0].seats[0].number"},
      {InOpening("seats { number: 0 }"), "openings[0].seats[0].number"},
      {InOpening("seats { number: 1 } seats { number: 1 }"), "openings[0].seats[1].number"},
      {InOpening("seats { number: 1 profile: 'x' }"), "openings[0].seats[0].profile"},
      {InOpening("seats {} seats {} seats {}"), "openings[0].seats"},
      {InOpening("window { days: 3 }"), "openings[0].window.dates"},
      {InOpening("attached { profile: '' }"), "openings[0].attached[0].profile"},
      {InOpening("casting { genders: [1, 4] }"), "openings[0].casting.genders[1]"},
      {InOpening("casting { genders: [1, 1, 1, 1] }"), "openings[0].casting.genders"},
      {InOpening("casting { playing_age_from: 4 }"), "openings[0].casting.playing_age_to"},
      {InOpening("name: 'openings/4'"), "openings[0].name"},
      {InOpening("name: 'projects/0000000000000007/openings/4'"), "openings[0].name"},
      {absl::StrCat(kName, InOpening("name: 'projects/0000000000000008/openings/4'")),
       "openings[0].name"},
  };
  for (const BadField& bad : cases) {
    EXPECT_THAT(Found(bad.text), ElementsAre(bad.field)) << bad.text;
  }
}

TEST(ProjectConversionTest, NamesARuleThatStandsForNothing) {
  EXPECT_THAT(Found(InOpening("window { rule: 4 dates { start { year: 2026 month: 1 day: 1 }"
                              " limit { year: 2026 month: 1 day: 2 } } }")),
              ElementsAre("openings[0].window.rule"));
}

TEST(ProjectConversionTest, DoesNotReadListsThatAreTooLong) {
  v1::Project wire;
  for (int i = 0; i < 501; ++i) wire.add_openings()->set_headcount(500);
  for (int i = 0; i < 1'001; ++i) wire.add_blocked_profiles();
  Violations found;
  EXPECT_THAT(FromWire(wire, found).openings, IsEmpty());
  EXPECT_THAT(FieldsOf(found), ElementsAre("blocked_profiles", "openings"));
}

TEST(AdHocConversionTest, IsOneOpenSeatUnlessAHeadcountIsSet) {
  Violations found;
  const Field message(&found);
  const Opening opening = AdHocFromWire(FromText<v1::Opening>("role: 'actor'"), message);
  EXPECT_EQ(opening, OpeningBuilder().Number(0).Role("actor").Build());
  EXPECT_THAT(FieldsOf(found), IsEmpty());
}

TEST(AdHocConversionTest, RefusesWhatOnlyAStoredOpeningHas) {
  Violations found;
  const Field message(&found);
  AdHocFromWire(FromText<v1::Opening>("name: 'x' seats {} state: 2 headcount: -1"), message);
  EXPECT_THAT(FieldsOf(found), ElementsAre("name", "seats", "state", "headcount"));
}

enum class Seen { kByAll, kByOwner };

// A new field of the message belongs in this table before anything else.
const std::map<std::string, Seen>& WhoSees() {
  static const auto& table = *new std::map<std::string, Seen>{
      {"name", Seen::kByAll},
      {"etag", Seen::kByAll},
      {"organization", Seen::kByAll},
      {"external_id", Seen::kByOwner},
      {"create_time", Seen::kByAll},
      {"update_time", Seen::kByAll},
      {"title", Seen::kByAll},
      {"findability", Seen::kByAll},
      {"blocked_organizations", Seen::kByOwner},
      {"blocked_profiles", Seen::kByOwner},
      {"genres", Seen::kByAll},
      {"tags", Seen::kByAll},
      {"companies", Seen::kByAll},
      {"styles", Seen::kByAll},
      {"countries", Seen::kByAll},
      {"original_language", Seen::kByAll},
      {"budget", Seen::kByAll},
      {"currency_code", Seen::kByAll},
      {"place", Seen::kByAll},
      {"dates", Seen::kByAll},
      {"release_date", Seen::kByAll},
      {"attached", Seen::kByOwner},
      {"openings", Seen::kByAll},
      // Of an opening.
      {"openings.name", Seen::kByAll},
      {"openings.role", Seen::kByAll},
      {"openings.headcount", Seen::kByAll},
      {"openings.seats", Seen::kByOwner},
      {"openings.filled", Seen::kByAll},
      {"openings.state", Seen::kByAll},
      {"openings.window", Seen::kByAll},
      {"openings.blocks", Seen::kByAll},
      {"openings.blocks_needed", Seen::kByAll},
      {"openings.pay_ceiling", Seen::kByAll},
      {"openings.skills", Seen::kByAll},
      {"openings.languages", Seen::kByAll},
      {"openings.credentials", Seen::kByAll},
      {"openings.genres", Seen::kByAll},
      {"openings.place", Seen::kByAll},
      {"openings.attached", Seen::kByOwner},
      {"openings.trainees_allowed", Seen::kByAll},
      {"openings.casting", Seen::kByAll},
  };
  return table;
}

// Clears what only owners see. Fields that the table lacks fail the test.
void Redact(google::protobuf::Message& message, const std::string& path) {
  const google::protobuf::Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const auto seen = WhoSees().find(path + type.field(i)->name());
    ASSERT_NE(seen, WhoSees().end()) << path + type.field(i)->name();
    if (seen->second == Seen::kByOwner) {
      message.GetReflection()->ClearField(&message, type.field(i));
    }
  }
}

TEST(ProjectVisibilityTest, ShowsAStrangerNothingPrivate) {
  v1::Project redacted = EveryFieldOfProject();
  Redact(redacted, "");
  for (v1::Opening& opening : *redacted.mutable_openings()) Redact(opening, "openings.");
  EXPECT_EQ(Difference(redacted, ToWire(StoredProject(), kSampleVersion, kStranger)), "");
}

TEST(ProjectVisibilityTest, ShowsDraftsToTheOwnerOnly) {
  const Project project = ProjectBuilder()
                              .With(OpeningBuilder().Draft())
                              .With(OpeningBuilder().Closed())
                              .Build();
  EXPECT_EQ(ToWire(project, 1, kOwner).openings_size(), 2);
  EXPECT_EQ(ToWire(project, 1, kStranger).openings_size(), 1);
}

}  // namespace
}  // namespace troupe
