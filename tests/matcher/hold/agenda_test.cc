#include "matcher/hold/agenda.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/matcher/hold/person.h"
#include "tests/testing/values.h"

namespace troupe {
namespace {

using testing::Person;
using testing::Span;
using ::testing::ElementsAre;
using Kind = CalendarEntry::Kind;

CalendarEntry Entry(Kind kind, DaySpan days, uint64_t opening, uint32_t hold) {
  return {.kind = kind, .days = days, .project = ProjectId(100 + opening), .hold = hold};
}

TEST(CalendarOfTest, HasARunForEachRunOfDaysOfAHold) {
  Person ada;
  ada.busy = ada.List({6});
  ada.Place(ada.AskingAny(1, {5, 8}, 1));
  EXPECT_THAT(CalendarOf(ada.agenda),
              ElementsAre(Entry(Kind::kHeld, Span("2026-12-06", 1), 1, 1),
                          Entry(Kind::kHeld, Span("2026-12-08", 1), 1, 1)));
}

TEST(CalendarOfTest, TellsBookingsFromTravelAndPendingFromHeld) {
  Person ada;
  HoldRequest request = ada.Asking(1, {5, 7});
  request.travel_days = 1;
  ada.Book(ada.Accept(ada.Place(request)));
  ada.Confirm(ada.Accept(ada.Place(ada.AskingAny(2, {10, 12}, 1))));
  EXPECT_THAT(CalendarOf(ada.agenda),
              ElementsAre(Entry(Kind::kTravel, Span("2026-12-05", 1), 1, 1),
                          Entry(Kind::kBooked, Span("2026-12-06", 2), 1, 1),
                          Entry(Kind::kTravel, Span("2026-12-08", 1), 1, 1),
                          Entry(Kind::kPending, Span("2026-12-11", 1), 2, 2),
                          Entry(Kind::kHeld, Span("2026-12-12", 1), 2, 2)));
}

TEST(CalendarOfTest, LeavesOutWhatHasEnded) {
  Person ada;
  ada.Release(ada.Offered(1, {5, 7}));
  ada.Book(ada.Accepted(2, {5, 7}));
  ada.Cancel(2);
  EXPECT_THAT(CalendarOf(ada.agenda), ElementsAre());
}

TEST(WithHoldsTest, KeepsThePersonsOwnEntriesAndReplacesTheOthers) {
  Person ada;
  ada.Offered(1, {5, 7});
  const CalendarEntry own = {.kind = Kind::kBusy, .days = Span("2027-01-01", 3)};
  const CalendarEntry stale = Entry(Kind::kBooked, Span("2027-02-01", 3), 9, 9);
  EXPECT_THAT(WithHolds(Calendar({own, stale}), ada.agenda).entries(),
              ElementsAre(own, Entry(Kind::kHeld, Span("2026-12-06", 2), 1, 1)));
}

TEST(OwnBusyDaysTest, AreNeitherThoseOfHoldsNorMerelyHeld) {
  Profile person;
  person.calendar = Calendar({{.kind = Kind::kBusy, .days = Span("2026-12-06", 1)},
                              {.kind = Kind::kBooked, .days = Span("2026-12-06", 2)},
                              {.kind = Kind::kHeld, .days = Span("2026-12-20", 2)},
                              Entry(Kind::kBooked, Span("2026-12-22", 2), 1, 1)});
  EXPECT_EQ(OwnBusyDays(person, Span("2026-12-01", 1).start), Days::Of(Span("2026-12-06", 2)));
}

}  // namespace
}  // namespace troupe
