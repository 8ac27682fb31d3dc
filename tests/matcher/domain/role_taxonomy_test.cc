#include "matcher/domain/role_taxonomy.h"

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsNull;
using ::testing::NotNull;
using ::testing::Pointee;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;
using testing::StatusIs;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

auto HasId(absl::string_view id) { return Pointee(Field(&Role::id, std::string(id))); }

// A taxonomy of two departments and the given role lines.
absl::StatusOr<RoleTaxonomy> Roles(absl::string_view lines) {
  return RoleTaxonomy::Parse(
      "id,name_zh,name_en\nsound,声音,Sound\nart,美术,Art\n",
      absl::StrCat("id,name_zh,name_en,department,aliases,remote_capable,cast\n", lines));
}

std::set<std::string> IdsWhere(bool Role::*flag) {
  std::set<std::string> ids;
  for (const Role& role : ShippedRoles().roles()) {
    if (role.*flag) ids.insert(role.id);
  }
  return ids;
}

TEST(RoleTaxonomyTest, ReadsEveryColumn) {
  const auto taxonomy = Roles("foley,拟音师,Foley Artist,sound,拟音|Foley Walker,1,0\n");
  ASSERT_THAT(taxonomy, testing::IsOk());
  const Role& role = taxonomy->roles().front();
  EXPECT_EQ(role.id, "foley");
  EXPECT_EQ(role.name_zh, "拟音师");
  EXPECT_EQ(role.name_en, "Foley Artist");
  EXPECT_EQ(role.department, "sound");
  EXPECT_THAT(role.aliases, ElementsAre("拟音", "Foley Walker"));
  EXPECT_TRUE(role.remote_capable);
  EXPECT_FALSE(role.cast);
}

TEST(RoleTaxonomyTest, FindsARoleByIdOnlyWhenExact) {
  EXPECT_THAT(ShippedRoles().Find("editor"), HasId("editor"));
  EXPECT_THAT(ShippedRoles().Find("Editor"), IsNull());
  EXPECT_THAT(ShippedRoles().Find(""), IsNull());
}

TEST(RoleTaxonomyTest, FindsARoleByAnyOfItsNames) {
  for (absl::string_view name : {"director-of-photography", "摄影指导",
                                 "Director of Photography", "DOP", " cinematographer "}) {
    EXPECT_THAT(ShippedRoles().FindByAlias(name), HasId("director-of-photography")) << name;
  }
}

TEST(RoleTaxonomyTest, FindsNoRoleByAnUnknownName) {
  EXPECT_THAT(ShippedRoles().FindByAlias("astronaut"), IsNull());
  EXPECT_THAT(ShippedRoles().FindByAlias(""), IsNull());
}

TEST(RoleTaxonomyTest, IndexesRolesInTheOrderOfTheFile) {
  const auto taxonomy = Roles("foley,拟音师,Foley,sound,,1,0\nprops,道具师,Props,art,,0,0\n");
  EXPECT_EQ(taxonomy->IndexOf("foley"), 0);
  EXPECT_EQ(taxonomy->IndexOf("props"), 1);
  EXPECT_EQ(taxonomy->IndexOf("editor"), -1);
}

TEST(RoleTaxonomyTest, RejectsARepeatedRole) {
  EXPECT_THAT(Roles("foley,拟音师,Foley,sound,,1,0\nfoley,道具师,Props,art,,0,0\n"),
              StatusIs(kInvalid, HasSubstr("roles line 3: id \"foley\" is repeated")));
}

TEST(RoleTaxonomyTest, RejectsAnUnknownDepartment) {
  EXPECT_THAT(Roles("gaffer,灯光师,Gaffer,lighting,,0,0\n"),
              StatusIs(kInvalid, HasSubstr("roles line 2: department \"lighting\" is unknown")));
}

TEST(RoleTaxonomyTest, RejectsAMissingColumn) {
  EXPECT_THAT(Roles("foley,拟音师,Foley,sound,1,0\n"),
              StatusIs(kInvalid, HasSubstr("roles line 2: has 6 cells")));
}

TEST(RoleTaxonomyTest, RejectsAnAliasOfAnotherRole) {
  EXPECT_THAT(Roles("foley,拟音师,Foley,sound,,1,0\nprops,道具师,Props,art,FOLEY,0,0\n"),
              StatusIs(kInvalid, HasSubstr("roles line 3: name \"FOLEY\"")));
}

TEST(RoleTaxonomyTest, RejectsAFlagThatIsNoBit) {
  EXPECT_THAT(Roles("foley,拟音师,Foley,sound,,yes,0\n"),
              StatusIs(kInvalid, HasSubstr("must be 0 or 1")));
}

TEST(RoleTaxonomyTest, RejectsAnIdThatIsNoSlug) {
  EXPECT_THAT(Roles("Foley,拟音师,Foley,sound,,1,0\n"), StatusIs(kInvalid, HasSubstr("slug")));
}

TEST(RoleTaxonomyTest, RejectsARoleWithoutAName) {
  EXPECT_THAT(Roles("foley,,Foley,sound,,1,0\n"), StatusIs(kInvalid, HasSubstr("Chinese")));
}

TEST(RoleTaxonomyTest, RejectsARepeatedDepartment) {
  EXPECT_THAT(RoleTaxonomy::Parse("id,name_zh,name_en\nart,美术,Art\nart,声音,Sound\n", ""),
              StatusIs(kInvalid, HasSubstr("departments line 3: id \"art\" is repeated")));
}

TEST(ShippedRolesTest, HasFifteenDepartmentsAllInUse) {
  std::set<std::string> used;
  for (const Role& role : ShippedRoles().roles()) used.insert(role.department);
  EXPECT_THAT(ShippedRoles().departments(), SizeIs(15));
  EXPECT_THAT(used, SizeIs(15));
}

TEST(ShippedRolesTest, HasTheRolesThatCreditsAreReadInto) {
  for (absl::string_view id : {"writer", "director", "actor", "producer", "editor",
                               "director-of-photography", "composer"}) {
    EXPECT_THAT(ShippedRoles().Find(id), NotNull()) << id;
  }
}

TEST(ShippedRolesTest, LeavesTheWordForOtherCreditsFree) {
  EXPECT_THAT(ShippedRoles().FindByAlias("other"), IsNull());
}

TEST(ShippedRolesTest, OnlyPerformersMayStateCastingAttributes) {
  EXPECT_THAT(IdsWhere(&Role::cast), UnorderedElementsAre("actor", "extra", "voice-actor",
                                                          "presenter", "dubbing-artist"));
}

TEST(ShippedRolesTest, WritingEditingAndMusicCanBeDoneAnywhere) {
  for (const Role& role : ShippedRoles().roles()) {
    if (role.department == "writing" || role.department == "editing" ||
        role.department == "music") {
      EXPECT_TRUE(role.remote_capable) << role.id;
    }
  }
}

TEST(ShippedRolesTest, NothingOfTheSetCanBeDoneAnywhere) {
  for (const Role& role : ShippedRoles().roles()) {
    if (role.department == "camera" || role.department == "lighting" ||
        role.department == "stunts-and-action") {
      EXPECT_FALSE(role.remote_capable) << role.id;
    }
  }
}

}  // namespace
}  // namespace troupe
