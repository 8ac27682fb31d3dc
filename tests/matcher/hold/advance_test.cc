#include "matcher/hold/advance.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/matcher/hold/person.h"

namespace troupe {
namespace {

using testing::Person;
using testing::Told;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(AdvanceTest, ExpiresAtTheDeadlineAndNotBefore) {
  Person ada;
  ada.Offered(1, {50, 51});
  EXPECT_THAT(ada.Pass(absl::Hours(7 * 24) - absl::Nanoseconds(1)), IsEmpty());
  EXPECT_THAT(Told(ada.Pass(absl::Nanoseconds(1))), ElementsAre("1 EXPIRED DEADLINE_PASSED"));
  EXPECT_EQ(ada.agenda.counts, (HoldCounts{.placed = 1, .expired = 1}));
}

TEST(AdvanceTest, DatesWhatWasDueWhenItWasDueHoweverLateItIsDone) {
  Person ada;
  const absl::Time deadline = ada.now + absl::Hours(7 * 24);
  ada.Offered(1, {50, 51});
  ada.Offered(2, {50, 52});
  ada.now += absl::Hours(1);
  ada.Offered(3, {50, 52});
  const Notices notices = ada.Pass(absl::Hours(500));
  ASSERT_THAT(Told(notices),
              ElementsAre("1 EXPIRED DEADLINE_PASSED", "2 PROMOTED", "2 EXPIRED DEADLINE_PASSED",
                          "3 PROMOTED", "3 EXPIRED DEADLINE_PASSED"));
  EXPECT_EQ(notices[3].event.time, deadline);
  EXPECT_EQ(notices[4].event.time, deadline + absl::Hours(1));
}

TEST(AdvanceTest, KnowsWhenTheNextIsDue) {
  Person ada;
  EXPECT_EQ(NextDue(ada.agenda), std::nullopt);
  ada.Accepted(1, {50, 51});
  EXPECT_EQ(NextDue(ada.agenda), ada.now + absl::Hours(7 * 24));
  ada.Challenge(ada.Accepted(2, {50, 51}));
  EXPECT_EQ(NextDue(ada.agenda), ada.now + absl::Hours(24));
}

TEST(AdvanceTest, HasNothingDueForWhatIsBeingConfirmed) {
  Person ada;
  ada.Accepted(1, {50, 51});
  ada.Confirm(1);
  EXPECT_EQ(NextDue(ada.agenda), std::nullopt);
}

TEST(AdvanceTest, DoesNothingBeforeAnythingIsDue) {
  Person ada;
  ada.Offered(1, {50, 51});
  const Agenda before = ada.agenda;
  EXPECT_THAT(ada.Pass(absl::Hours(1)), IsEmpty());
  EXPECT_EQ(ada.agenda, before);
}

}  // namespace
}  // namespace troupe
