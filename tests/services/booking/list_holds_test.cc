#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/booking/booking_world.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using enum absl::StatusCode;

std::vector<std::string> NamesOf(const absl::StatusOr<v1::ListHoldsResponse>& page) {
  std::vector<std::string> names;
  for (const v1::Hold& hold : page.value().holds()) names.push_back(hold.name());
  return names;
}

class ListHoldsTest : public ::testing::Test {
 protected:
  BookingWorld world_;
  const std::string ada_ = world_.Person();
  const std::string one_ = world_.Place(ada_, "first").value().name();
  const std::string two_ = world_.Place(ada_, "second").value().name();
};

TEST_F(ListHoldsTest, ShowsThePersonsSideAll) {
  EXPECT_THAT(NamesOf(world_.List(ada_, "agency")), ElementsAre(one_, two_));
}

TEST_F(ListHoldsTest, ShowsAHolderItsOwnOnly) {
  EXPECT_THAT(NamesOf(world_.List(ada_, "second")), ElementsAre(two_));
  EXPECT_THAT(NamesOf(world_.List(ada_, "third")), IsEmpty());
}

TEST_F(ListHoldsTest, FindsEndedOnesByState) {
  ASSERT_THAT(world_.Decline(one_), IsOk());
  EXPECT_THAT(NamesOf(world_.List(ada_, "agency", "states: STATE_DECLINED")), ElementsAre(one_));
  EXPECT_THAT(NamesOf(world_.List(ada_, "agency", "states: STATE_OFFERED")), ElementsAre(two_));
}

TEST_F(ListHoldsTest, ShowsThoseForAProject) {
  const std::string bob = world_.Person();
  const std::string of_bob = world_.Place(bob, "first").value().name();
  const std::string project = "projects/0000000000000001";
  EXPECT_THAT(NamesOf(world_.List(project, "first")), UnorderedElementsAre(one_, of_bob));
  EXPECT_THAT(NamesOf(world_.List(project, "second")), IsEmpty());
  EXPECT_THAT(NamesOf(world_.List(project, "agency")), UnorderedElementsAre(one_, of_bob));
}

TEST_F(ListHoldsTest, GoesThroughAllPageByPage) {
  std::vector<std::string> expected = {one_};
  for (int i = 0; i < 6; ++i) {
    const std::string name = world_.Person();
    expected.push_back(world_.Place(name, "first").value().name());
  }
  std::vector<std::string> found;
  std::string token;
  do {
    const auto page = world_.List("projects/0000000000000001", "first",
                                  "page_size: 2 page_token: '" + token + "'");
    for (std::string& name : NamesOf(page)) found.push_back(std::move(name));
    token = page->next_page_token();
  } while (!token.empty());
  EXPECT_THAT(found, ::testing::UnorderedElementsAreArray(expected));
}

TEST_F(ListHoldsTest, RefusesATokenOfAnotherListing) {
  const std::string token = world_.List(ada_, "agency", "page_size: 1")->next_page_token();
  ASSERT_NE(token, "");
  EXPECT_THAT(NamesOf(world_.List(ada_, "agency", "page_token: '" + token + "'")),
              ElementsAre(two_));
  EXPECT_THAT(BadFields(world_.List(ada_, "second", "page_token: '" + token + "'")),
              ElementsAre("page_token"));
}

TEST_F(ListHoldsTest, NamesEveryFieldThatIsWrong) {
  EXPECT_THAT(BadFields(world_.List("x", "agency", "page_size: -1")),
              ElementsAre("parent", "page_size"));
}

TEST_F(ListHoldsTest, KnowsNoProfileThatTheCallerMayNotSee) {
  const std::string eve = world_.Person("blocked_organizations: 'organizations/first'");
  EXPECT_THAT(world_.List(eve, "first"), FailsWith(kNotFound, "PROFILE_NOT_FOUND"));
}

}  // namespace
}  // namespace troupe::testing
