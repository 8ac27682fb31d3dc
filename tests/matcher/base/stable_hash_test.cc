#include "matcher/base/stable_hash.h"

#include <string>

#include "gtest/gtest.h"

namespace troupe {
namespace {

// Stored names depend on these values: they may never change.
TEST(StableHashTest, IsTheSameInEveryRelease) {
  EXPECT_EQ(StableHash(""), 0x2d06800538d394c2u);
  EXPECT_EQ(StableHash("troupe"), 0xec21d174febec525u);
  EXPECT_EQ(StableHash({"crew", "tmdb", "603"}), 0xd7f2b1aa9d9f7946u);
}

TEST(StableHashTest, DiffersByOneByte) {
  EXPECT_NE(StableHash("crew-1"), StableHash("crew-2"));
  EXPECT_NE(StableHash("crew"), StableHash(absl::string_view("crew\0", 5)));
}

TEST(StableHashTest, KeepsPartsApart) {
  EXPECT_NE(StableHash({"ab", "c"}), StableHash({"a", "bc"}));
  EXPECT_NE(StableHash({"ab", ""}), StableHash({"", "ab"}));
  EXPECT_NE(StableHash({"ab"}), StableHash({"ab", ""}));
}

}  // namespace
}  // namespace troupe
