#include "matcher/index/memo.h"

#include "gtest/gtest.h"

namespace troupe {
namespace {

TEST(MemoTest, WorksOutAValueOnce) {
  Memo memo;
  int times = 0;
  const auto work_out = [&] { return int64_t{10} + times++; };
  EXPECT_EQ(memo.Of(5, work_out), 10);
  EXPECT_EQ(memo.Of(5, work_out), 10);
  EXPECT_EQ(times, 1);
}

TEST(MemoTest, TellsKeysThatCollideApart) {
  Memo memo;
  constexpr uint64_t kFar = uint64_t{1} << 40;
  EXPECT_EQ(memo.Of(5, [] { return 1; }), 1);
  EXPECT_EQ(memo.Of(5 + kFar, [] { return 2; }), 2);
  EXPECT_EQ(memo.Of(5, [] { return 3; }), 1);
}

TEST(MemoTest, GivesRightValuesWhenFull) {
  Memo memo;
  for (uint64_t key = 1; key < 100'000; ++key) {
    ASSERT_EQ(memo.Of(key, [&] { return static_cast<int64_t>(2 * key); }),
              static_cast<int64_t>(2 * key));
  }
}

}  // namespace
}  // namespace troupe
