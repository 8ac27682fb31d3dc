#include <zlib.h>

#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "services/cli/csv_reader.h"
#include "services/cli/input_file.h"
#include "services/cli/reject_log.h"
#include "services/cli/text_bytes.h"
#include "tests/services/cli/cli_run.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::IsOk;
using testing::ReadTestFile;
using testing::StatusIs;
using testing::TestPath;
using testing::WriteTestFile;

std::string WriteGzip(const std::string& name, const std::string& text) {
  const std::string path = TestPath(name);
  gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
  return path;
}

// "3: a|b" for the record of line 3, "4! problem" for a malformed line.
std::vector<std::string> RecordsIn(const std::string& path,
                                   const std::vector<std::string>& columns) {
  auto reader = CsvReader::Open(path, columns);
  std::vector<std::string> records;
  CsvRecord record;
  while (reader.value()->Read(record).value()) {
    std::string text = absl::StrCat(record.line, record.problem.empty() ? ":" : "! ");
    absl::StrAppend(&text, record.problem);
    for (const std::string& cell : record.cells) absl::StrAppend(&text, " ", cell);
    records.push_back(text);
  }
  return records;
}

std::vector<std::string> ReadCsv(const std::string& text) {
  return RecordsIn(WriteTestFile("a.csv", text), {"id", "name"});
}

TEST(TextBytesTest, CutsBetweenCharacters) {
  EXPECT_EQ(CleanText(" 摄影\t指导 ", 8), "摄影");
  EXPECT_FALSE(IsUtf8("\xE6\x91"));
}

TEST(InputFileTest, ReadsPlainAndCompressedAlike) {
  std::istringstream none;
  EXPECT_EQ(ReadText(WriteTestFile("a", "one\ntwo"), none).value(), "one\ntwo");
  EXPECT_EQ(ReadText(WriteGzip("a.gz", "one\ntwo"), none).value(), "one\ntwo");
}

TEST(InputFileTest, LeavesOutAByteOrderMark) {
  std::istringstream none;
  EXPECT_EQ(ReadText(WriteTestFile("a", "\xEF\xBB\xBFid"), none).value(), "id");
}

TEST(InputFileTest, TellsThatACompressedFileIsCutShort) {
  std::istringstream none;
  const std::string whole = ReadTestFile(WriteGzip("a.gz", std::string(100'000, 'x')));
  const std::string cut = WriteTestFile("b.gz", whole.substr(0, whole.size() / 2));
  EXPECT_THAT(ReadText(cut, none), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("cut short")));
}

TEST(InputFileTest, NamesAFileThatIsNotThere) {
  EXPECT_THAT(InputFile::Open("no/such/file").status(),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no/such/file")));
}

TEST(CsvReaderTest, TellsTheLineWhereARecordStarts) {
  EXPECT_THAT(ReadCsv("id,name\n1,\"two\nlines\"\n\n2,b\r\n3,c"),
              ElementsAre("2: 1 two\nlines", "5: 2 b", "6: 3 c"));
}

TEST(CsvReaderTest, UnescapesQuotes) {
  EXPECT_THAT(ReadCsv("id,name\n1,\"[{\"\"a\"\": 1}]\"\n"), ElementsAre("2: 1 [{\"a\": 1}]"));
}

TEST(CsvReaderTest, PicksColumnsByName) {
  EXPECT_THAT(ReadCsv("name,more,id\na,x,1\n"), ElementsAre("2: 1 a"));
}

TEST(CsvReaderTest, LosesOneLineToAMissingQuote) {
  EXPECT_THAT(ReadCsv("id,name\n1,\"open\n2,\"b\"\n3,\"c\nc\"\n"),
              ElementsAre(::testing::StartsWith("2! a quotation mark"), "3: 2 b", "4: 3 c\nc"));
}

TEST(CsvReaderTest, LosesOneLineToAQuoteThatNeverCloses) {
  EXPECT_THAT(ReadCsv("id,name\n1,\"open\n2,b\n3,c\n"),
              ElementsAre(::testing::StartsWith("2! a quotation mark"), "3: 2 b", "4: 3 c"));
}

TEST(CsvReaderTest, CountsColumns) {
  EXPECT_THAT(ReadCsv("id,name\n1\n2,b,c\n3,c\n"),
              ElementsAre("2! has 1 columns; the heading has 2",
                          "3! has 3 columns; the heading has 2", "4: 3 c"));
}

TEST(CsvReaderTest, RefusesBytesThatAreNotUtf8) {
  EXPECT_THAT(ReadCsv("id,name\n1,\xff\n2,b\n"), ElementsAre("2! is not UTF-8", "3: 2 b"));
}

TEST(CsvReaderTest, NamesAColumnThatIsMissing) {
  EXPECT_THAT(CsvReader::Open(WriteTestFile("a.csv", "id,title\n"), {"id", "cast"}).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no column \"cast\"")));
}

TEST(RejectLogTest, KeepsEachRejectAsALineOfJson) {
  std::ostringstream err;
  RejectLog log(TestPath("rejects"), err);
  log.Add({.file = "a.csv", .line = 7, .field = "id", .reason = "is empty", .raw = ",\xff"});
  EXPECT_THAT(log.Close(), IsOk());
  EXPECT_EQ(err.str(), "a.csv:7: id: is empty\n");
  const auto line = nlohmann::json::parse(ReadTestFile(log.path()));
  EXPECT_EQ(line["line"], 7);
  EXPECT_EQ(line["raw"], ",\uFFFD");
}

TEST(RejectLogTest, TellsTheFirstOnesAndCountsTheRest) {
  std::ostringstream err;
  RejectLog log(TestPath("rejects"), err);
  for (int line = 1; line <= 25; ++line) log.Add({.file = "a", .line = line, .reason = "bad"});
  EXPECT_THAT(log.Close(), IsOk());
  EXPECT_THAT(err.str(), HasSubstr("a:20: bad\n... and 5 more\n"));
}

TEST(RejectLogTest, WritesNoFileWithoutRejects) {
  std::ostringstream err;
  RejectLog log(TestPath("none"), err);
  EXPECT_THAT(log.Close(), IsOk());
  EXPECT_THAT(ReadTestFile(log.path()), IsEmpty());
}

TEST(RejectLogTest, FailsWhenItCannotWrite) {
  std::ostringstream err;
  RejectLog log("no/such/folder/rejects", err);
  log.Add({.file = "a", .line = 1, .reason = "bad"});
  EXPECT_THAT(log.Close(), Not(IsOk()));
}

}  // namespace
}  // namespace troupe
