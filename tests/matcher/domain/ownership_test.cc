#include "matcher/domain/ownership.h"

#include "gtest/gtest.h"
#include "tests/testing/values.h"

namespace troupe {
namespace {

using testing::Block;
using testing::FindableOf;

const OrganizationId kCrew = {.slug = "crew"};
const OrganizationId kStudio = {.slug = "studio"};

TEST(OwnershipTest, IsVisibleToAllWhenFindable) {
  EXPECT_TRUE(FindableOf("crew").IsVisibleTo(kStudio));
}

TEST(OwnershipTest, IsVisibleToTheOwnerOnlyWhenHidden) {
  Ownership ownership = FindableOf("crew");
  ownership.findability = Findability::kHidden;
  EXPECT_TRUE(ownership.IsVisibleTo(kCrew));
  EXPECT_FALSE(ownership.IsVisibleTo(kStudio));
}

TEST(OwnershipTest, IsNotVisibleToWhomItBlocks) {
  Ownership ownership = FindableOf("crew");
  Block("studio", &ownership);
  EXPECT_TRUE(ownership.Blocks(kStudio));
  EXPECT_FALSE(ownership.IsVisibleTo(kStudio));
  EXPECT_TRUE(ownership.IsVisibleTo({.slug = "visitor"}));
}

TEST(OwnershipTest, IsVisibleToAnOwnerThatItBlocks) {
  Ownership ownership = FindableOf("crew");
  Block("crew", &ownership);
  EXPECT_TRUE(ownership.IsVisibleTo(kCrew));
}

TEST(OwnershipTest, IsVisibleToNobodyElseWhenUnspecified) {
  EXPECT_FALSE(Ownership{.owner = kCrew}.IsVisibleTo(kStudio));
}

TEST(ExternalIdTest, IsNoneWithoutASource) {
  EXPECT_FALSE(ExternalId());
  EXPECT_TRUE((ExternalId{.source = "tmdb", .id = "603"}));
}

}  // namespace
}  // namespace troupe
