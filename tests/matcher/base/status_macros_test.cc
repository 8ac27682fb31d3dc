#include "matcher/base/status_macros.h"

#include <memory>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using ::testing::Pointee;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::StatusIs;

absl::StatusOr<int> Halved(int value) {
  if (value % 2 != 0) return absl::InvalidArgumentError("odd");
  return value / 2;
}

absl::StatusOr<int> Quartered(int value) {
  TROUPE_ASSIGN_OR_RETURN(const int half, Halved(value));
  TROUPE_ASSIGN_OR_RETURN(const int quarter, Halved(half));
  return quarter;
}

absl::Status CheckIsEven(int value, int* calls) {
  TROUPE_RETURN_IF_ERROR((++*calls, Halved(value).status()));
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<int>> Moved(std::unique_ptr<int> value) {
  TROUPE_ASSIGN_OR_RETURN(std::unique_ptr<int> same,
                          absl::StatusOr<std::unique_ptr<int>>(std::move(value)));
  return same;
}

TEST(AssignOrReturnTest, GoesOnWithTheValue) { EXPECT_THAT(Quartered(12), IsOkAndHolds(3)); }

TEST(AssignOrReturnTest, ReturnsTheFirstError) {
  EXPECT_THAT(Quartered(3), StatusIs(absl::StatusCode::kInvalidArgument, "odd"));
  EXPECT_THAT(Quartered(2), StatusIs(absl::StatusCode::kInvalidArgument, "odd"));
}

TEST(AssignOrReturnTest, MovesWhatCannotBeCopied) {
  EXPECT_THAT(Moved(std::make_unique<int>(7)), IsOkAndHolds(Pointee(7)));
}

TEST(ReturnIfErrorTest, GoesOnWhenOk) {
  int calls = 0;
  EXPECT_THAT(CheckIsEven(2, &calls), IsOk());
}

TEST(ReturnIfErrorTest, EvaluatesOnce) {
  int calls = 0;
  EXPECT_THAT(CheckIsEven(1, &calls), StatusIs(absl::StatusCode::kInvalidArgument, "odd"));
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace troupe
