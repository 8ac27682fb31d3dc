#include "matcher/base/ids.h"

#include <type_traits>

#include "absl/container/flat_hash_set.h"
#include "gtest/gtest.h"

namespace troupe {
namespace {

static_assert(!std::is_convertible_v<ProfileId, ProjectId>);
static_assert(!std::is_constructible_v<ProfileId, ProjectId>);
static_assert(!std::is_convertible_v<uint64_t, ProfileId>);

TEST(IdTest, NamesNothingWhenZero) {
  EXPECT_FALSE(ProfileId());
  EXPECT_FALSE(ProfileId(0));
  EXPECT_TRUE(ProfileId(1));
}

TEST(IdTest, OrdersByUnsignedValue) {
  EXPECT_LT(ProfileId(1), ProfileId(0x8000000000000000));
  EXPECT_EQ(ProfileId(7).value(), 7u);
}

TEST(IdTest, IsAKeyOfHashTables) {
  const absl::flat_hash_set<ProfileId> ids = {ProfileId(1), ProfileId(2), ProfileId(1)};
  EXPECT_EQ(ids.size(), 2u);
}

TEST(OpeningIdTest, OrdersByProjectThenNumber) {
  const OpeningId first = {.project = ProjectId(1), .number = 2};
  const OpeningId second = {.project = ProjectId(1), .number = 10};
  const OpeningId third = {.project = ProjectId(2), .number = 1};
  EXPECT_LT(first, second);
  EXPECT_LT(second, third);
}

TEST(OpeningIdTest, IsAKeyOfHashTables) {
  const absl::flat_hash_set<OpeningId> ids = {{.project = ProjectId(1), .number = 1},
                                              {.project = ProjectId(1), .number = 2},
                                              {.project = ProjectId(2), .number = 1}};
  EXPECT_EQ(ids.size(), 3u);
}

TEST(OrganizationIdTest, NamesNobodyWhenEmpty) {
  EXPECT_FALSE(OrganizationId());
  EXPECT_TRUE(OrganizationId{.slug = "crew"});
}

TEST(OrganizationIdTest, OrdersBySlug) {
  EXPECT_LT(OrganizationId{.slug = "crew"}, OrganizationId{.slug = "studio"});
}

}  // namespace
}  // namespace troupe
