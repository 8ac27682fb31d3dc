#include "services/booking/hold_timer.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/records/agenda_record.h"
#include "tests/services/booking/booking_world.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Watched = BookingWorld::Watched;

// Waits for the next change of a hold.
v1::Hold NextHold(Watched& watched) {
  while (true) {
    const auto response = watched.Next();
    if (!response.has_value()) return {};
    if (response->changes_size() > 0) return response->changes(0).hold();
  }
}

class HoldTimerTest : public ::testing::Test {
 protected:
  HoldTimerTest() { watched_.Next(); }

  std::unique_ptr<HoldTimer> Timer(HoldTimer::Settle settle = {}) {
    return std::make_unique<HoldTimer>(&world_.live().log(), &world_.live().view(),
                                       &world_.threads(), &world_.clock(), std::move(settle));
  }
  // How many records of the log changed an agenda.
  uint64_t Head(const std::string& person) {
    const ProfileId id = *ParseProfileName(person, "name");
    return world_.live().log().Head(ShardOf(id.value()))->seq;
  }

  BookingWorld world_;
  const std::string ada_ = world_.Person();
  Watched watched_ = world_.Watch("first");
};

TEST_F(HoldTimerTest, ExpiresAHoldAtItsDeadline) {
  const auto timer = Timer();
  world_.Place(ada_, "first").value();
  EXPECT_EQ(NextHold(watched_).state(), v1::Hold::STATE_OFFERED);
  world_.clock().Advance(absl::Hours(7 * 24));
  EXPECT_EQ(NextHold(watched_).state(), v1::Hold::STATE_EXPIRED);
  EXPECT_EQ(world_.Profile(ada_).hold_counts().expired(), 1);
  EXPECT_THAT(EntriesOf(world_.Profile(ada_)), IsEmpty());
}

TEST_F(HoldTimerTest, ExpiresAHoldAtTheStartOfItsFirstDayWhereThePersonLives) {
  const auto timer = Timer();
  const std::string far = world_.Person("time_zone: 'America/New_York'");
  const v1::Hold hold =
      world_
          .Place(far, "first",
                 "window { dates { start { year: 2026 month: 3 day: 4 } "
                 "limit { year: 2026 month: 3 day: 5 } } }")
          .value();
  // Midnight of 2026-03-04 there is five o'clock in the morning, UTC.
  EXPECT_EQ(hold.expire_time().seconds(),
            absl::ToUnixSeconds(absl::FromCivil(absl::CivilHour(2026, 3, 4, 5),
                                                absl::UTCTimeZone())));
  NextHold(watched_);
  world_.clock().Advance(absl::Hours(65));
  EXPECT_EQ(NextHold(watched_).state(), v1::Hold::STATE_EXPIRED);
}

TEST_F(HoldTimerTest, TakesUpWhatFellDueWhileNothingRan) {
  world_.Place(ada_, "first").value();
  NextHold(watched_);
  world_.clock().Advance(absl::Hours(30 * 24));
  const auto timer = Timer();
  const v1::Hold expired = NextHold(watched_);
  EXPECT_EQ(expired.state(), v1::Hold::STATE_EXPIRED);
  // As of when it was due, however late.
  EXPECT_EQ(expired.end().end_time().seconds(), expired.expire_time().seconds());
}

TEST_F(HoldTimerTest, WritesOnceHoweverOftenItStarts) {
  world_.Place(ada_, "first").value();
  NextHold(watched_);
  const uint64_t before = Head(ada_);
  world_.clock().Advance(absl::Hours(8 * 24));
  {
    const auto one = Timer();
    const auto two = Timer();
    NextHold(watched_);
  }
  const auto three = Timer();
  EXPECT_EQ(Head(ada_), before + 1);
  EXPECT_EQ(world_.Profile(ada_).hold_counts().expired(), 1);
}

TEST_F(HoldTimerTest, ReleasesThoseWhoDoNotAnswerAChallenge) {
  const auto timer = Timer();
  Watched second = world_.Watch("second");
  const std::string one = world_.Place(ada_, "first").value().name();
  const std::string two = world_.Place(ada_, "second").value().name();
  ASSERT_THAT(world_.Accept(two), IsOk());
  ASSERT_THAT(world_.Challenge(two, "second"), IsOk());
  EXPECT_EQ(NextHold(watched_).state(), v1::Hold::STATE_OFFERED);
  NextHold(watched_);  // It is challenged.
  world_.clock().Advance(absl::Hours(24));
  const v1::Hold released = NextHold(watched_);
  EXPECT_EQ(released.state(), v1::Hold::STATE_RELEASED);
  EXPECT_EQ(released.end().reason(), v1::HOLD_REASON_CHALLENGED);
  EXPECT_EQ(world_.Get(two, "second")->challenge().phase(), v1::HoldChallenge::PHASE_CONFIRM);
}

TEST_F(HoldTimerTest, TriesAgainWhatTheLogDidNotTake) {
  const auto timer = Timer();
  world_.Place(ada_, "first").value();
  NextHold(watched_);
  world_.live().log().FailNextAppend(absl::UnavailableError("the disk is full"));
  world_.clock().Advance(absl::Hours(7 * 24));
  // The retry is due a second later, by the clock that only we move.
  std::atomic<bool> done = false;
  std::thread clock([&] {
    while (!done) {
      world_.clock().Advance(absl::Seconds(1));
      std::this_thread::yield();
    }
  });
  EXPECT_EQ(NextHold(watched_).state(), v1::Hold::STATE_EXPIRED);
  done = true;
  clock.join();
}

TEST_F(HoldTimerTest, HasTheSeatsToldThatADeletedProfileLeaves) {
  const std::string hold = world_.Place(ada_, "first").value().name();
  ASSERT_THAT(world_.Accept(hold), IsOk());
  v1::ConfirmHoldRequest confirm;
  confirm.set_name(hold);
  ASSERT_THAT(Ask(world_.service(), &BookingService::ConfirmHold, confirm, "first"), IsOk());
  world_.SetToday(Day(absl::CivilDay(2026, 5, 7)));
  absl::Notification settled;
  const auto timer = Timer([&](ProfileId profile) {
    if (profile == *ParseProfileName(ada_, "name") && !settled.HasBeenNotified()) settled.Notify();
  });
  v1::DeleteProfileRequest request;
  request.set_name(ada_);
  ASSERT_THAT(Ask(world_.profiles(), &ProfileService::DeleteProfile, request, "agency"), IsOk());
  settled.WaitForNotification();
}

TEST_F(HoldTimerTest, ForgetsAProfileThatIsDeleted) {
  const auto timer = Timer();
  world_.Place(ada_, "first").value();
  NextHold(watched_);
  v1::DeleteProfileRequest request;
  request.set_name(ada_);
  ASSERT_THAT(Ask(world_.profiles(), &ProfileService::DeleteProfile, request, "agency"), IsOk());
  const uint64_t head = Head(ada_);
  world_.clock().Advance(absl::Hours(30 * 24));
  const std::string bob = world_.Person();
  world_.Place(bob, "first", InMay(10, 12)).value();
  world_.clock().Advance(absl::Hours(8 * 24));
  while (NextHold(watched_).state() != v1::Hold::STATE_EXPIRED) {}
  EXPECT_EQ(Head(ada_), head);
}

}  // namespace
}  // namespace troupe::testing
