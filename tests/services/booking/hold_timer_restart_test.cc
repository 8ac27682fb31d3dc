#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/booking/hold_timer.h"
#include "services/log/applier.h"
#include "services/log/rocks_log.h"
#include "services/records/agenda_record.h"
#include "services/records/audience_record.h"
#include "services/records/profile_record.h"
#include "services/rpc/thread_pool.h"
#include "tests/testing/builders.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

// What the timer writes, on disk, when the process ends at the worst moment.
namespace troupe::testing {
namespace {

constexpr uint64_t kAda = 7;
const ShardId kShard = ShardOf(kAda);

class HoldTimerRestartTest : public ::testing::Test {
 protected:
  HoldTimerRestartTest() {
    Start();
    // A hold that is due an hour from now.
    const Profile ada = ProfileBuilder().Id(kAda).Build();
    Hold hold;
    hold.number = 1;
    hold.revision = 1;
    hold.position = 1;
    hold.opening = {.project = ProjectId(5), .number = 1};
    hold.holder = {.slug = "first"};
    hold.window.span = {.start = D("2026-05-04"), .limit = D("2026-05-06")};
    hold.days = Days::Of(hold.window.span);
    hold.placed = clock_.Now();
    hold.deadline = clock_.Now() + absl::Hours(1);
    const Agenda agenda{.profile = ada.id,
                        .holds = {hold},
                        .last_number = 1,
                        .last_position = 1,
                        .counts = {.placed = 1}};
    AppendOne(*log_, Request("place", {Put({EntityKind::kProfile, kAda}, kNoVersion,
                                           SerializeProfile(ada)),
                                       Put({EntityKind::kAgenda, kAda}, kNoVersion,
                                           SerializeAgenda(agenda))}))
        .value();
    End();
    clock_.Advance(absl::Hours(2));
  }
  ~HoldTimerRestartTest() override { End(); }

  void Start() {
    log_ = OpenRocksLog(clock_, {.directory = directory_.Join("log")}).value();
    view_ = OpenViewOf(*log_, directory_.Join("view")).value();
    EXPECT_THAT(CatchUp(*log_, *view_, clock_), IsOk());
  }
  // As a process that is killed: what is appended is on disk, and whether it is
  // applied is left open.
  void End() {
    if (view_ != nullptr) view_->Fail(absl::UnavailableError("the process ends"));
    timer_.reset();
    if (log_ != nullptr) log_->Close();
    applier_.reset();
    view_.reset();
    log_.reset();
  }
  void StartTimer() {
    timer_ = std::make_unique<HoldTimer>(log_.get(), view_.get(), &threads_, &clock_,
                                         HoldTimer::Settle());
  }
  uint64_t Head() { return log_->Head(kShard)->seq; }
  void AwaitHead(uint64_t seq) {
    absl::Notification reached;
    log_->Read({{kShard, LogPosAt(seq - 1)}}, {}, absl::InfiniteFuture(),
               [&](auto) { reached.Notify(); });
    reached.WaitForNotification();
  }
  LogPos LogPosAt(uint64_t seq) { return seq == 0 ? LogPos{} : positions_[seq - 1]; }
  void NoteHead() { positions_.push_back(log_->Head(kShard).value()); }
  Agenda Stored() {
    const auto record = view_->Now()->Get({EntityKind::kAgenda, kAda}).value();
    return ParseAgenda(record->bytes).value();
  }

  FakeClock clock_;
  TempDirectory directory_;
  ThreadPool threads_{2};
  std::unique_ptr<StoredLog> log_;
  std::unique_ptr<View> view_;
  std::optional<Applier> applier_;
  std::unique_ptr<HoldTimer> timer_;
  std::vector<LogPos> positions_;
};

TEST_F(HoldTimerRestartTest, TakesEffectOnceAcrossACrashBeforeItIsApplied) {
  Start();
  NoteHead();
  StartTimer();  // Nobody applies what it writes.
  AwaitHead(2);
  End();

  Start();  // Catches up.
  EXPECT_EQ(Stored().holds[0].state, HoldState::kExpired);
  EXPECT_EQ(Stored().counts.expired, 1);
  applier_.emplace(log_.get(), view_.get(), &clock_);
  StartTimer();
  timer_.reset();
  EXPECT_EQ(Head(), 2u);
}

TEST_F(HoldTimerRestartTest, FiresAfterARestart) {
  Start();
  NoteHead();
  applier_.emplace(log_.get(), view_.get(), &clock_);
  StartTimer();
  AwaitHead(2);
  absl::Notification applied;
  view_->WhenApplied(log_->name(), kShard, 2, [&](auto) { applied.Notify(); });
  applied.WaitForNotification();
  const Hold hold = Stored().holds[0];
  EXPECT_EQ(hold.state, HoldState::kExpired);
  EXPECT_EQ(hold.end->time, hold.deadline);
}

}  // namespace
}  // namespace troupe::testing
