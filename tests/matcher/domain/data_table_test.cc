#include "matcher/domain/data_table.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::StatusIs;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

absl::StatusOr<std::vector<DataRow>> Read(absl::string_view text) {
  return ReadDataTable("pets", text, {"id", "name"});
}

TEST(ReadDataTableTest, GivesTheCellsOfEachRow) {
  const auto rows = Read("id,name\na,Ada\nb,\n");
  ASSERT_EQ(rows->size(), 2);
  EXPECT_THAT((*rows)[0].cells, ElementsAre("a", "Ada"));
  EXPECT_THAT((*rows)[1].cells, ElementsAre("b", ""));
}

TEST(ReadDataTableTest, CountsBlankLinesInLineNumbers) {
  const auto rows = Read("id,name\n\na,Ada");
  ASSERT_EQ(rows->size(), 1);
  EXPECT_EQ(rows->front().line, 3);
}

TEST(ReadDataTableTest, RejectsOtherColumns) {
  EXPECT_THAT(Read("name,id\na,Ada\n"),
              StatusIs(kInvalid, HasSubstr("pets line 1: name the columns id,name")));
}

TEST(ReadDataTableTest, RejectsAnEmptyFile) {
  EXPECT_THAT(Read(""), StatusIs(kInvalid, HasSubstr("pets line 1")));
}

TEST(ReadDataTableTest, NamesTheLineThatLacksACell) {
  EXPECT_THAT(Read("id,name\na,Ada\nb\n"),
              StatusIs(kInvalid, HasSubstr("pets line 3: has 1 cells, give 2")));
}

TEST(ReadDataTableTest, RejectsQuotes) {
  EXPECT_THAT(Read("id,name\na,\"Ada\"\n"), StatusIs(kInvalid, HasSubstr("pets line 2")));
}

TEST(ReadDataTableTest, RejectsWindowsLineEnds) {
  EXPECT_THAT(Read("id,name\na,Ada\r\n"), StatusIs(kInvalid, HasSubstr("pets line 2")));
}

TEST(DataRowTest, ErrorsCarryTheReason) {
  const DataRow row{.table = "pets", .line = 2, .cells = {}};
  EXPECT_EQ(ReasonOf(row.Error("is sad")), "INVALID_DATA");
}

TEST(IsSlugTest, AcceptsLowerCaseWordsWithHyphens) {
  EXPECT_TRUE(IsSlug("director-of-photography"));
  EXPECT_TRUE(IsSlug("unit-2"));
}

TEST(IsSlugTest, RejectsAnythingElse) {
  for (absl::string_view id : {"", "-a", "a-", "a--b", "Editor", "a b", "a_b", "编剧"}) {
    EXPECT_FALSE(IsSlug(id)) << id;
  }
}

}  // namespace
}  // namespace troupe
