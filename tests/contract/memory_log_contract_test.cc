#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/contract/change_log_contract.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/memory_log.h"
#include "tests/testing/status_matchers.h"

namespace troupe::testing {
namespace {

class MemoryLogUnderTest final : public LogUnderTest {
 public:
  ChangeLog& log() override { return log_; }
  void Advance(absl::Duration by) override {
    clock_.Advance(by);
    log_.ExpireReads();
  }

 private:
  MemoryLog log_{clock_};
};

INSTANTIATE_TEST_SUITE_P(
    MemoryLog, ChangeLogContract,
    ::testing::Values(LogFactory{"MemoryLog", [] { return std::make_unique<MemoryLogUnderTest>(); }}),
    [](const auto&) { return std::string("Keeps"); });

const EntityKey kAda = ProfileOn(ShardId{7});

TEST(MemoryLogTest, FailsTheNextAppendAlone) {
  FakeClock clock;
  MemoryLog log(clock);
  log.FailNextAppend(absl::UnavailableError("told to"));
  EXPECT_THAT(AppendOne(log, Request("r", {Put(kAda, 0, "a")})),
              StatusIs(absl::StatusCode::kUnavailable, "told to"));
  EXPECT_THAT(AppendOne(log, Request("r", {Put(kAda, 0, "a")})), IsOk());
}

TEST(MemoryLogTest, HoldsAnswersBackUntilToldNotTo) {
  FakeClock clock;
  MemoryLog log(clock);
  bool answered = false;
  log.HoldAcks();
  log.Append({Request("r", {Put(kAda, 0, "a")})}, absl::InfiniteFuture(),
             [&](const auto&) { answered = true; });
  EXPECT_EQ(log.HeldAcks(), 1);
  EXPECT_FALSE(answered);
  log.ReleaseAcks();
  EXPECT_TRUE(answered);
}

}  // namespace
}  // namespace troupe::testing
