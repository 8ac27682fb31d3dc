#include "matcher/domain/credit.h"

#include "gtest/gtest.h"
#include "tests/testing/values.h"

namespace troupe {
namespace {

using testing::D;
using testing::Worked;

TEST(CreditTest, IsKnownAfterItsDay) {
  const Credit credit = Worked("tmdb:603", "director", "2026-11-22");
  EXPECT_FALSE(credit.IsBefore(D("2026-11-21")));
  EXPECT_FALSE(credit.IsBefore(D("2026-11-22")));
  EXPECT_TRUE(credit.IsBefore(D("2026-11-23")));
}

TEST(CreditTest, IsAlwaysKnownWithoutADay) {
  EXPECT_TRUE(Worked("tmdb:603", "director").IsBefore(D("1900-01-01")));
}

TEST(LabelTest, ShowsItsNameElseItsId) {
  EXPECT_EQ((Label{.id = "tmdb:28", .name = "Action"}).shown(), "Action");
  EXPECT_EQ((Label{.id = "tmdb:28"}).shown(), "tmdb:28");
}

}  // namespace
}  // namespace troupe
