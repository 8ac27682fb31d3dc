#include "services/rpc/view_gate.h"

#include <memory>
#include <optional>
#include <string>

#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/records/profile_record.h"
#include "services/rpc/thread_pool.h"
#include "tests/testing/builders.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/memory_log.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {
namespace {

constexpr EntityKey kAda{EntityKind::kProfile, 7};

class ViewGateTest : public ::testing::Test {
 protected:
  ~ViewGateTest() override { log_.Close(); }

  // Appliers are started by the tests: until then the view stands still.
  void StartApplier() { applier_.emplace(&log_, view_.get(), &clock_); }

  void Write() {
    ASSERT_THAT(AppendOne(log_, Request("a", {Put(kAda, kAnyVersion,
                                                  SerializeProfile(
                                                      ProfileBuilder().Id(7).Build()))})),
                IsOk());
  }

  // A token for the log's state.
  std::string TokenOfLog() {
    LogPositionsOf positions = {};
    for (uint16_t shard = 0; shard < kShardCount; ++shard) {
      positions[static_cast<size_t>(log_.name())][shard] = log_.Head({shard}).value();
    }
    return ConsistencyTokenOf(positions);
  }

  // What a call learns at the gate, and whether it shows Ada then.
  struct Opened {
    absl::Status status;
    bool shows_ada = false;
    absl::Notification done;
  };
  std::unique_ptr<Opened> Ask(const Freshness& wanted,
                              absl::Time deadline = absl::InfiniteFuture()) {
    auto opened = std::make_unique<Opened>();
    gate_->When(wanted, deadline, [this, to = opened.get()](absl::Status status) {
      to->status = std::move(status);
      to->shows_ada = view_->Now()->Get(kAda).value().has_value();
      to->done.Notify();
    });
    return opened;
  }

  void MakeGate() {
    gate_.emplace(view_.get(), std::vector<ViewGate::Source>{{&log_, &*applier_}}, &threads_);
  }

  FakeClock clock_;
  TempDirectory directory_;
  MemoryLog log_{clock_};
  ThreadPool threads_;
  std::unique_ptr<View> view_ = *OpenViewOf(log_, directory_.Join("view"));
  std::optional<Applier> applier_;
  std::optional<ViewGate> gate_;
};

TEST_F(ViewGateTest, OpensAtOnceForWhoWantsNothing) {
  StartApplier();
  MakeGate();
  const auto opened = Ask({});
  EXPECT_TRUE(opened->done.HasBeenNotified());
  EXPECT_THAT(opened->status, IsOk());
}

TEST_F(ViewGateTest, WaitsForWhatATokenStandsFor) {
  StartApplier();
  MakeGate();
  Write();
  const auto opened = Ask({.tokens = {TokenOfLog()}});
  opened->done.WaitForNotification();
  EXPECT_TRUE(opened->shows_ada);
}

TEST_F(ViewGateTest, WaitsForEverythingIfItMustBeConsistent) {
  StartApplier();
  MakeGate();
  Write();
  const auto opened = Ask({.fully_consistent = true});
  opened->done.WaitForNotification();
  EXPECT_TRUE(opened->shows_ada);
}

TEST_F(ViewGateTest, GivesATokenForWhatItShows) {
  StartApplier();
  MakeGate();
  Write();
  Ask({.fully_consistent = true})->done.WaitForNotification();
  EXPECT_EQ(gate_->Token(), TokenOfLog());
}

TEST_F(ViewGateTest, RefusesWhatIsNoToken) {
  StartApplier();
  MakeGate();
  const auto opened = Ask({.tokens = {"no token"}});
  EXPECT_THAT(opened->status, StatusIs(absl::StatusCode::kInvalidArgument, ::testing::_));
  EXPECT_EQ(ViolationsOf(opened->status).front().field, kAtLeastAsFreshMetadata);
}

TEST_F(ViewGateTest, AsksNothingOfLogsThatTheViewDoesNotFollow) {
  StartApplier();
  MakeGate();
  LogPositionsOf positions = {};
  positions[static_cast<size_t>(LogName::kProjects)][0] = {5, RecordId(1)};
  const auto opened = Ask({.tokens = {ConsistencyTokenOf(positions)}});
  opened->done.WaitForNotification();
  EXPECT_THAT(opened->status, IsOk());
}

TEST_F(ViewGateTest, GivesUpAfterTheDeadline) {
  StartApplier();
  MakeGate();
  LogPositionsOf positions = {};
  positions[static_cast<size_t>(log_.name())][0] = {5, RecordId(1)};
  const auto opened =
      Ask({.tokens = {ConsistencyTokenOf(positions)}}, clock_.Now() + absl::Seconds(1));
  clock_.Advance(absl::Seconds(2));
  view_->AnswerLate(clock_.Now());
  opened->done.WaitForNotification();
  EXPECT_EQ(ReasonOf(opened->status), "NOT_YET_APPLIED");
}

TEST_F(ViewGateTest, StaysShutWhenTheViewHasFailed) {
  StartApplier();
  MakeGate();
  view_->Fail(absl::DataLossError("gone"));
  EXPECT_EQ(ReasonOf(Ask({})->status), "VIEW_FAILED");
}

}  // namespace
}  // namespace troupe::testing
