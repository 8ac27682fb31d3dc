// Confirmations, cancellations and replacements, with processes that are away
// or end on the way.
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/booking/booking_world.h"

namespace troupe::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

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
