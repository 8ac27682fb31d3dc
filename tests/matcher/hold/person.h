#ifndef TROUPE_TESTS_MATCHER_HOLD_PERSON_H_
#define TROUPE_TESTS_MATCHER_HOLD_PERSON_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "matcher/hold/agenda.h"
#include "matcher/hold/decision.h"
#include "matcher/hold/moment.h"
#include "matcher/hold/place_hold.h"

namespace troupe::testing {

// Somebody with an agenda, in UTC, on 2026-12-01 at noon, day 0. Days are told
// by their number from there. What must work fails the test if it does not.
//
//   Person ada;
//   const uint32_t first = ada.Accepted(1, {5, 8});   // Opening 1, days 5 to 7.
//   const uint32_t second = ada.Accepted(2, {7, 9});
//   ada.Book(first);
class Person {
 public:
  Person();

  struct Span {
    int32_t start = 0;
    int32_t limit = 0;
  };

  // A request for all days of `span`.
  HoldRequest Asking(uint32_t opening, Span span) const;
  // For `days` of them, any or in a run.
  HoldRequest AskingAny(uint32_t opening, Span span, int32_t days) const;
  HoldRequest AskingRun(uint32_t opening, Span span, int32_t days) const;

  absl::StatusOr<Notices> TryPlace(const HoldRequest& request);
  uint32_t Place(const HoldRequest& request);
  uint32_t Offered(uint32_t opening, Span span) { return Place(Asking(opening, span)); }
  uint32_t Accepted(uint32_t opening, Span span) { return Accept(Offered(opening, span)); }
  uint32_t Accept(uint32_t hold);
  void Release(uint32_t hold);
  void Challenge(uint32_t hold);

  // An intent, under the hold's own number as the decision's.
  absl::StatusOr<Notices> TryConfirm(uint32_t hold, std::vector<int32_t> work = {});
  void Confirm(uint32_t hold, std::vector<int32_t> work = {});
  absl::StatusOr<Notices> Resolve(uint32_t hold, Decision decision);
  void Book(uint32_t hold, std::vector<int32_t> work = {});  // Both.
  absl::StatusOr<Notices> TryCancel(uint32_t hold);
  void Cancel(uint32_t hold);

  // Lets time pass, and does what is due.
  Notices Pass(absl::Duration time);

  const Hold& At(uint32_t hold) const;
  HoldState StateOf(uint32_t hold) const { return At(hold).state; }
  // Numbers of its days, of all days with a ladder, or of a list.
  std::vector<int32_t> DaysOf(uint32_t hold) const { return Numbers(At(hold).days); }
  std::vector<int32_t> Numbers(const Days& days) const;
  Days List(const std::vector<int32_t>& numbers) const;
  // Holds on the day's ladder, the first option first.
  std::vector<uint32_t> Ladder(int32_t day) const;

  Day DayAt(int32_t number) const { return day_zero_ + number; }
  Moment Now() const;

  Agenda agenda;
  Days busy;
  std::vector<PreAcceptance> rules;
  absl::Time now;

 private:
  Day day_zero_;
};

// "1 PLACED", "2 RELEASED DAYS_BOOKED", ...: of each notice hold, kind and reason.
std::vector<std::string> Told(const Notices& notices);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_MATCHER_HOLD_PERSON_H_
