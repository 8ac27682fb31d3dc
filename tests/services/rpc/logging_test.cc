#include "services/rpc/logging.h"

#include <spdlog/spdlog.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::IsOk;
using testing::StatusIs;

TEST(LogToStderrTest, RejectsALevelThatThereIsNot) {
  EXPECT_THAT(LogToStderr("loud"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("give debug")));
}

TEST(LogToStderrTest, WritesFromTheLevelOn) {
  ::testing::internal::CaptureStderr();
  EXPECT_THAT(LogToStderr("warning"), IsOk());
  spdlog::info("quiet");
  spdlog::warn("loud");
  EXPECT_THAT(::testing::internal::GetCapturedStderr(),
              AllOf(HasSubstr("warning loud"), Not(HasSubstr("quiet"))));
}

}  // namespace
}  // namespace troupe
