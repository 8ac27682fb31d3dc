#include "matcher/base/violation.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::StatusIs;

const FieldViolation kNoSeats = {.field = "seats", .problem = "is 0", .fix = "give at least 1"};
const FieldViolation kNoTitle = {.field = "title", .problem = "is empty", .fix = "give a title"};

Violations Of(const std::vector<FieldViolation>& list) {
  Violations found;
  for (const FieldViolation& v : list) found.Add(v.field, v.problem, v.fix);
  return found;
}

TEST(ViolationsTest, IsOkWhenEmpty) {
  EXPECT_TRUE(Violations().empty());
  EXPECT_THAT(Violations().ToStatus(), IsOk());
}

TEST(ViolationsTest, KeepsTheOrderInWhichTheyWereAdded) {
  EXPECT_THAT(Of({kNoSeats, kNoTitle}).found(), ElementsAre(kNoSeats, kNoTitle));
}

TEST(ViolationsTest, PutsTheOuterFieldBeforeTheInnerOnes) {
  Violations outer;
  outer.AddAll("openings[2]", Of({kNoSeats}));
  ASSERT_THAT(outer.found(), ::testing::SizeIs(1));
  EXPECT_EQ(outer.found()[0].field, "openings[2].seats");
}

TEST(ViolationsTest, NamesTheOuterFieldForAViolationOfTheWhole) {
  Violations outer;
  outer.AddAll("project", Of({{.field = "", .problem = "is unset", .fix = "set it"}}));
  EXPECT_EQ(outer.found().at(0).field, "project");
}

TEST(ViolationsTest, TellsAllOfThemInOneMessage) {
  EXPECT_THAT(Of({kNoSeats, kNoTitle}).ToStatus(),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "seats is 0: give at least 1; title is empty: give a title"));
}

TEST(ViolationsTest, HasAStableReason) {
  EXPECT_EQ(ReasonOf(Of({kNoSeats}).ToStatus()), "INVALID_FIELD");
}

TEST(ViolationsOfTest, GivesBackWhatTheStatusCarries) {
  EXPECT_THAT(ViolationsOf(Of({kNoSeats, kNoTitle}).ToStatus()), ElementsAre(kNoSeats, kNoTitle));
}

TEST(ViolationsOfTest, GivesBackEmptyParts) {
  const FieldViolation bare = {.field = "", .problem = "is unset", .fix = ""};
  EXPECT_THAT(ViolationsOf(Of({bare}).ToStatus()), ElementsAre(bare));
}

TEST(ViolationsOfTest, IsEmptyForOtherErrors) {
  EXPECT_THAT(ViolationsOf(absl::NotFoundError("no such profile")), IsEmpty());
  EXPECT_THAT(ViolationsOf(absl::OkStatus()), IsEmpty());
}

TEST(InvalidFieldTest, IsOneViolation) {
  const absl::Status status = InvalidField("seats", "is 0", "give at least 1");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("seats")));
  EXPECT_THAT(ViolationsOf(status), ElementsAre(kNoSeats));
}

TEST(ErrorWithReasonTest, CarriesCodeMessageAndReason) {
  const absl::Status status =
      ErrorWithReason(absl::StatusCode::kAborted, "STALE_ETAG", "read it again");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAborted, "read it again"));
  EXPECT_EQ(ReasonOf(status), "STALE_ETAG");
}

TEST(ReasonOfTest, IsEmptyForAPlainError) {
  EXPECT_EQ(ReasonOf(absl::InternalError("broken")), "");
}

}  // namespace
}  // namespace troupe
