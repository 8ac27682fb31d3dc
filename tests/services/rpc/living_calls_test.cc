#include "services/rpc/living_calls.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

constexpr char kAlpha[] = "ipv4:10.0.0.7:4000";
constexpr char kBeta[] = "ipv4:10.0.0.7:4001";

TEST(LivingCallsTest, RefusesOneCallTooMany) {
  LivingCalls calls({.calls = 1});
  EXPECT_THAT(calls.Begin(kAlpha, false), IsOk());
  const absl::Status refused = calls.Begin(kBeta, false);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("1 calls")));
  EXPECT_EQ(ReasonOf(refused), "OVERLOADED");
}

TEST(LivingCallsTest, TakesCallsAgainWhenOneHasEnded) {
  LivingCalls calls({.calls = 1});
  EXPECT_THAT(calls.Begin(kAlpha, true), IsOk());
  calls.End(kAlpha, true);
  EXPECT_THAT(calls.Begin(kBeta, true), IsOk());
}

TEST(LivingCallsTest, LeavesRoomForShortCallsBesideStreams) {
  LivingCalls calls({.calls = 10, .streams = 1});
  EXPECT_THAT(calls.Begin(kAlpha, true), IsOk());
  EXPECT_THAT(calls.Begin(kBeta, true),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("open streams")));
  EXPECT_THAT(calls.Begin(kBeta, false), IsOk());
}

TEST(LivingCallsTest, LetsNoConnectionTakeAll) {
  LivingCalls calls({.per_connection = 1});
  EXPECT_THAT(calls.Begin(kAlpha, false), IsOk());
  EXPECT_THAT(calls.Begin(kAlpha, false),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("this connection")));
  EXPECT_THAT(calls.Begin(kBeta, false), IsOk());
  calls.End(kAlpha, false);
  EXPECT_THAT(calls.Begin(kAlpha, false), IsOk());
}

TEST(LivingCallsTest, DoesNotTakeAllOfAProcessForOneConnection) {
  LivingCalls calls({.per_connection = 1});
  EXPECT_THAT(calls.Begin("unknown", false), IsOk());
  EXPECT_THAT(calls.Begin("unknown", false), IsOk());
}

}  // namespace
}  // namespace troupe
