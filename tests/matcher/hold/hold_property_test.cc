#include <algorithm>
#include <optional>
#include <random>
#include <set>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/hold/advance.h"
#include "matcher/hold/answer_hold.h"
#include "matcher/hold/audit.h"
#include "matcher/hold/confirm_hold.h"
#include "tests/matcher/hold/hold_oracle.h"
#include "tests/matcher/hold/person.h"
#include "tests/testing/dice.h"

namespace troupe::testing {
namespace {

using ::testing::IsEmpty;

constexpr int kFirstDay = 40;
constexpr int kDays = 6;

// The same random commands for the engine and for the oracle.
class Lives {
 public:
  explicit Lives(uint64_t seed) : rng_(seed), dice_(rng_) {}

  void Step() {
    const uint32_t hold = AnyHold();
    const int number = static_cast<int>(hold);
    switch (dice_.Below(13)) {
      case 0:
      case 1: Place(); break;
      case 3:
      case 4: Same(AcceptHold(ada.agenda, hold, Side::kPerson, ada.Now()), oracle.Accept(number)); break;
      case 5:
        Same(DeclineHold(ada.agenda, hold, Side::kPerson, "", ada.Now()), oracle.Decline(number));
        break;
      case 6: Same(ReleaseHold(ada.agenda, hold, "", ada.Now()), oracle.Release(number)); break;
      case 7: Same(ChallengeHold(ada.agenda, hold, ada.Now()), oracle.Challenge(number)); break;
      case 8:
      case 2: Begin(hold); break;
      case 9:
      case 12: Resolve(); break;
      case 10: Cancel(hold); break;
      default: PassOrEdit(); break;
    }
  }

  // What both have come to.
  void Compare() {
    ASSERT_THAT(BrokenInvariants(ada.agenda), IsEmpty());
    ASSERT_EQ(static_cast<int>(ada.agenda.holds.size()), oracle.holds());
    for (const Hold& hold : ada.agenda.holds) {
      ASSERT_EQ(static_cast<int>(hold.state) - 1,
                static_cast<int>(oracle.StateOf(static_cast<int>(hold.number))))
          << "hold " << hold.number;
    }
    for (int day = 0; day < kDays; ++day) {
      std::vector<int> ladder;
      for (uint32_t hold : ada.Ladder(kFirstDay + day)) ladder.push_back(static_cast<int>(hold));
      ASSERT_EQ(ladder, oracle.Ladder(day)) << "day " << day;
    }
    std::set<int> booked;
    for (int32_t day : ada.Numbers(BookedDaysOf(ada.agenda))) booked.insert(day - kFirstDay);
    ASSERT_EQ(booked, oracle.Booked());
  }

  Person ada;
  HoldOracle oracle;
  int bookings = 0;
  int agreed = 0;

 private:
  // Mostly one that lives; also one that there is not.
  uint32_t AnyHold() {
    std::vector<uint32_t> live;
    for (const Hold& hold : ada.agenda.holds) {
      if (hold.IsActive() || hold.IsBooked()) live.push_back(hold.number);
    }
    if (live.empty() || dice_.OneIn(4)) {
      return static_cast<uint32_t>(dice_.Below(ada.agenda.last_number + 1)) + 1;
    }
    return dice_.Pick(live);
  }

  void Same(const absl::StatusOr<Notices>& done, bool expected) {
    EXPECT_EQ(done.ok(), expected) << done.status();
    agreed += done.ok();
  }

  void Place() {
    const int opening = dice_.Between(1, 5);
    const int start = dice_.Between(0, kDays - 1);
    const int limit = dice_.Between(start + 1, std::min(start + 3, kDays));
    const int any = dice_.OneIn(2) ? 0 : dice_.Between(1, limit - start);
    const int hours = dice_.Between(1, 80);
    const Person::Span span = {kFirstDay + start, kFirstDay + limit};
    HoldRequest request = any == 0 ? ada.Asking(static_cast<uint32_t>(opening), span)
                                   : ada.AskingAny(static_cast<uint32_t>(opening), span, any);
    request.deadline = ada.now + absl::Hours(hours);
    Same(ada.TryPlace(request), oracle.Place(opening, start, limit, any, hour_ + hours));
  }

  void Begin(uint32_t hold) {
    const Hold* const known = ada.agenda.Find(hold);
    if (known != nullptr && (known->IsUndecided() || known->IsBooked())) return;  // A retry.
    Same(ada.TryConfirm(hold), oracle.Begin(static_cast<int>(hold)));
  }

  void Resolve() {
    for (const Undecided& undecided : UndecidedOf(ada.agenda)) {
      const bool commits = !dice_.OneIn(3);
      EXPECT_TRUE(ada.Resolve(undecided.hold, commits ? Decision::kCommit : Decision::kAbort).ok());
      oracle.Resolve(static_cast<int>(undecided.hold), commits);
      bookings += commits;
      return;
    }
  }

  void Cancel(uint32_t hold) {
    Same(ada.TryCancel(hold), oracle.Cancel(static_cast<int>(hold)));
  }

  void PassOrEdit() {
    if (dice_.OneIn(3)) {
      const int day = dice_.Between(0, kDays - 1);
      const Days one = ada.List({kFirstDay + day});
      const bool busy = !ada.busy.Meets(one);
      ada.busy = busy ? ada.busy.Or(one) : ada.busy.Without(one);
      oracle.SetBusy(day, busy);
      return;
    }
    const int hours = dice_.Between(1, 40);
    hour_ += hours;
    ada.Pass(absl::Hours(hours));
    oracle.PassTo(hour_);
  }

  std::mt19937_64 rng_;
  Dice dice_;
  int hour_ = 0;
};

TEST(HoldPropertyTest, AgreesWithListsADay) {
  int bookings = 0;
  int agreed = 0;
  for (uint64_t seed = 1; seed <= 1'000; ++seed) {
    Lives lives(seed);
    for (int step = 0; step < 60; ++step) {
      lives.Step();
      lives.Compare();
      ASSERT_FALSE(HasFailure()) << "seed " << seed << ", step " << step;
    }
    bookings += lives.bookings;
    agreed += lives.agreed;
  }
  EXPECT_GT(bookings, 500);
  EXPECT_GT(agreed, 10'000);
}

// The notices as well as the agenda; revisions count how often it was written.
TEST(HoldPropertyTest, ComesToTheSameInOneJumpAsInManySteps) {
  int done = 0;
  for (uint64_t seed = 1; seed <= 1'000; ++seed) {
    Lives lives(seed);
    for (int step = 0; step < 40; ++step) lives.Step();
    Person jump = lives.ada;
    Person steps = lives.ada;
    const Notices at_once = jump.Pass(absl::Hours(200));
    Notices one_by_one;
    for (int hour = 0; hour < 200; ++hour) {
      for (const Notice& notice : steps.Pass(absl::Hours(1))) one_by_one.push_back(notice);
    }
    for (Agenda* agenda : {&jump.agenda, &steps.agenda}) {
      for (Hold& hold : agenda->holds) hold.revision = 0;
    }
    ASSERT_EQ(at_once, one_by_one) << "seed " << seed;
    ASSERT_EQ(jump.agenda, steps.agenda) << "seed " << seed;
    done += static_cast<int>(at_once.size());
  }
  EXPECT_GT(done, 800);
}

TEST(HoldPropertyTest, HasAnEventWheneverOneIsDueAndNoneElse) {
  int due_now = 0;
  for (uint64_t seed = 1; seed <= 1'000; ++seed) {
    Lives lives(seed);
    for (int step = 0; step < 40; ++step) lives.Step();
    Person ada = lives.ada;
    ada.now += absl::Hours(30);
    const std::optional<absl::Time> due = NextDue(ada.agenda);
    const bool expected = due.has_value() && *due <= ada.now;
    ASSERT_EQ(!Advance(ada.agenda, ada.Now()).empty(), expected) << "seed " << seed;
    const std::optional<absl::Time> next = NextDue(ada.agenda);
    ASSERT_TRUE(!next.has_value() || ada.now < *next) << "seed " << seed;
    due_now += expected;
  }
  EXPECT_GT(due_now, 100);
}

}  // namespace
}  // namespace troupe::testing
