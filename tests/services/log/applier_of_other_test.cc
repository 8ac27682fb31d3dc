// Appliers of logs that other processes own.
#include <memory>
#include <string>

#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/log/applier.h"
#include "services/records/profile_record.h"
#include "tests/testing/builders.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/memory_log.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {
namespace {

constexpr EntityKey kAda{EntityKind::kProfile, 7};

AppendRequest Write(EntityKey profile, const std::string& request_id) {
  return Request(request_id,
                 {Put(profile, kAnyVersion,
                      SerializeProfile(ProfileBuilder().Id(profile.id).Build()))});
}

// The log of troupe-profiles as long as it cannot be reached.
class AwayLog final : public LogReader {
 public:
  AwayLog() : LogReader(LogName::kProfiles) {}
  void Read(absl::Span<const Cursor>, Limits, absl::Time, ReadDone done) override {
    done(Away());
  }
  void Heads(HeadsDone done) override { done(Away()); }
  absl::StatusOr<std::unique_ptr<BaseScan>> OpenBase(ShardId) override { return Away(); }
  void Close() override {}

 private:
  static absl::Status Away() {
    return ErrorWithReason(absl::StatusCode::kUnavailable, "LOG_UNREACHABLE", "it is away");
  }
};

class ApplierOfOtherTest : public ::testing::Test {
 protected:
  // Waits until the view shows all that the log holds.
  absl::Status AwaitHead(ShardId shard) {
    absl::Status result;
    absl::Notification shown;
    view_->WhenApplied(LogName::kProfiles, shard, log_.Head(shard)->seq, [&](absl::Status status) {
      result = std::move(status);
      shown.Notify();
    });
    shown.WaitForNotification();
    return result;
  }
  bool Shows(EntityKey entity) const { return view_->Now()->Get(entity).value().has_value(); }

  FakeClock clock_;
  TempDirectory directory_;
  MemoryLog log_{clock_, LogName::kProfiles};
  std::unique_ptr<View> view_ = *View::Open(directory_.Join("view"));
};

TEST_F(ApplierOfOtherTest, ShowsWhatTheOtherProcessWrote) {
  ASSERT_THAT(AppendOne(log_, Write(kAda, "a")), IsOk());
  const auto applier = Applier::OfOther(&log_, view_.get(), &clock_);
  ASSERT_THAT(AwaitHead(ShardOf(kAda.id)), IsOk());
  EXPECT_TRUE(Shows(kAda));
  log_.Close();
}

TEST_F(ApplierOfOtherTest, StartsFromTheBaseOfALogThatIsTrimmed) {
  ASSERT_THAT(AppendOne(log_, Write(kAda, "a")), IsOk());
  ASSERT_THAT(AppendOne(log_, Write(kAda, "b")), IsOk());
  ASSERT_THAT(log_.Trim(ShardOf(kAda.id), 3), IsOk());
  const auto applier = Applier::OfOther(&log_, view_.get(), &clock_);
  ASSERT_THAT(AwaitHead(ShardOf(kAda.id)), IsOk());
  EXPECT_TRUE(Shows(kAda));
  log_.Close();
}

// As after a restore from a backup: what was written since is not there.
TEST_F(ApplierOfOtherTest, ForgetsWhatALogWithAnotherHistoryLacks) {
  const EntityKey gone = ProfileOn(ShardOf(kAda.id), 1);
  MemoryLog before(clock_, LogName::kProfiles);
  ASSERT_THAT(AppendOne(before, Write(gone, "lost")), IsOk());
  ASSERT_THAT(CatchUp(before, *view_, clock_), IsOk());
  ASSERT_TRUE(Shows(gone));
  ASSERT_THAT(AppendOne(log_, Write(kAda, "a")), IsOk());
  ASSERT_THAT(AppendOne(log_, Write(kAda, "b")), IsOk());
  const auto applier = Applier::OfOther(&log_, view_.get(), &clock_);
  ASSERT_THAT(AwaitHead(ShardOf(kAda.id)), IsOk());
  EXPECT_TRUE(Shows(kAda));
  EXPECT_FALSE(Shows(gone));
  log_.Close();
}

TEST_F(ApplierOfOtherTest, SaysThatItIsBehindALogThatItCannotReach) {
  AwayLog away;
  const auto applier = Applier::OfOther(&away, view_.get(), &clock_);
  EXPECT_EQ(ReasonOf(applier->CheckCaughtUp()), "NOT_CAUGHT_UP");
  EXPECT_THAT(view_->failure(), IsOk());
}

// The other process may have said what it has and then be gone.
TEST_F(ApplierOfOtherTest, AnswersWhoWaitsForALogThatItCannotReach) {
  ASSERT_THAT(AppendOne(log_, Write(kAda, "a")), IsOk());
  AwayLog away;
  const auto applier = Applier::OfOther(&away, view_.get(), &clock_);
  EXPECT_EQ(ReasonOf(AwaitHead(ShardOf(kAda.id))), "NOT_CAUGHT_UP");
}

TEST_F(ApplierOfOtherTest, IsBehindOnceItHasHeardNothingForTooLong) {
  ASSERT_THAT(AppendOne(log_, Write(kAda, "a")), IsOk());
  const auto applier = Applier::OfOther(&log_, view_.get(), &clock_);
  ASSERT_THAT(AwaitHead(ShardOf(kAda.id)), IsOk());
  while (!applier->CheckCaughtUp().ok()) {
  }
  clock_.Advance(Applier::kMostLag + absl::Seconds(1));
  EXPECT_EQ(ReasonOf(applier->CheckCaughtUp()), "NOT_CAUGHT_UP");
  log_.Close();
}

}  // namespace
}  // namespace troupe::testing
