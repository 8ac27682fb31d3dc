#include "matcher/domain/profile.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/profile_builder.h"

namespace troupe {
namespace {

using ::testing::Field;
using ::testing::IsNull;
using ::testing::Pointee;
using testing::ProfileBuilder;

TEST(ProfileTest, FindsARoleHeldOrGrownInto) {
  const Profile ada = ProfileBuilder().Holds("writer", 2).GrowsInto("director").Build();
  EXPECT_THAT(ada.FindRole("writer"), Pointee(Field(&ProfileRole::level, 2)));
  EXPECT_THAT(ada.FindRole("director"), Pointee(Field(&ProfileRole::grow_into, true)));
}

TEST(ProfileTest, FindsNoRoleThatItHasNot) {
  EXPECT_THAT(ProfileBuilder().Holds("writer").Build().FindRole("director"), IsNull());
}

TEST(ProfileTest, KnowsTheLevelOfItsSkills) {
  const Profile ada = ProfileBuilder().Knows("riding", 4).Knows("fencing", 2).Build();
  EXPECT_EQ(ada.SkillLevel("fencing"), 2);
  EXPECT_EQ(ada.SkillLevel("singing"), 0);
}

}  // namespace
}  // namespace troupe
