#include "services/seat/seat_service.h"

#include <cstdint>
#include <limits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/records/project_record.h"
#include "services/rpc/real_clock.h"
#include "services/seat/seat_wiring.h"
#include "tests/services/project/project_world.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::IsEmpty;

// Projects, and the seats of them.
class SeatWorld {
 public:
  ProjectWorld& projects() { return projects_; }
  SeatService& service() { return seats_; }

  // A project of "crew" with one opening for two directors.
  v1::Project Have(const std::string& text = "headcount: 2") {
    return projects_
        .Create(Tea(absl::StrCat("openings { role: 'director' state: STATE_OPEN ", text, " }")))
        .value();
  }

  // What is decided about the profiles' holds 1 for any seats.
  seat::v1::DecideRequest Wish(const v1::Project& project, const std::vector<uint64_t>& profiles,
                               uint64_t decision = 1) {
    seat::v1::DecideRequest request;
    request.set_project(ParseProjectName(project.name(), "name")->value());
    request.set_decision(decision);
    request.set_commit(true);
    request.set_organization("crew");
    request.set_body_hash(7);
    request.set_deadline_micros(
        absl::ToUnixMicros(projects_.live().clock().Now() + absl::Seconds(30)));
    for (const uint64_t profile : profiles) {
      seat::v1::SeatWish& wish = *request.add_seats();
      wish.set_opening(1);
      wish.set_profile(profile);
      wish.set_hold(1);
    }
    return request;
  }
  absl::StatusOr<seat::v1::DecideResponse> Decide(const seat::v1::DecideRequest& request) {
    return Ask(seats_, &SeatService::Decide, request, "");
  }
  absl::Status Vacate(const v1::Project& project, uint64_t profile, bool orphaned = false) {
    seat::v1::VacateSeatRequest request;
    request.set_project(ParseProjectName(project.name(), "name")->value());
    request.set_profile(profile);
    request.set_hold(1);
    request.set_orphaned(orphaned);
    return Ask(seats_, &SeatService::VacateSeat, request, "").status();
  }
  // "number profile/holds/hold" of each seat that is filled.
  std::vector<std::string> Seats(const v1::Project& project) {
    std::vector<std::string> seats;
    const auto stored = projects_.Get(project.name());
    for (const v1::Seat& seat : stored->openings(0).seats()) {
      if (!seat.profile().empty()) seats.push_back(absl::StrCat(seat.number(), " ", seat.hold()));
    }
    return seats;
  }

 private:
  ProjectWorld projects_;
  ThreadPool threads_{4};
  SeatService seats_{&projects_.live().log(), &projects_.live().view(), &threads_,
                     &projects_.live().clock()};
};

constexpr char kAda[] = "profiles/0000000000000007/holds/1";
constexpr char kBo[] = "profiles/0000000000000008/holds/1";

TEST(SeatServiceTest, WiresEveryMethodOfTheContract) {
  SeatWorld world;
  const RealClock clock;
  Admission admission({}, &clock);
  EXPECT_THAT(WireSeatService(&world.service(), &admission)->UnwiredMethods(), IsEmpty());
}

TEST(SeatServiceTest, FillsSeatsWithItsDecision) {
  SeatWorld world;
  const v1::Project project = world.Have();
  const auto decided = world.Decide(world.Wish(project, {7, 8}));
  ASSERT_THAT(decided, IsOk());
  EXPECT_TRUE(decided->committed());
  EXPECT_EQ(decided->seats(1).seat(), 2);
  EXPECT_THAT(world.Seats(project), ElementsAre(EndsWith(kAda), EndsWith(kBo)));
}

TEST(SeatServiceTest, AnswersTheDecisionThatStands) {
  SeatWorld world;
  const v1::Project project = world.Have();
  seat::v1::DecideRequest request = world.Wish(project, {7});
  const std::string first = world.Decide(request)->SerializeAsString();
  request.set_commit(false);
  request.set_body_hash(8);
  EXPECT_EQ(world.Decide(request)->SerializeAsString(), first);
  EXPECT_THAT(world.Seats(project), ElementsAre(EndsWith(kAda)));
}

TEST(SeatServiceTest, FillsNothingOnceItIsAborted) {
  SeatWorld world;
  const v1::Project project = world.Have();
  seat::v1::DecideRequest request = world.Wish(project, {7});
  request.set_commit(false);
  EXPECT_EQ(world.Decide(request)->reason(), "ABORTED");
  request.set_commit(true);
  EXPECT_FALSE(world.Decide(request)->committed());
  EXPECT_THAT(world.Seats(project), IsEmpty());
}

TEST(SeatServiceTest, RefusesADeadlineThatIsNoTime) {
  SeatWorld world;
  seat::v1::DecideRequest request = world.Wish(world.Have(), {7});
  for (int64_t micros : {int64_t{-1}, std::numeric_limits<int64_t>::min(),
                         std::numeric_limits<int64_t>::max()}) {
    request.set_deadline_micros(micros);
    EXPECT_THAT(ViolationsOf(world.Decide(request).status()),
                ElementsAre(FieldViolation{"deadline_micros", "is no time from 1970 to 9999",
                                           "give microseconds since the epoch"}));
  }
}

TEST(SeatServiceTest, FillsNoSeatTwiceHoweverManyAskAtOnce) {
  SeatWorld world;
  const v1::Project project = world.Have("headcount: 3");
  std::vector<Answer<seat::v1::DecideResponse>> answers(12);
  std::vector<seat::v1::DecideRequest> requests;
  for (uint64_t i = 0; i < answers.size(); ++i) {
    requests.push_back(world.Wish(project, {100 + i}, 100 + i));
  }
  for (size_t i = 0; i < answers.size(); ++i) {
    world.service().Decide(CallBy(""), requests[i], answers[i].done());
  }
  int committed = 0;
  for (auto& answer : answers) {
    const auto& decided = answer.Wait();
    ASSERT_THAT(decided, IsOk());
    committed += decided->committed() ? 1 : 0;
  }
  EXPECT_EQ(committed, 3);
  EXPECT_EQ(world.Seats(project).size(), 3u);
}

TEST(SeatServiceTest, AnswersOneDecisionHoweverManyAskForItAtOnce) {
  SeatWorld world;
  for (uint64_t decision = 1; decision <= 20; ++decision) {
    const v1::Project project = world.Have();
    std::vector<Answer<seat::v1::DecideResponse>> answers(8);
    std::vector<seat::v1::DecideRequest> requests;
    for (size_t i = 0; i < answers.size(); ++i) {
      requests.push_back(world.Wish(project, {7, 8}, decision));
      requests.back().set_commit(i % 2 == decision % 2);
    }
    for (size_t i = 0; i < answers.size(); ++i) {
      world.service().Decide(CallBy(""), requests[i], answers[i].done());
    }
    const size_t filled = answers[0].Wait()->committed() ? 2 : 0;
    for (auto& answer : answers) EXPECT_EQ(answer.Wait()->committed(), filled == 2);
    EXPECT_EQ(world.Seats(project).size(), filled);
  }
}

TEST(SeatServiceTest, SaysThatAProjectIsGone) {
  SeatWorld world;
  v1::Project project = world.Have();
  ASSERT_THAT(world.projects().Delete(project.name()), IsOk());
  EXPECT_EQ(world.Decide(world.Wish(project, {7}))->reason(), "PROJECT_GONE");
  EXPECT_THAT(world.Vacate(project, 7), IsOk());
}

TEST(SeatServiceTest, CommitsNothingAfterTheDeadline) {
  SeatWorld world;
  const v1::Project project = world.Have();
  const seat::v1::DecideRequest request = world.Wish(project, {7});
  world.projects().live().clock().Advance(absl::Seconds(30));
  EXPECT_EQ(world.Decide(request)->reason(), "DEADLINE_PASSED");
}

TEST(SeatServiceTest, DescribesAProjectAsItIsStored) {
  SeatWorld world;
  const v1::Project project = world.Have();
  seat::v1::DescribeProjectRequest request;
  request.set_project(ParseProjectName(project.name(), "name")->value());
  const auto described =
      Ask(world.service(), &SeatService::DescribeProject, request, "").value();
  EXPECT_EQ(ParseProject(described.project())->title, "Tea");
  request.set_project(99);
  EXPECT_FALSE(
      Ask(world.service(), &SeatService::DescribeProject, request, "")->has_project());
}

TEST(SeatServiceTest, TellsWithAProjectWhetherADecisionStands) {
  SeatWorld world;
  const v1::Project project = world.Have();
  seat::v1::DescribeProjectRequest request;
  request.set_project(ParseProjectName(project.name(), "name")->value());
  request.set_decision(1);
  const auto described = [&] {
    return Ask(world.service(), &SeatService::DescribeProject, request, "").value();
  };
  EXPECT_FALSE(described().has_decision());
  const auto decided = world.Decide(world.Wish(project, {7}));
  EXPECT_EQ(described().decision().SerializeAsString(), decided->SerializeAsString());
  request.set_decision(2);
  EXPECT_FALSE(described().has_decision());
}

TEST(SeatServiceTest, VacatesASeatOnce) {
  SeatWorld world;
  const v1::Project project = world.Have();
  ASSERT_THAT(world.Decide(world.Wish(project, {7, 8})), IsOk());
  EXPECT_THAT(world.Vacate(project, 7), IsOk());
  EXPECT_THAT(world.Vacate(project, 7), IsOk());
  EXPECT_THAT(world.Seats(project), ElementsAre(EndsWith(kBo)));
}

TEST(SeatServiceTest, VacatesASeatThatAHoldOfTheSameNumberFillsAgain) {
  SeatWorld world;
  const v1::Project project = world.Have();
  for (uint64_t decision = 1; decision <= 2; ++decision) {
    ASSERT_THAT(world.Decide(world.Wish(project, {7}, decision)), IsOk());
    ASSERT_THAT(world.Seats(project), ElementsAre(EndsWith(kAda)));
    EXPECT_THAT(world.Vacate(project, 7), IsOk());
    EXPECT_THAT(world.Seats(project), IsEmpty());
  }
}

TEST(SeatServiceTest, LeavesAnOrphanedSeatToItsPersonAndItsOwner) {
  SeatWorld world;
  v1::Project project = world.Have();
  ASSERT_THAT(world.Decide(world.Wish(project, {7})), IsOk());
  EXPECT_THAT(world.Vacate(project, 7, /*orphaned=*/true), IsOk());
  EXPECT_THAT(world.Seats(project), ElementsAre("1 "));
  project = world.projects().Get(project.name()).value();
  EXPECT_EQ(project.openings(0).seats(0).profile(), "profiles/0000000000000007");
  project.mutable_openings(0)->clear_seats();
  EXPECT_THAT(world.projects().Update(project, {"openings"}), IsOk());
  EXPECT_THAT(world.Seats(project), IsEmpty());
}

TEST(SeatServiceTest, RefusesWhatMakesNoSense) {
  SeatWorld world;
  const v1::Project project = world.Have();
  const auto field = [&](auto change) {
    seat::v1::DecideRequest request = world.Wish(project, {7});
    change(request);
    return BadFields(world.Decide(request));
  };
  using Request = seat::v1::DecideRequest;
  EXPECT_THAT(field([](Request& r) { r.set_project(0); }), ElementsAre("project"));
  EXPECT_THAT(field([](Request& r) { r.set_decision(0); }), ElementsAre("decision"));
  EXPECT_THAT(field([](Request& r) { r.set_organization("A"); }), ElementsAre("organization"));
  EXPECT_THAT(field([](Request& r) { r.clear_seats(); }), ElementsAre("seats"));
  EXPECT_THAT(field([](Request& r) { r.mutable_seats(0)->set_hold(0); }), ElementsAre("seats[0]"));
  EXPECT_THAT(field([](Request& r) { r.mutable_seats(0)->set_seat(-1); }),
              ElementsAre("seats[0]"));
  EXPECT_THAT(field([](Request& r) { *r.add_seats() = r.seats(0); }), ElementsAre("seats[1]"));
}

// What ProjectService makes of seats that are booked.
class BookedSeatTest : public ::testing::Test {
 protected:
  BookedSeatTest() {
    ada_ = world_.projects().Have(ProfileBuilder().Id(7).Owner("agency"));
    project_ = world_.Have();
    EXPECT_TRUE(world_.Decide(world_.Wish(project_, {7}))->committed());
    project_ = world_.projects().Get(project_.name()).value();
  }

  SeatWorld world_;
  std::string ada_;
  v1::Project project_;
};

TEST_F(BookedSeatTest, StaysBookedWhenItIsSentBack) {
  project_.mutable_openings(0)->mutable_seats(0)->clear_hold();  // As old clients do.
  project_.mutable_openings(0)->set_headcount(3);
  ASSERT_THAT(world_.projects().Update(project_, {"openings"}), IsOk());
  EXPECT_THAT(world_.Seats(project_), ElementsAre(EndsWith(kAda)));
}

TEST_F(BookedSeatTest, CannotBeEmptiedOrGivenAwayOrRemoved) {
  world_.projects().Have(ProfileBuilder().Id(8).Owner("agency"));
  v1::Project emptied = project_, given = project_, without = project_;
  emptied.mutable_openings(0)->clear_seats();
  given.mutable_openings(0)->mutable_seats(0)->set_profile("profiles/0000000000000008");
  without.clear_openings();
  for (const v1::Project& change : {emptied, given, without}) {
    const auto refused = world_.projects().Update(change, {"openings"});
    EXPECT_THAT(refused, FailsWith(absl::StatusCode::kFailedPrecondition, "SEAT_BOOKED"));
    EXPECT_THAT(BadFields(refused), ElementsAre("openings[0].seats"));
  }
  EXPECT_THAT(world_.projects().Delete(project_.name()),
              FailsWith(absl::StatusCode::kFailedPrecondition, "SEAT_BOOKED"));
}

TEST_F(BookedSeatTest, CanBeChangedOnceTheBookingIsGone) {
  ASSERT_THAT(world_.Vacate(project_, 7), IsOk());
  EXPECT_THAT(world_.projects().Delete(project_.name()), IsOk());
}

TEST_F(BookedSeatTest, LetsAllElseOfTheProjectChange) {
  project_.mutable_openings(0)->set_state(v1::Opening::STATE_CLOSED);
  project_.set_title("Rice");
  EXPECT_THAT(world_.projects().Update(project_, {"openings", "title"}), IsOk());
}

TEST(BookedSeatImportTest, KeepsSeatsThatAnImportDoesNotName) {
  SeatWorld world;
  const v1::Project stated =
      Tea("external_id { source: 's' id: '1' }" + For("director"));
  v1::Project project;
  project.set_name(world.projects().Import(stated, "a").name());
  ASSERT_TRUE(world.Decide(world.Wish(project, {7}))->committed());
  EXPECT_EQ(world.projects().Import(stated, "b").outcome(), v1::IMPORT_OUTCOME_UNCHANGED);
  EXPECT_THAT(world.Seats(project), ElementsAre(EndsWith(kAda)));
  const v1::Project without = Tea("external_id { source: 's' id: '1' }");
  EXPECT_EQ(world.projects().Import(without, "c").error().reason(), "SEAT_BOOKED");
}

}  // namespace
}  // namespace troupe::testing
