// A short storm on each deployment, and what an audit of the log finds;
// troupe-hold-storm goes on for longer.
#include "tests/storm/hold_storm.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/storm/agenda_audit.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::_;

constexpr Day kDay(20'800);

class HoldStormTest : public ::testing::TestWithParam<int> {};

TEST_P(HoldStormTest, NeitherDoubleBooksNorLosesNorSkips) {
  const TempDirectory folder;
  Findings findings;
  const HoldStormCounts counts = HoldStorm(folder.path(),
                                           {.operations = 2'500,
                                            .kills = 3,
                                            .processes = GetParam(),
                                            .stages = 4,
                                            .players = 4,
                                            .stage_operations = 200},
                                           &findings)
                                     .Run();
  EXPECT_THAT(findings.Texts(), IsEmpty());
  EXPECT_GE(counts.operations, 2'500);
  EXPECT_GE(counts.kills, 3);
  EXPECT_GT(counts.doubts, 0) << "no kill came while something was asked";
  EXPECT_THAT(counts.events, Contains(Pair("booked", Gt(0))));
  EXPECT_THAT(counts.events, Contains(Pair("promoted", Gt(0))));
}

INSTANTIATE_TEST_SUITE_P(Processes, HoldStormTest, ::testing::Values(1, 3));

// The hold with this number and place on the ladders of the day.
Hold HoldOf(uint32_t number, HoldState state) {
  Hold hold;
  hold.number = number;
  hold.position = number;
  hold.state = state;
  hold.days = Days({kDay});
  hold.deadline = absl::FromUnixSeconds(1'000);
  return hold;
}

Hold Confirming(Hold hold) {
  hold.confirmation = Confirmation{.days = {.work = hold.days, .travel = Days()},
                                   .begun = absl::FromUnixSeconds(10)};
  return hold;
}

Agenda AgendaOf(std::vector<Hold> holds) {
  Agenda agenda;
  agenda.holds = std::move(holds);
  return agenda;
}

std::vector<std::pair<Wrong, std::string>> WrongsOf(const Agenda& before, const Agenda& after) {
  AgendaAuditCounts counts;
  return WrongsOfStep(before, after, counts);
}

TEST(AgendaAuditTest, FindsABookingPastAHoldAbove) {
  const Agenda before = AgendaOf({HoldOf(1, HoldState::kAccepted), HoldOf(2, HoldState::kAccepted)});
  const Agenda after = AgendaOf(
      {HoldOf(1, HoldState::kAccepted), Confirming(HoldOf(2, HoldState::kAccepted))});
  EXPECT_THAT(WrongsOf(before, after), ElementsAre(Pair(Wrong::kSkippedQueue, _)));
}

TEST(AgendaAuditTest, FindsTwoBookingsOfADay) {
  const Agenda before = AgendaOf(
      {HoldOf(1, HoldState::kBooked), Confirming(HoldOf(2, HoldState::kAccepted))});
  const Agenda after = AgendaOf({HoldOf(1, HoldState::kBooked), HoldOf(2, HoldState::kBooked)});
  EXPECT_THAT(WrongsOf(before, after), Contains(Pair(Wrong::kDoubleBooked, _)));
}

TEST(AgendaAuditTest, FindsAPromotionThatNobodyHeardOf) {
  const Agenda before = AgendaOf({HoldOf(1, HoldState::kOffered), HoldOf(2, HoldState::kOffered)});
  const Agenda after = AgendaOf({HoldOf(1, HoldState::kExpired), HoldOf(2, HoldState::kOffered)});
  EXPECT_THAT(WrongsOf(before, after), ElementsAre(Pair(Wrong::kLostPromotion, _)));
}

TEST(AgendaAuditTest, FindsAnExpiredHoldThatIsConfirmed) {
  Hold late = HoldOf(1, HoldState::kAccepted);
  late.deadline = absl::FromUnixSeconds(10);
  EXPECT_THAT(WrongsOf(AgendaOf({late}), AgendaOf({Confirming(late)})),
              ElementsAre(Pair(Wrong::kSkippedQueue, _)));
}

TEST(AgendaAuditTest, FindsAnEndedHoldThatLivesAgain) {
  EXPECT_THAT(WrongsOf(AgendaOf({HoldOf(1, HoldState::kDeclined)}),
                       AgendaOf({HoldOf(1, HoldState::kOffered)})),
              ElementsAre(Pair(Wrong::kHalfApplied, _)));
}

TEST(AgendaAuditTest, FindsNothingWrongWithAStepThatIsRight) {
  const Agenda before = AgendaOf({HoldOf(1, HoldState::kAccepted)});
  EXPECT_THAT(WrongsOf(before, AgendaOf({Confirming(HoldOf(1, HoldState::kAccepted))})),
              IsEmpty());
}

}  // namespace
}  // namespace troupe::testing
