#include "matcher/domain/casting.h"

#include "gtest/gtest.h"

namespace troupe {
namespace {

TEST(IntRangeTest, HoldsBothItsEnds) {
  constexpr IntRange kRange = {.from = 18, .to = 25};
  EXPECT_FALSE(kRange.Contains(17));
  EXPECT_TRUE(kRange.Contains(18));
  EXPECT_TRUE(kRange.Contains(25));
  EXPECT_FALSE(kRange.Contains(26));
}

TEST(IntRangeTest, OverlapsWhatSharesANumber) {
  constexpr IntRange kRange = {.from = 18, .to = 25};
  EXPECT_FALSE(kRange.Overlaps({.from = 10, .to = 17}));
  EXPECT_TRUE(kRange.Overlaps({.from = 10, .to = 18}));
  EXPECT_TRUE(kRange.Overlaps({.from = 20, .to = 21}));
  EXPECT_TRUE(kRange.Overlaps({.from = 25, .to = 40}));
  EXPECT_FALSE(kRange.Overlaps({.from = 26, .to = 40}));
}

TEST(CastingRequirementTest, AsksNothingUnlessAPartIsSet) {
  EXPECT_TRUE(CastingRequirement().AsksNothing());
  EXPECT_FALSE((CastingRequirement{.genders = {Gender::kFemale}}).AsksNothing());
  EXPECT_FALSE((CastingRequirement{.playing_age = IntRange{0, 1}}).AsksNothing());
  EXPECT_FALSE((CastingRequirement{.height_cm = IntRange{150, 170}}).AsksNothing());
}

}  // namespace
}  // namespace troupe
