#include "matcher/domain/field.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/values.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using testing::TextsOf;

TEST(FieldTest, WritesItsPathAsOnTheWire) {
  Violations found;
  const Field message(&found);
  const Field roles = message["roles"];
  const Field role = roles[2];
  EXPECT_EQ(message.Path(), "");
  EXPECT_EQ(roles.Path(), "roles");
  EXPECT_EQ(role.Path(), "roles[2]");
  EXPECT_EQ(role["level"].Path(), "roles[2].level");
}

TEST(FieldTest, ReportsUnderItsPath) {
  Violations found;
  const Field message(&found);
  message["title"].Report("is empty", "give one");
  EXPECT_THAT(TextsOf(found), ElementsAre("title is empty: give one"));
}

TEST(FieldTest, DropsReportsPastTheMost) {
  Violations found;
  const Field message(&found);
  for (int i = 0; i < 49; ++i) message.Report("is wrong", "mend it");
  EXPECT_FALSE(message.IsFull());
  for (int i = 0; i < 9; ++i) message.Report("is wrong", "mend it");
  EXPECT_TRUE(message.IsFull());
  EXPECT_THAT(found.found(), SizeIs(50));
}

}  // namespace
}  // namespace troupe
