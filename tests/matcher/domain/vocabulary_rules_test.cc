#include "matcher/domain/vocabulary_rules.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/values.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsNull;
using testing::TextsOf;

std::vector<std::string> RoleReports(absl::string_view id) {
  Violations found;
  const Field message(&found);
  CheckRole(message["role"], id);
  return TextsOf(found);
}

std::vector<std::string> PlaceReports(absl::string_view id) {
  Violations found;
  const Field message(&found);
  CheckPlace(message["place"], id);
  return TextsOf(found);
}

TEST(CheckRoleTest, GivesTheRole) {
  Violations found;
  const Field message(&found);
  const Role* role = CheckRole(message["role"], "actor");
  ASSERT_NE(role, nullptr);
  EXPECT_TRUE(role->cast);
  EXPECT_TRUE(found.empty());
}

TEST(CheckRoleTest, SuggestsTheNearestId) {
  EXPECT_THAT(RoleReports("directer"),
              ElementsAre("role is not a role of the taxonomy: did you mean \"director\"?"));
}

TEST(CheckRoleTest, SuggestsTheRoleOfANameOrAlias) {
  EXPECT_THAT(RoleReports("导演"),
              ElementsAre("role is not a role of the taxonomy: did you mean \"director\"?"));
  EXPECT_THAT(RoleReports("DOP"), ElementsAre("role is not a role of the taxonomy: did you mean "
                                              "\"director-of-photography\"?"));
}

TEST(CheckRoleTest, GivesAnExampleWhenNothingIsNear) {
  EXPECT_THAT(RoleReports("xyzzy-quux"), ElementsAre("role is not a role of the taxonomy: give the "
                                                     "id of a role, as \"director\""));
  EXPECT_THAT(RoleReports(""),
              ElementsAre("role is empty: give the id of a role, as \"director\""));
}

TEST(CheckRoleTest, StaysSilentWhenNoMoreIsReported) {
  Violations found;
  const Field message(&found);
  while (!message.IsFull()) message.Report("is wrong", "mend it");
  EXPECT_THAT(CheckRole(message["role"], "directer"), IsNull());
}

TEST(CheckPlaceTest, TakesAPlaceOrNone) {
  EXPECT_THAT(PlaceReports("xian"), IsEmpty());
  EXPECT_THAT(PlaceReports(""), IsEmpty());
}

TEST(CheckPlaceTest, SuggestsTheNearestIdOrTheOneOfAName) {
  EXPECT_THAT(PlaceReports("hengdain"),
              ElementsAre("place is not a place of the gazetteer: did you mean \"hengdian\"?"));
  EXPECT_THAT(PlaceReports("西安市"),
              ElementsAre("place is not a place of the gazetteer: did you mean \"xian\"?"));
}

TEST(CheckPlacesTest, TakesNoEmptyEntry) {
  Violations found;
  const Field message(&found);
  CheckPlaces(message["places"], {"xian", ""}, 5);
  EXPECT_THAT(TextsOf(found),
              ElementsAre("places[1] is empty: give the id of a place, as \"xian\""));
}

}  // namespace
}  // namespace troupe
