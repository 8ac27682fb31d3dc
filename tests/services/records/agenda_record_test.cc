#include "services/records/agenda_record.h"

#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/builders.h"
#include "tests/testing/status_matchers.h"
#include "troupe/storage/v1/agenda.pb.h"

namespace troupe {
namespace {

using testing::Cny;
using testing::IsOkAndHolds;
using testing::StatusIs;
using ::testing::_;
using ::testing::IsEmpty;

absl::Time At(int64_t second) { return absl::FromUnixMicros(second * 1'000'000 + 1); }

Days Some(int32_t first, int32_t limit) {
  return Days::Of(DaySpan{.start = Day(first), .limit = Day(limit)});
}

HoldEvent SomeEvent() {
  return {.time = At(7),
          .kind = HoldEvent::Kind::kCounterOffered,
          .side = Side::kPerson,
          .reason = HoldEvent::Reason::kAsked,
          .text = "a text",
          .terms = HoldTerms{.day_rate = Cny(900, 5), .conditions = "meals"},
          .days = Some(1, 3)};
}

// A hold with a value in every field, though no hold has all at once.
Hold Everything() {
  Hold hold;
  hold.number = 3;
  hold.revision = 8;
  hold.opening = {.project = ProjectId(5), .number = 2};
  hold.holder = {.slug = "studio"};
  hold.request = 77;
  hold.role = "director";
  hold.place = "xian";
  hold.window = {.span = {.start = Day(1), .limit = Day(9)},
                 .rule = Window::Rule::kAnyDays,
                 .days = 3};
  hold.travel_days = 1;
  hold.state = HoldState::kCancelled;
  hold.days = Some(1, 3).Or(Some(5, 9));
  hold.position = 12;
  hold.terms = {.day_rate = Cny(800, 1), .conditions = "a room"};
  hold.counter_offer = CounterOffer{.terms = {.day_rate = Cny(850, 2), .conditions = "two rooms"}, .by = Side::kHolder};
  hold.placed = At(1);
  hold.deadline = At(2);
  hold.challenge = Challenge{
      .phase = Challenge::Phase::kAnswer, .challenged = {1, 2}, .deadline = At(3)};
  hold.confirmation = Confirmation{.decision = DecisionId(9),
                                   .days = {.work = Some(2, 3), .travel = Some(1, 2)},
                                   .seat = 2,
                                   .begun = At(4),
                                   .deadline = At(5)};
  hold.undecided_until = At(6);
  hold.booked = BookedDays{.work = Some(6, 8), .travel = Some(5, 6)};
  hold.seat = 2;
  hold.decision = DecisionId(10);
  hold.seat_to_vacate = true;
  hold.end = HoldEnd{.time = At(8),
                     .reason = HoldEvent::Reason::kDaysBooked,
                     .side = Side::kHolder,
                     .text = "another",
                     .state_before = HoldState::kAccepted,
                     .booked_by = 1};
  hold.history = {SomeEvent()};
  hold.events = 101;
  return hold;
}

Agenda SomeAgenda() {
  Hold plain;
  plain.number = 1;
  plain.opening = {.project = ProjectId(6), .number = 1};
  plain.window.span = {.start = Day(-3), .limit = Day(4)};
  return {.profile = ProfileId(4),
          .holds = {plain, Everything()},
          .last_number = 7,
          .last_position = 12,
          .counts = {.placed = 7, .booked = 1, .declined = 2, .released = 3, .expired = 4},
          .orphaned_seats = {{.project = ProjectId(6), .hold = 5}}};
}

TEST(AgendaRecordTest, KeepsEveryField) {
  const std::string bytes = SerializeAgenda(SomeAgenda());
  EXPECT_THAT(ParseAgenda(bytes), IsOkAndHolds(SomeAgenda()));
  storage::v1::Agenda message;
  ASSERT_TRUE(message.ParseFromString(bytes));
  EXPECT_THAT(testing::UnsetFields(message), IsEmpty());
}

TEST(AgendaRecordTest, GivesEqualAgendasEqualBytes) {
  const std::string bytes = SerializeAgenda(SomeAgenda());
  EXPECT_EQ(SerializeAgenda(*ParseAgenda(bytes)), bytes);
}

TEST(AgendaRecordTest, KeepsAnAgendaWithoutHolds) {
  const Agenda agenda{.profile = ProfileId(4)};
  EXPECT_THAT(ParseAgenda(SerializeAgenda(agenda)), IsOkAndHolds(agenda));
}

// What Change makes of the bytes of SomeAgenda is refused.
template <typename Change>
void ExpectRefused(Change change) {
  storage::v1::Agenda message;
  ASSERT_TRUE(message.ParseFromString(SerializeAgenda(SomeAgenda())));
  change(message);
  const auto parsed = ParseAgenda(message.SerializeAsString());
  EXPECT_EQ(ReasonOf(parsed.status()), "RECORD_UNREADABLE");
}

TEST(AgendaRecordTest, RefusesWhatItDoesNotWrite) {
  EXPECT_THAT(ParseAgenda(""), StatusIs(absl::StatusCode::kDataLoss, _));
  EXPECT_THAT(ParseAgenda("\xff"), StatusIs(absl::StatusCode::kDataLoss, _));
  ExpectRefused([](auto& agenda) { agenda.clear_profile(); });
  ExpectRefused([](auto& agenda) { agenda.mutable_holds(0)->clear_number(); });
  ExpectRefused([](auto& agenda) { agenda.mutable_orphaned_seats(0)->clear_hold(); });
  ExpectRefused([](auto& agenda) { agenda.mutable_holds(0)->clear_state(); });
  ExpectRefused([](auto& agenda) { agenda.mutable_holds(0)->clear_window(); });
  ExpectRefused([](auto& agenda) {
    agenda.mutable_holds(0)->set_state(static_cast<storage::v1::Hold::State>(8));
  });
  ExpectRefused([](auto& agenda) { agenda.mutable_holds(1)->mutable_history(0)->set_kind(23); });
  ExpectRefused([](auto& agenda) { agenda.mutable_holds(1)->mutable_history(0)->set_kind(0); });
  ExpectRefused([](auto& agenda) { agenda.mutable_holds(1)->mutable_history(0)->set_reason(8); });
  ExpectRefused([](auto& agenda) { agenda.mutable_holds(1)->mutable_challenge()->clear_phase(); });
  ExpectRefused(
      [](auto& agenda) { agenda.mutable_holds(1)->mutable_confirmation()->clear_decision(); });
}

TEST(AgendaRecordTest, KeepsWhoseTheHoldsWere) {
  const AgendaAudience audience = AudienceOf({.slug = "agency"}, SomeAgenda());
  EXPECT_THAT(audience.holds,
              ::testing::ElementsAre(
                  HoldAudience{.number = 1, .project = ProjectId(6)},
                  HoldAudience{3, {.slug = "studio"}, ProjectId(5), 8}));
  EXPECT_THAT(ParseAgendaAudience(SerializeAudience(audience)), IsOkAndHolds(audience));
}

TEST(AgendaRecordTest, RefusesAnAudienceWhoseListsDiffer) {
  storage::v1::AgendaAudience message;
  message.add_numbers(1);
  EXPECT_EQ(ReasonOf(ParseAgendaAudience(message.SerializeAsString()).status()),
            "RECORD_UNREADABLE");
}

}  // namespace
}  // namespace troupe
