// Confirmations, cancellations and replacements, with processes that are away
// or end on the way.
#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/log/log_errors.h"
#include "tests/services/booking/booking_world.h"

namespace troupe::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

// Runs `reached` at each step.
class Steps final : public ProtocolSteps {
 public:
  void At(const std::string& step, std::function<void()> act) {
    absl::MutexLock lock(&mutex_);
    step_ = step;
    act_ = std::move(act);
  }
  void Reached(absl::string_view step) override {
    std::function<void()> act;
    {
      absl::MutexLock lock(&mutex_);
      if (step == step_) act = std::exchange(act_, nullptr);
    }
    if (act != nullptr) act();
  }

 private:
  absl::Mutex mutex_;
  std::string step_ ABSL_GUARDED_BY(mutex_);
  std::function<void()> act_ ABSL_GUARDED_BY(mutex_);
};

// A process that matches, and answers with these people.
class KnownMatches final : public MatchDirectory {
 public:
  void FindProfiles(const OrganizationId&, v1::FindProfilesRequest request, absl::Time,
                    Done<v1::FindProfilesResponse> done) override {
    asked = request;
    v1::FindProfilesResponse response;
    for (const std::string& person : people) {
      v1::Match& match = *response.add_matches();
      match.set_profile(person);
      match.set_rank(response.matches_size());
    }
    done(std::move(response));
  }
  void Close() override {}

  std::vector<std::string> people;
  v1::FindProfilesRequest asked;
};

// The process that keeps profiles: several after each other, over one log.
class Process {
 public:
  explicit Process(BookingWorld& world)
      : bookings_(&world.live().log(), &world.live().view(), &world.threads(), &world.clock(),
                  &ids_, {&world.seats(), &matches, timer_.get(), &steps}) {}
  ~Process() { bookings_.Close(); }

  BookingService& service() { return bookings_; }
  void Recover(const std::string& person) {
    bookings_.Recover(ParseProfileName(person, "name").value());
  }

  KnownMatches matches;
  Steps steps;

 private:
  RandomIds ids_{2};
  const std::unique_ptr<RetryTimer> timer_ = OpenRetryTimer();
  BookingService bookings_;
};

class ConfirmTest : public ::testing::Test {
 protected:
  std::string AcceptedHold(const std::string& person, const std::string& holder = "first",
                           const std::string& text = InMay(4, 7)) {
    const std::string name = world_.Place(person, holder, text).value().name();
    return world_.Accept(name).value().name();
  }
  absl::StatusOr<v1::Hold> Confirm(const std::string& name, const std::string& by = "first",
                                   const std::string& text = "") {
    auto request = FromText<v1::ConfirmHoldRequest>(text);
    request.set_name(name);
    return Ask(process_->service(), &BookingService::ConfirmHold, request, by);
  }
  v1::ConfirmCrewRequest Crew(const std::vector<std::string>& names,
                              const std::string& request_id = "") {
    v1::ConfirmCrewRequest request;
    request.set_parent("projects/0000000000000001");
    request.set_request_id(request_id);
    for (const std::string& name : names) {
      v1::HoldToConfirm& entry = *request.add_holds();
      entry.set_name(name);
      entry.set_etag(Now(name).etag());
    }
    return request;
  }
  absl::StatusOr<v1::ConfirmCrewResponse> Confirm(const v1::ConfirmCrewRequest& request,
                                                  const std::string& by = "first") {
    return Ask(process_->service(), &BookingService::ConfirmCrew, request, by);
  }
  absl::StatusOr<v1::Hold> Cancel(const std::string& name, const std::string& by = "first",
                                  const std::string& text = "") {
    auto request = FromText<v1::CancelBookingRequest>(text);
    request.set_name(name);
    return Ask(process_->service(), &BookingService::CancelBooking, request, by);
  }
  v1::Hold Now(const std::string& name) { return world_.Get(name, "agency").value(); }
  // Whose hold the seats of project 1 are filled by.
  std::vector<std::string> Seats() {
    std::vector<std::string> seats;
    const Project project = world_.seats().At(ProjectId(1)).value();
    for (const Seat& seat : project.openings[0].seats) {
      if (seat.hold == 0) continue;
      seats.push_back(FormatName(HoldId{.profile = seat.profile, .number = seat.hold}));
    }
    return seats;
  }
  static void Await(const std::function<bool()>& condition) {
    while (!condition()) absl::SleepFor(absl::Milliseconds(1));
  }
  bool IsIn(const std::string& name, v1::Hold::State state) {
    const v1::Hold hold = Now(name);
    return hold.state() == state && !hold.pending();
  }

  BookingWorld world_;
  std::unique_ptr<Process> process_ = std::make_unique<Process>(world_);
};

TEST_F(ConfirmTest, BooksTheDaysAndTheSeat) {
  const std::string ada = world_.Person();
  const std::string hold = AcceptedHold(ada);
  const v1::Hold booked = Confirm(hold).value();
  EXPECT_EQ(booked.state(), v1::Hold::STATE_BOOKED);
  EXPECT_EQ(booked.seat(), 1);
  EXPECT_THAT(Seats(), ElementsAre(hold));
  EXPECT_THAT(EntriesOf(world_.Profile(ada)), ElementsAre("KIND_BOOKED 2026-5-4..2026-5-7 by 1"));
}

TEST_F(ConfirmTest, FillsTheSeatThatIsNamed) {
  EXPECT_EQ(Confirm(AcceptedHold(world_.Person()), "first", "seat: 2")->seat(), 2);
}

TEST_F(ConfirmTest, RefusesWhoIsNotFirstWithItsRankAndOptions) {
  const std::string ada = world_.Person();
  AcceptedHold(ada, "second");
  const std::string hold = AcceptedHold(ada);
  const v1::Hold before = Now(hold);
  const auto refused = Confirm(hold);
  EXPECT_THAT(refused, FailsWith(absl::StatusCode::kFailedPrecondition, "NOT_FIRST"));
  const std::vector<FieldViolation> entries = ViolationsOf(refused.status());
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].field, hold);
  EXPECT_THAT(entries[0].fix, HasSubstr("challenge"));
  EXPECT_EQ(Difference(Now(hold), before), "");
}

TEST_F(ConfirmTest, BooksACrewAsAWhole) {
  const std::vector<std::string> holds = {AcceptedHold(world_.Person()),
                                          AcceptedHold(world_.Person())};
  const auto booked = Confirm(Crew(holds));
  ASSERT_THAT(booked, IsOk());
  EXPECT_EQ(booked->holds(0).name(), holds[0]);
  EXPECT_EQ(booked->holds(1).state(), v1::Hold::STATE_BOOKED);
  EXPECT_THAT(Seats(), ElementsAre(holds[0], holds[1]));
}

TEST_F(ConfirmTest, BooksNobodyOfACrewThatCannotAllBe) {
  const std::string ada = world_.Person(), bo = world_.Person();
  AcceptedHold(bo, "second");
  const std::vector<std::string> holds = {AcceptedHold(ada), AcceptedHold(bo)};
  const auto refused = Confirm(Crew(holds));
  EXPECT_THAT(refused, FailsWith(absl::StatusCode::kFailedPrecondition, "NOT_FIRST"));
  EXPECT_THAT(BadFields(refused), ElementsAre(holds[1]));
  EXPECT_EQ(Now(holds[0]).state(), v1::Hold::STATE_ACCEPTED);
  EXPECT_THAT(Seats(), IsEmpty());
}

TEST_F(ConfirmTest, NamesEveryHoldOfACrewThatIsInTheWayForItsOwnReason) {
  const std::string ada = world_.Person(), bo = world_.Person();
  AcceptedHold(bo, "second");
  const std::vector<std::string> holds = {world_.Place(ada, "first")->name(), AcceptedHold(bo)};
  const auto refused = Confirm(Crew(holds));
  EXPECT_THAT(refused, FailsWith(absl::StatusCode::kFailedPrecondition, "CREW_NOT_CONFIRMED"));
  EXPECT_THAT(BadFields(refused), ElementsAre(holds[0], holds[1]));
  EXPECT_THAT(ViolationsOf(refused.status())[0].problem,
              Eq("NOT_ACCEPTED: the person has not accepted the hold"));
}

TEST_F(ConfirmTest, SaysOfABookingThatNothingIsLeftToConfirm) {
  const std::string hold = AcceptedHold(world_.Person());
  ASSERT_THAT(Confirm(hold), IsOk());
  const auto refused = Confirm(hold);
  EXPECT_THAT(refused, FailsWith(absl::StatusCode::kFailedPrecondition, "HOLD_ENDED"));
  EXPECT_THAT(ViolationsOf(refused.status())[0].fix, HasSubstr("nothing left to confirm"));
}

TEST_F(ConfirmTest, RefusesACrewThatHasFewerSeats) {
  const std::vector<std::string> holds = {AcceptedHold(world_.Person()),
                                          AcceptedHold(world_.Person()),
                                          AcceptedHold(world_.Person())};
  const auto refused = Confirm(Crew(holds));
  EXPECT_THAT(refused, FailsWith(absl::StatusCode::kFailedPrecondition, "SEAT_TAKEN"));
  EXPECT_THAT(BadFields(refused), ElementsAre(holds[2]));
  EXPECT_THAT(Seats(), IsEmpty());
}

TEST_F(ConfirmTest, NamesTheHoldsThatWereChanged) {
  const std::string hold = AcceptedHold(world_.Person());
  v1::ConfirmCrewRequest request = Crew({hold});
  ASSERT_THAT(world_.Counter(hold, "agency"), IsOk());
  const auto refused = Confirm(request);
  EXPECT_THAT(refused, FailsWith(absl::StatusCode::kAborted, "STALE_ETAG"));
  EXPECT_THAT(BadFields(refused), ElementsAre(hold));
}

TEST_F(ConfirmTest, IsForTheHolderAlone) {
  const std::string hold = AcceptedHold(world_.Person());
  EXPECT_THAT(Confirm(hold, "agency"), FailsWith(absl::StatusCode::kPermissionDenied, "WRONG_SIDE"));
  EXPECT_THAT(Confirm(hold, "second"), FailsWith(absl::StatusCode::kNotFound, "HOLD_NOT_FOUND"));
}

TEST_F(ConfirmTest, TakesOneProjectAtATime) {
  const std::string other = AcceptedHold(world_.Person(), "second");
  v1::ConfirmCrewRequest request = Crew({AcceptedHold(world_.Person())});
  request.set_parent("projects/0000000000000002");
  EXPECT_THAT(Confirm(request), Not(IsOk()));
  EXPECT_THAT(Seats(), IsEmpty());
}

TEST_F(ConfirmTest, RefusesRequestsThatMakeNoSense) {
  const std::string hold = AcceptedHold(world_.Person());
  v1::ConfirmCrewRequest twice = Crew({hold, hold}), none = Crew({}), no_etag = Crew({hold});
  no_etag.mutable_holds(0)->clear_etag();
  EXPECT_THAT(BadFields(Confirm(twice)), ElementsAre("holds[1].name"));
  EXPECT_THAT(BadFields(Confirm(none)), ElementsAre("holds"));
  EXPECT_THAT(BadFields(Confirm(no_etag)), ElementsAre("holds[0].etag"));
  EXPECT_THAT(BadFields(Confirm(hold, "first", "seat: -1")), ElementsAre("seat"));
}

TEST_F(ConfirmTest, AnswersARetryAsBefore) {
  const std::string hold = AcceptedHold(world_.Person());
  const v1::ConfirmCrewRequest request = Crew({hold}, "id");
  const auto first = Confirm(request);
  ASSERT_THAT(first, IsOk());
  const auto again = Confirm(request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(Difference(*again, *first), "");
}

TEST_F(ConfirmTest, RefusesAnotherRequestUnderTheSameId) {
  const std::string hold = AcceptedHold(world_.Person()), other = AcceptedHold(world_.Person());
  ASSERT_THAT(Confirm(Crew({hold}, "id")), IsOk());
  EXPECT_THAT(Confirm(Crew({other}, "id")),
              FailsWith(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
  EXPECT_TRUE(IsIn(other, v1::Hold::STATE_ACCEPTED));
}

TEST_F(ConfirmTest, HasTriesOfOneRequestWaitForEachOther) {
  const v1::Hold placed = world_.Place(world_.Person(), "first").value();
  ASSERT_THAT(world_.Accept(placed.name()), IsOk());
  v1::ConfirmHoldRequest other;
  other.set_name(placed.name());
  other.set_request_id("id");
  other.set_etag(placed.etag());  // Old: by itself it would be refused for that.
  Answer<v1::Hold> second;
  process_->steps.At("intent to be written", [&] {
    process_->service().ConfirmHold(CallBy("first"), other, second.done());
  });
  const absl::Status first = Confirm(placed.name(), "first", "request_id: 'id'").status();
  // They differ, and are decided as one: whichever is asked about first.
  EXPECT_THAT((std::vector{ReasonOf(first), ReasonOf(second.Wait().status())}),
              UnorderedElementsAre("", "REQUEST_ID_REUSED"));
  EXPECT_TRUE(IsIn(placed.name(), v1::Hold::STATE_BOOKED));
}

TEST_F(ConfirmTest, IsDoneForOneOfTwoWhoConfirmTheSameHold) {
  const std::string hold = AcceptedHold(world_.Person());
  absl::StatusOr<v1::Hold> other = absl::UnknownError("not asked");
  process_->steps.At("seats described",
                     [&] { other = Confirm(hold, "first", "request_id: 'other'"); });
  EXPECT_THAT(Confirm(hold, "first", "request_id: 'id'"),
              FailsWith(absl::StatusCode::kFailedPrecondition, "HOLD_ENDED"));
  EXPECT_THAT(other, IsOk());
  EXPECT_TRUE(IsIn(hold, v1::Hold::STATE_BOOKED));
}

TEST_F(ConfirmTest, AnswersARetryThoughOthersHaveTheSeatsByNow) {
  const std::string hold = AcceptedHold(world_.Person());
  ASSERT_THAT(Confirm(hold, "first", "request_id: 'id'"), IsOk());
  ASSERT_THAT(Cancel(hold), IsOk());
  ASSERT_THAT(Confirm(AcceptedHold(world_.Person())), IsOk());
  ASSERT_THAT(Confirm(AcceptedHold(world_.Person())), IsOk());
  const auto again = Confirm(hold, "first", "request_id: 'id'");
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->state(), v1::Hold::STATE_CANCELLED);
}

TEST_F(ConfirmTest, ChangesNothingWhileSeatsCannotBeReached) {
  const std::string hold = AcceptedHold(world_.Person());
  const v1::Hold before = Now(hold);
  world_.seats().BeAway(true);
  EXPECT_THAT(Confirm(hold), FailsWith(absl::StatusCode::kUnavailable, "SEATS_UNREACHABLE"));
  EXPECT_EQ(Difference(Now(hold), before), "");
}

TEST_F(ConfirmTest, KeepsDaysPendingUntilItIsDecided) {
  const std::string ada = world_.Person();
  const std::string hold = AcceptedHold(ada);
  process_->steps.At("intents written", [&] { world_.seats().BeAway(true); });
  EXPECT_THAT(Confirm(hold, "first", "request_id: 'id'"),
              FailsWith(absl::StatusCode::kUnavailable, "SEATS_UNREACHABLE"));
  EXPECT_TRUE(Now(hold).pending());
  EXPECT_THAT(EntriesOf(world_.Profile(ada)), Contains(HasSubstr("KIND_PENDING")));
  world_.seats().BeAway(false);
  Await([&] { return IsIn(hold, v1::Hold::STATE_BOOKED); });
  EXPECT_THAT(Confirm(hold, "first", "request_id: 'id'"), IsOk());
}

TEST_F(ConfirmTest, IsAbortedByTheNextProcessIfItWasNotDecided) {
  const std::string ada = world_.Person();
  const std::string hold = AcceptedHold(ada);
  process_->steps.At("intents written", [&] { world_.seats().BeAway(true); });
  EXPECT_THAT(Confirm(hold, "first", "request_id: 'id'"), Not(IsOk()));
  process_ = nullptr;
  world_.seats().BeAway(false);
  process_ = std::make_unique<Process>(world_);
  process_->Recover(ada);
  Await([&] { return IsIn(hold, v1::Hold::STATE_ACCEPTED); });
  EXPECT_THAT(Seats(), IsEmpty());
  EXPECT_THAT(Confirm(hold, "first", "request_id: 'id'"),
              FailsWith(absl::StatusCode::kAborted, "CONFIRMATION_ABORTED"));
  EXPECT_THAT(Confirm(hold, "first", "request_id: 'another'"), IsOk());
}

TEST_F(ConfirmTest, IsBookedByTheNextProcessIfThatWasDecided) {
  const std::string ada = world_.Person();
  const std::string hold = AcceptedHold(ada);
  world_.seats().LoseNextAnswer([&] { world_.seats().BeAway(true); });
  EXPECT_THAT(Confirm(hold, "first", "request_id: 'id'"), Not(IsOk()));
  process_ = nullptr;
  EXPECT_TRUE(Now(hold).pending());
  world_.seats().BeAway(false);
  process_ = std::make_unique<Process>(world_);
  process_->Recover(ada);
  Await([&] { return IsIn(hold, v1::Hold::STATE_BOOKED); });
  EXPECT_THAT(Seats(), ElementsAre(hold));
}

// A crew of two whose confirmation is broken off, as by a crash.
class BrokenOffTest : public ConfirmTest, public ::testing::WithParamInterface<const char*> {
 protected:
  // Its process ends at `step`, from which on no seat is reached and the log takes
  // no more; the next one has begun.
  void BreakOffAt(const std::string& step) {
    process_->steps.At(step, [&] {
      world_.seats().BeAway(true);
      world_.live().log().FailNextAppend(absl::UnavailableError("the process ends"));
    });
    first_answer_ = Confirm(request_).status();
    process_ = nullptr;
    world_.seats().BeAway(false);
    world_.live().log().FailNextAppend(std::nullopt);
    process_ = std::make_unique<Process>(world_);
  }
  bool AnyIsPending() { return Now(holds_[0]).pending() || Now(holds_[1]).pending(); }
  size_t Booked() {
    return std::count_if(holds_.begin(), holds_.end(), [&](const std::string& name) {
      return Now(name).state() == v1::Hold::STATE_BOOKED;
    });
  }
  // A retry is answered by what was decided, and finds nothing undecided left.
  void ExpectARetryToTell() {
    const absl::Status retried = Confirm(request_).status();
    EXPECT_FALSE(AnyIsPending());
    EXPECT_EQ(Booked(), retried.ok() ? 2u : 0u);
    EXPECT_EQ(Seats().size(), Booked());
    if (retried.ok()) return;
    EXPECT_THAT(first_answer_, Not(IsOk()));
    EXPECT_THAT(retried, FailsWith(absl::StatusCode::kAborted, "CONFIRMATION_ABORTED"));
    EXPECT_THAT(Confirm(Crew(holds_, "another")), IsOk());
  }

  const std::string ada_ = world_.Person(), bo_ = world_.Person();
  const std::vector<std::string> holds_ = {AcceptedHold(ada_), AcceptedHold(bo_)};
  const v1::ConfirmCrewRequest request_ = Crew(holds_, "id");
  absl::Status first_answer_;
};

TEST_P(BrokenOffTest, IsToldToARetry) {
  BreakOffAt(GetParam());
  ExpectARetryToTell();
}

TEST_P(BrokenOffTest, IsToldToARetryWhileItIsTakenUp) {
  BreakOffAt(GetParam());
  process_->Recover(ada_);
  process_->Recover(bo_);
  ExpectARetryToTell();
}

TEST_P(BrokenOffTest, IsToldToARetryOnceOneHalfIsTakenUp) {
  BreakOffAt(GetParam());
  process_->Recover(ada_);
  Await([&] { return !Now(holds_[0]).pending(); });
  ExpectARetryToTell();
}

TEST_P(BrokenOffTest, IsToldToARetryOnceAllIsTakenUp) {
  BreakOffAt(GetParam());
  process_->Recover(ada_);
  process_->Recover(bo_);
  Await([&] { return !AnyIsPending(); });
  ExpectARetryToTell();
}

INSTANTIATE_TEST_SUITE_P(Steps, BrokenOffTest,
                         ::testing::Values("confirmation checked", "seats described",
                                           "intent to be written", "intent written",
                                           "intents written", "decision to be asked for",
                                           "decision known", "resolution to be written",
                                           "resolution written", "confirmation resolved"),
                         [](const auto& step) {
                           return absl::StrReplaceAll(step.param, {{" ", "_"}});
                         });

using BrokenOffByLossTest = BrokenOffTest;

TEST_F(BrokenOffByLossTest, TakesNoRefusalForTheOutcome) {
  BreakOffAt("intents written");
  process_->Recover(ada_);
  Await([&] { return !Now(holds_[0]).pending(); });
  ASSERT_TRUE(Now(holds_[1]).pending());
  // The intent that was taken back has changed the hold.
  ASSERT_NE(Now(holds_[0]).etag(), request_.holds(0).etag());
  EXPECT_THAT(Confirm(request_), FailsWith(absl::StatusCode::kAborted, "CONFIRMATION_ABORTED"));
  EXPECT_FALSE(Now(holds_[1]).pending());
}

TEST_F(BrokenOffByLossTest, TakesNoRefusalForTheOutcomeIfItIsTakenBackMeanwhile) {
  BreakOffAt("intent to be written");  // One of the two is.
  ASSERT_NE(Now(holds_[0]).pending(), Now(holds_[1]).pending());
  // Another process takes it up once the retry has seen what stands.
  Process other(world_);
  process_->steps.At("seats described", [&] {
    other.Recover(ada_);
    other.Recover(bo_);
    Await([&] { return !AnyIsPending(); });
  });
  EXPECT_THAT(Confirm(request_), FailsWith(absl::StatusCode::kAborted, "CONFIRMATION_ABORTED"));
  EXPECT_FALSE(AnyIsPending());
}

TEST_F(BrokenOffByLossTest, IsRefusedAsBeforeIfNothingWasBegun) {
  ASSERT_THAT(world_.Counter(holds_[0], "agency"), IsOk());
  EXPECT_THAT(Confirm(request_), FailsWith(absl::StatusCode::kAborted, "STALE_ETAG"));
  EXPECT_THAT(Confirm(request_), FailsWith(absl::StatusCode::kAborted, "STALE_ETAG"));
}

TEST_F(ConfirmTest, IsNotRefusedOnceItIsDecidedHoweverOftenOthersWriteFirst) {
  const std::string hold = AcceptedHold(world_.Person());
  process_->steps.At("resolution to be written", [&] {
    world_.live().log().FailNextAppend(StaleVersionError({}), 8);  // It gives up then.
  });
  const auto booked = Confirm(hold);
  ASSERT_THAT(booked, IsOk());
  EXPECT_EQ(booked->state(), v1::Hold::STATE_BOOKED);
}

TEST_F(ConfirmTest, LeavesConfirmationsUnderWayToWhoMakesThem) {
  const std::string ada = world_.Person();
  const std::string hold = AcceptedHold(ada);
  process_->steps.At("decision to be asked for", [&] { process_->Recover(ada); });
  EXPECT_THAT(Confirm(hold), IsOk());
}

TEST_F(ConfirmTest, CancelsABookingOnBothSides) {
  const std::string ada = world_.Person();
  const std::string hold = AcceptedHold(ada);
  ASSERT_THAT(Confirm(hold), IsOk());
  const v1::Hold cancelled = Cancel(hold, "agency", "text: 'ill'").value();
  EXPECT_EQ(cancelled.state(), v1::Hold::STATE_CANCELLED);
  EXPECT_THAT(Seats(), IsEmpty());
  EXPECT_THAT(EntriesOf(world_.Profile(ada)), IsEmpty());
}

TEST_F(ConfirmTest, LetsHoldsComeBackThatTheBookingReleased) {
  const std::string ada = world_.Person();
  const std::string hold = AcceptedHold(ada);
  const std::string below = AcceptedHold(ada, "second");
  ASSERT_THAT(Confirm(hold), IsOk());
  EXPECT_EQ(Now(below).state(), v1::Hold::STATE_RELEASED);
  ASSERT_THAT(Cancel(hold), IsOk());
  EXPECT_EQ(Now(below).state(), v1::Hold::STATE_ACCEPTED);
}

TEST_F(ConfirmTest, VacatesTheSeatOnceItCanBeReached) {
  const std::string hold = AcceptedHold(world_.Person());
  ASSERT_THAT(Confirm(hold), IsOk());
  world_.seats().BeAway(true);
  EXPECT_EQ(Cancel(hold)->state(), v1::Hold::STATE_CANCELLED);
  EXPECT_THAT(Seats(), ElementsAre(hold));
  world_.seats().BeAway(false);
  Await([&] { return Seats().empty(); });
}

TEST_F(ConfirmTest, LetsTheNextProcessVacateTheSeat) {
  const std::string ada = world_.Person();
  const std::string hold = AcceptedHold(ada);
  ASSERT_THAT(Confirm(hold), IsOk());
  world_.seats().BeAway(true);
  ASSERT_THAT(Cancel(hold), IsOk());
  process_ = nullptr;
  world_.seats().BeAway(false);
  process_ = std::make_unique<Process>(world_);
  process_->Recover(ada);
  Await([&] { return Seats().empty(); });
}

// A person who was booked for days in May, which are past.
class PastBookingTest : public ConfirmTest {
 protected:
  PastBookingTest() {
    EXPECT_THAT(Confirm(hold_), IsOk());
    world_.SetToday(Day(absl::CivilDay(2026, 5, 7)));
  }

  absl::Status DeleteAda() {
    v1::DeleteProfileRequest request;
    request.set_name(ada_);
    return Ask(world_.profiles(), &ProfileService::DeleteProfile, request, "agency").status();
  }
  // The person on seat 1.
  std::string Seated() {
    const Project project = world_.seats().At(ProjectId(1)).value();
    const Seat& seat = project.openings[0].seats[0];
    return seat.profile ? FormatName(seat.profile) : "nobody";
  }

  const std::string ada_ = world_.Person("external_id { source: 's' id: '1' }");
  const std::string hold_ = AcceptedHold(ada_);
};

TEST_F(PastBookingTest, LeavesNoSeatThatNamesAHoldOfSomebodyWhoWasDeleted) {
  ASSERT_THAT(Seats(), ElementsAre(hold_));
  ASSERT_THAT(DeleteAda(), IsOk());
  process_->Recover(ada_);  // As the timer does.
  Await([&] { return Seats().empty(); });
  EXPECT_EQ(Seated(), ada_);
}

TEST_F(ConfirmTest, IsOverForRecoveriesOnceItIsAnswered) {
  const std::string ada = world_.Person();
  world_.seats().KeepNextAsker();
  const std::string hold = AcceptedHold(ada);
  ASSERT_THAT(Confirm(hold), IsOk());
  world_.SetToday(Day(absl::CivilDay(2026, 5, 7)));
  v1::DeleteProfileRequest request;
  request.set_name(ada);
  ASSERT_THAT(Ask(world_.profiles(), &ProfileService::DeleteProfile, request, "agency"), IsOk());
  process_->Recover(ada);  // Once: it would not pass over the hold the next time.
  Await([&] { return Seats().empty(); });
  world_.seats().LetGo();
}

TEST_F(PastBookingTest, HasItsSeatToldOnceThatCanBeReached) {
  world_.seats().BeAway(true);
  ASSERT_THAT(DeleteAda(), IsOk());
  process_->Recover(ada_);
  EXPECT_THAT(Seats(), ElementsAre(hold_));
  world_.seats().BeAway(false);
  Await([&] { return Seats().empty(); });
}

TEST_F(PastBookingTest, HasItsSeatToldByTheNextProcess) {
  world_.seats().BeAway(true);
  ASSERT_THAT(DeleteAda(), IsOk());
  process_->Recover(ada_);
  process_ = nullptr;
  world_.seats().BeAway(false);
  process_ = std::make_unique<Process>(world_);
  process_->Recover(ada_);
  Await([&] { return Seats().empty(); });
  EXPECT_EQ(Seated(), ada_);
}

TEST_F(PastBookingTest, LeavesNothingOnceItsSeatIsTold) {
  const ProfileId id = *ParseProfileName(ada_, "name");
  ASSERT_THAT(DeleteAda(), IsOk());
  EXPECT_EQ(FindOrphans(*world_.live().view().Now(), id)->size(), 1u);
  process_->Recover(ada_);
  Await([&] {
    return !world_.live().view().Now()->Get({EntityKind::kAgenda, id.value()})->has_value();
  });
  EXPECT_THAT(Seats(), IsEmpty());
}

TEST_F(PastBookingTest, IsNothingOfWhoComesBack) {
  ASSERT_THAT(DeleteAda(), IsOk());  // Its seat is not told yet.
  ASSERT_EQ(world_.Person("external_id { source: 's' id: '1' }"), ada_);
  EXPECT_THAT(world_.Get(hold_, "agency"), FailsWith(absl::StatusCode::kNotFound, "HOLD_NOT_FOUND"));
  EXPECT_EQ(world_.List(ada_, "agency")->holds_size(), 0);
  // No seat may take it for another's booking.
  const std::string next = AcceptedHold(ada_, "first", InMay(14, 17));
  EXPECT_NE(next, hold_);
  process_->Recover(ada_);
  Await([&] { return Seats().empty(); });
  ASSERT_THAT(Confirm(next), IsOk());
  EXPECT_THAT(Seats(), ElementsAre(next));
}

TEST_F(PastBookingTest, IsTakenAwayOnceWithEachPersonWhoComesBack) {
  for (int round = 0; round < 2; ++round) {
    ASSERT_THAT(DeleteAda(), IsOk());
    process_->Recover(ada_);
    Await([&] { return Seats().empty(); });
    ASSERT_EQ(world_.Person("external_id { source: 's' id: '1' }"), ada_);
    const std::string next = AcceptedHold(ada_, "first", InMay(14, 17));
    ASSERT_THAT(Confirm(next), IsOk());
    ASSERT_THAT(Cancel(next), IsOk());
    Await([&] { return Seats().empty(); });
  }
}

TEST_F(ConfirmTest, KeepsAProfileWhileABookingHasDaysOfTravelToCome) {
  const std::string far = world_.Person("", "hengdian");
  ASSERT_THAT(Confirm(AcceptedHold(far)), IsOk());
  ASSERT_THAT(EntriesOf(world_.Profile(far)), Contains(HasSubstr("KIND_TRAVEL 2026-5-7")));
  world_.SetToday(Day(absl::CivilDay(2026, 5, 7)));
  v1::DeleteProfileRequest request;
  request.set_name(far);
  EXPECT_THAT(Ask(world_.profiles(), &ProfileService::DeleteProfile, request, "agency"),
              FailsWith(absl::StatusCode::kFailedPrecondition, "PROFILE_BOOKED"));
}

TEST_F(ConfirmTest, CancelsOnlyBookings) {
  EXPECT_THAT(Cancel(AcceptedHold(world_.Person())),
              FailsWith(absl::StatusCode::kFailedPrecondition, "NOT_BOOKED"));
}

TEST_F(ConfirmTest, FindsReplacementsWhoAreFreeOnTheDays) {
  const std::string ada = world_.Person(), bo = world_.Person(), cai = world_.Person();
  const std::string busy = world_.Person(
      "calendar { kind: KIND_BUSY dates { start { year: 2026 month: 5 day: 6 } "
      "limit { year: 2026 month: 5 day: 9 } } }");
  const std::string hold = AcceptedHold(ada);
  ASSERT_THAT(Confirm(hold), IsOk());
  process_->matches.people = {ada, busy, bo, cai};
  v1::ReplaceDropoutRequest request;
  request.set_name(hold);
  request.set_page_size(1);
  const auto replaced =
      Ask(process_->service(), &BookingService::ReplaceDropout, request, "first");
  ASSERT_THAT(replaced, IsOk());
  EXPECT_EQ(replaced->hold().state(), v1::Hold::STATE_CANCELLED);
  ASSERT_EQ(replaced->replacements().matches_size(), 1);
  EXPECT_EQ(replaced->replacements().matches(0).profile(), bo);
  EXPECT_EQ(replaced->replacements().matches(0).rank(), 1);
  EXPECT_EQ(process_->matches.asked.opening(), BookingWorld::OpeningOf("first"));
}

TEST_F(ConfirmTest, CancelsThoughNobodyCanBeSearchedFor) {
  const std::string hold = AcceptedHold(world_.Person());
  ASSERT_THAT(Confirm(hold), IsOk());
  v1::ReplaceDropoutRequest request;
  request.set_name(hold);
  // The world's own process matches nobody.
  const auto replaced = Ask(world_.service(), &BookingService::ReplaceDropout, request, "first");
  ASSERT_THAT(replaced, IsOk());
  EXPECT_EQ(replaced->hold().state(), v1::Hold::STATE_CANCELLED);
  EXPECT_THAT(replaced->search_error(), Not(IsEmpty()));
}

TEST_F(ConfirmTest, LetsOnlyTheHolderReplace) {
  const std::string hold = AcceptedHold(world_.Person());
  ASSERT_THAT(Confirm(hold), IsOk());
  v1::ReplaceDropoutRequest request;
  request.set_name(hold);
  EXPECT_THAT(Ask(process_->service(), &BookingService::ReplaceDropout, request, "agency"),
              FailsWith(absl::StatusCode::kPermissionDenied, "WRONG_SIDE"));
}

}  // namespace
}  // namespace troupe::testing
