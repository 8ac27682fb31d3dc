#include "matcher/hold/seat_decision.h"

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/builders.h"
#include "tests/testing/dice.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const absl::Time kNow = absl::UnixEpoch() + absl::Hours(24 * 20'000);

HoldId HoldOf(uint64_t person) {
  return {.profile = ProfileId(person), .number = static_cast<uint32_t>(person) + 100};
}

SeatWish Wish(uint64_t person, int32_t seat = 0, uint32_t opening = 1) {
  return {.opening = opening, .seat = seat, .hold = HoldOf(person)};
}

DecisionRequest Commit(std::vector<SeatWish> seats, uint64_t id = 1) {
  return {.id = DecisionId(id),
          .wanted = Decision::kCommit,
          .caller = {"crew"},
          .deadline = kNow + absl::Seconds(30),
          .body_hash = 7,
          .seats = std::move(seats)};
}

DecisionRequest Abort(std::vector<SeatWish> seats, uint64_t id = 1) {
  DecisionRequest request = Commit(std::move(seats), id);
  request.wanted = Decision::kAbort;
  return request;
}

Project WithSeats(int32_t headcount) {
  return ProjectBuilder().With(OpeningBuilder().Headcount(headcount)).Build();
}

// A project, and what is decided about it.
struct Keeper {
  explicit Keeper(Project kept) : project(std::move(kept)) { decisions.project = project.id; }

  Decided Decide(const DecisionRequest& request, absl::Time now = kNow) {
    return troupe::Decide(request, now, &project, decisions);
  }
  std::string Reason(const DecisionRequest& request, absl::Time now = kNow) {
    return Decide(request, now).decision.reason;
  }

  Project project;
  ProjectDecisions decisions;
};

TEST(SeatDecisionTest, FillsTheFirstEmptySeats) {
  Keeper keeper(ProjectBuilder().With(OpeningBuilder().Headcount(4).Seats(1, 9)).Build());
  const Decided decided = keeper.Decide(Commit({Wish(5), Wish(6)}));
  EXPECT_TRUE(decided.is_new);
  EXPECT_THAT(decided.decision.seats, ElementsAre(Wish(5, 2), Wish(6, 3)));
  EXPECT_THAT(keeper.project.openings[0].seats,
              ElementsAre(Seat{1, ProfileId(9), 0}, Seat{2, ProfileId(5), 105},
                          Seat{3, ProfileId(6), 106}, Seat{4, ProfileId(), 0}));
}

TEST(SeatDecisionTest, LeavesSeatsThatAreNamedToThoseWhoNameThem) {
  Keeper keeper(WithSeats(2));
  EXPECT_THAT(keeper.Decide(Commit({Wish(5), Wish(6, 1)})).decision.seats,
              ElementsAre(Wish(5, 2), Wish(6, 1)));
}

TEST(SeatDecisionTest, GivesAPersonTheSeatThatTheOwnerGaveHer) {
  Keeper keeper(ProjectBuilder().With(OpeningBuilder().Headcount(2).Seats(2, 5)).Build());
  EXPECT_THAT(keeper.Decide(Commit({Wish(5)})).decision.seats, ElementsAre(Wish(5, 2)));
}

TEST(SeatDecisionTest, FillsNoSeatUnlessItFillsAll) {
  Keeper keeper(WithSeats(2));
  const Project before = keeper.project;
  const Decided decided = keeper.Decide(Commit({Wish(5), Wish(6), Wish(7)}));
  EXPECT_EQ(decided.decision.outcome, Decision::kAbort);
  EXPECT_EQ(decided.decision.reason, "SEAT_TAKEN");
  EXPECT_THAT(decided.decision.seats, ElementsAre(Wish(7)));
  EXPECT_EQ(keeper.project, before);
}

TEST(SeatDecisionTest, SaysWhyNot) {
  Keeper keeper(WithSeats(2));
  EXPECT_EQ(keeper.Reason(Commit({Wish(5, 3)}, 1)), "SEAT_GONE");
  EXPECT_EQ(keeper.Reason(Commit({Wish(5, 0, 8)}, 2)), "OPENING_GONE");
  EXPECT_EQ(keeper.Reason(Commit({Wish(5)}, 3), kNow + absl::Seconds(30)), "DEADLINE_PASSED");
  EXPECT_EQ(keeper.Reason(Abort({Wish(5)}, 4)), "ABORTED");
  DecisionRequest foreign = Commit({Wish(5)}, 5);
  foreign.caller = {"studio"};
  EXPECT_EQ(keeper.Reason(foreign), "NOT_OWNER");
  keeper.project.openings[0].state = Opening::State::kClosed;
  EXPECT_EQ(keeper.Reason(Commit({Wish(5)}, 6)), "OPENING_NOT_OPEN");
  EXPECT_EQ(Decide(Commit({Wish(5)}, 7), kNow, nullptr, keeper.decisions).decision.reason,
            "PROJECT_GONE");
}

TEST(SeatDecisionTest, AnswersWhatStandsWhoeverAsks) {
  Keeper keeper(WithSeats(2));
  const SeatDecision first = keeper.Decide(Commit({Wish(5)})).decision;
  const Decided again = keeper.Decide(Abort({Wish(5)}), kNow + absl::Hours(1));
  EXPECT_FALSE(again.is_new);
  EXPECT_EQ(again.decision, first);
}

TEST(SeatDecisionTest, DoesNotCommitWhatWasAborted) {
  Keeper keeper(WithSeats(2));
  keeper.Decide(Abort({Wish(5)}));
  EXPECT_EQ(keeper.Decide(Commit({Wish(5)})).decision.outcome, Decision::kAbort);
  EXPECT_EQ(keeper.project.openings[0].OpenSeats(), 2);
}

TEST(SeatDecisionTest, KnowsACommitByItsSeatsOnceItIsForgotten) {
  Keeper keeper(WithSeats(2));
  keeper.Decide(Commit({Wish(5), Wish(6)}));
  keeper.decisions.decisions.clear();
  const Decided decided = keeper.Decide(Abort({Wish(6)}), kNow + absl::Hours(24 * 60));
  EXPECT_FALSE(decided.is_new);
  EXPECT_EQ(decided.decision.outcome, Decision::kCommit);
  EXPECT_THAT(decided.decision.seats, ElementsAre(Wish(6, 2)));
}

// A crew whose person another confirmation has booked must not take its seat for
// a commit of its own: the others would be booked without a seat.
TEST(SeatDecisionTest, AbortsACrewOfWhichAnotherConfirmationBookedOne) {
  Keeper keeper(WithSeats(2));
  keeper.Decide(Commit({Wish(5)}, 1));
  EXPECT_EQ(keeper.Decide(Abort({Wish(5), Wish(6)}, 2)).decision.outcome, Decision::kAbort);
  EXPECT_EQ(keeper.project.openings[0].OpenSeats(), 1);
}

TEST(SeatDecisionTest, ForgetsWhatIsOlderThanAMonth) {
  Keeper keeper(WithSeats(2));
  keeper.Decide(Abort({}, 1));
  keeper.Decide(Abort({}, 2), kNow + kDecisionsKept - absl::Seconds(1));
  EXPECT_THAT(keeper.decisions.decisions, SizeIs(2));
  keeper.Decide(Abort({}, 3), kNow + kDecisionsKept);
  EXPECT_EQ(keeper.decisions.Find(DecisionId(1)), nullptr);
  EXPECT_THAT(keeper.decisions.decisions, SizeIs(2));
}

TEST(SeatDecisionTest, KeepsManyOnlyOfTheLastDay) {
  Keeper keeper(WithSeats(2));
  for (uint64_t id = 1; id <= kMostDecisionsKept + 10; ++id) keeper.Decide(Abort({}, id));
  EXPECT_THAT(keeper.decisions.decisions, SizeIs(kMostDecisionsKept + 10));
  keeper.Decide(Abort({}, 9'999), kNow + absl::Hours(24));
  EXPECT_THAT(keeper.decisions.decisions, SizeIs(kMostDecisionsKept + 1));
}

TEST(SeatDecisionTest, LeavesAnOrphanedSeatToItsPerson) {
  Keeper keeper(WithSeats(2));
  keeper.Decide(Commit({Wish(5), Wish(6)}));
  EXPECT_TRUE(OrphanSeats(HoldOf(5), keeper.project));
  EXPECT_FALSE(OrphanSeats(HoldOf(5), keeper.project));
  EXPECT_THAT(keeper.project.openings[0].seats,
              ElementsAre(Seat{1, ProfileId(5), 0}, Seat{2, ProfileId(6), 106}));
}

TEST(SeatDecisionTest, VacatesTheSeatsOfOneHoldOnly) {
  Keeper keeper(WithSeats(3));
  keeper.Decide(Commit({Wish(5), Wish(6)}));
  EXPECT_TRUE(VacateSeats(HoldOf(5), keeper.project));
  EXPECT_FALSE(VacateSeats(HoldOf(5), keeper.project));
  EXPECT_THAT(keeper.project.openings[0].seats,
              ElementsAre(Seat{1, ProfileId(), 0}, Seat{2, ProfileId(6), 106},
                          Seat{3, ProfileId(), 0}));
}

// Whether all wishes can be met, by counting; the wishes name each person once.
bool CanMeetAll(const Project& project, const std::vector<SeatWish>& wishes) {
  std::map<uint32_t, int> free, unnamed;
  std::set<std::pair<uint32_t, int32_t>> named;
  for (const Opening& opening : project.openings) free[opening.number] = opening.OpenSeats();
  for (const SeatWish& wish : wishes) {
    const Opening* const opening = project.FindOpening(wish.opening);
    if (opening == nullptr || opening->state != Opening::State::kOpen) return false;
    const int32_t seats = static_cast<int32_t>(opening->seats.size());
    if (wish.seat > seats) return false;
    std::optional<Seat> own;
    for (const Seat& seat : opening->seats) {
      if (seat.profile == wish.hold.profile) own = seat;
    }
    if (own.has_value()) {
      if (own->hold != 0 || (wish.seat != 0 && wish.seat != own->number)) return false;
    } else if (wish.seat == 0) {
      ++unnamed[wish.opening];
    } else {
      if (opening->seats[static_cast<size_t>(wish.seat) - 1].profile) return false;
      if (!named.emplace(wish.opening, wish.seat).second) return false;
    }
  }
  for (const auto& [opening, seat] : named) --free[opening];
  return std::all_of(unnamed.begin(), unnamed.end(),
                     [&](const auto& entry) { return entry.second <= free[entry.first]; });
}

TEST(SeatDecisionTest, CommitsWhateverCanBeAndNothingElse) {
  std::mt19937_64 rng(20'261'128);
  Dice dice(rng);
  int commits = 0, aborts = 0;
  for (int round = 0; round < 20'000; ++round) {
    ProjectBuilder builder;
    for (int opening = 0; opening < 2; ++opening) {
      OpeningBuilder seats;
      seats.Headcount(3);
      for (int32_t seat = 1; seat <= 3; ++seat) {
        if (dice.OneIn(3)) seats.Seats(seat, static_cast<uint64_t>(10 * opening + seat));
      }
      builder.With(seats);
    }
    Keeper keeper(builder.Build());
    for (Opening& opening : keeper.project.openings) {
      if (dice.OneIn(12)) opening.state = Opening::State::kClosed;
      for (Seat& seat : opening.seats) {
        if (seat.profile && dice.OneIn(2)) seat.hold = 1;
      }
    }
    std::vector<SeatWish> wishes;
    for (const uint64_t person : {1, 2, 3, 11, 12, 40, 41}) {
      if (!dice.OneIn(4)) continue;
      wishes.push_back(Wish(person, dice.OneIn(2) ? 0 : dice.Between(1, 3),
                            dice.OneIn(12) ? 3 : static_cast<uint32_t>(dice.Between(1, 2))));
    }
    if (wishes.empty()) continue;
    const Project before = keeper.project;
    const bool can = CanMeetAll(before, wishes);
    const SeatDecision decision = keeper.Decide(Commit(wishes)).decision;
    ASSERT_EQ(decision.outcome == Decision::kCommit, can) << round;
    ++(can ? commits : aborts);
    if (!can) {
      ASSERT_EQ(keeper.project, before) << round;
      ASSERT_THAT(decision.seats, ::testing::Not(IsEmpty())) << round;
      continue;
    }
    ASSERT_EQ(decision.seats.size(), wishes.size());
    for (size_t i = 0; i < wishes.size(); ++i) {
      ASSERT_TRUE(wishes[i].seat == 0 || wishes[i].seat == decision.seats[i].seat) << round;
    }
    // Without the new bookings, all is as before but who was there by hand.
    for (const SeatWish& seat : decision.seats) {
      const auto& then = before.FindOpening(seat.opening)->seats[static_cast<size_t>(seat.seat) - 1];
      ASSERT_TRUE(!then.profile || (then.profile == seat.hold.profile && then.hold == 0)) << round;
      ASSERT_TRUE(VacateSeats(seat.hold, keeper.project)) << round;
    }
    for (size_t i = 0; i < before.openings.size(); ++i) {
      for (size_t j = 0; j < 3; ++j) {
        const Seat& then = before.openings[i].seats[j];
        const bool was_taken_over = then.profile && !keeper.project.openings[i].seats[j].profile;
        ASSERT_TRUE(was_taken_over || keeper.project.openings[i].seats[j] == then) << round;
      }
    }
  }
  EXPECT_GT(commits, 1'000);
  EXPECT_GT(aborts, 1'000);
}

}  // namespace
}  // namespace troupe::testing
