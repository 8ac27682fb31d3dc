#include "matcher/index/column_bytes.h"

#include <cstdint>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/index/column_list.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ColumnBytesTest, ReadsWhatWasWrittenInTheSameOrder) {
  ColumnWriter writer;
  writer(uint32_t{7});
  writer(std::vector<int64_t>{1, -2});
  const std::string bytes = std::move(writer).Take();
  ColumnReader reader(bytes);
  uint32_t value = 0;
  std::vector<int64_t> column;
  reader(value);
  reader(column);
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(value, 7u);
  EXPECT_THAT(column, ElementsAre(1, -2));
}

TEST(ColumnBytesTest, FailsOnAColumnOfAnotherWidth) {
  ColumnWriter writer;
  writer(std::vector<uint8_t>{1, 2, 3});
  const std::string bytes = std::move(writer).Take();
  ColumnReader reader(bytes);
  std::vector<uint32_t> column;
  reader(column);
  EXPECT_FALSE(reader.ok());
}

TEST(ColumnBytesTest, FailsOnAnythingLeftOver) {
  ColumnWriter writer;
  writer(uint32_t{7});
  const std::string bytes = std::move(writer).Take() + "x";
  ColumnReader reader(bytes);
  uint32_t value = 0;
  reader(value);
  EXPECT_FALSE(reader.ok());
}

TEST(ColumnBytesTest, GivesTheBodyOfBytesWithTheirHashOnly) {
  const std::string bytes = WithHash("body");
  EXPECT_EQ(BodyOf(bytes), "body");
  EXPECT_EQ(BodyOf(bytes.substr(1)), std::nullopt);
  EXPECT_EQ(BodyOf(""), std::nullopt);
}

TEST(ColumnListTest, KeepsCellsApart) {
  ColumnList<int> list;
  list.Add({1, 2});
  list.Add({});
  list.Add({3});
  EXPECT_EQ(list.size(), 3u);
  EXPECT_THAT(list[0], ElementsAre(1, 2));
  EXPECT_THAT(list[1], IsEmpty());
  EXPECT_THAT(list[2], ElementsAre(3));
}

TEST(ColumnListTest, HasTheCellsOfManyBlocks) {
  ColumnList<uint32_t> list;
  for (uint32_t cell = 0; cell < 200; ++cell) list.Add(std::vector<uint32_t>(cell % 3, cell));
  ASSERT_EQ(list.size(), 200u);
  for (uint32_t cell = 0; cell < 200; ++cell) {
    EXPECT_EQ(list[cell], absl::MakeConstSpan(std::vector<uint32_t>(cell % 3, cell)));
  }
}

TEST(ColumnListTest, KeepsWhatItHasWhenACellIsLong) {
  ColumnList<uint32_t> list;
  for (uint32_t cell = 0; cell < 100; ++cell) list.Add({cell});
  list.Add(std::vector<uint32_t>(70'000, 7));
  list.Add({8});
  ASSERT_EQ(list.size(), 102u);
  EXPECT_THAT(list[99], ElementsAre(99));
  EXPECT_EQ(list[100].size(), 70'000u);
  EXPECT_THAT(list[101], ElementsAre(8));
}

TEST(ColumnListTest, BeginsWithALongCell) {
  ColumnList<uint32_t> list;
  list.Add(std::vector<uint32_t>(70'000, 7));
  list.Add({8});
  EXPECT_EQ(list[0].size(), 70'000u);
  EXPECT_THAT(list[1], ElementsAre(8));
}

TEST(ColumnListTest, IsReadAsItWasWritten) {
  ColumnList<uint32_t> written;
  for (uint32_t cell = 0; cell < 130; ++cell) written.Add({cell, cell});
  ColumnWriter writer;
  written.ForEachColumn(writer);
  const std::string bytes = std::move(writer).Take();
  ColumnReader reader(bytes);
  ColumnList<uint32_t> read;
  read.ForEachColumn(reader);
  EXPECT_TRUE(reader.ok());
  EXPECT_THAT(read[129], ElementsAre(129, 129));
}

}  // namespace
}  // namespace troupe
