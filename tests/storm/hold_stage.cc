#include "tests/storm/hold_stage.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "tests/integration/asking.h"
#include "tests/storm/patience.h"
#include "tests/storm/record_kinds.h"
#include "troupe/v1/booking_service.grpc.pb.h"
#include "troupe/v1/opening.pb.h"
#include "troupe/v1/types.pb.h"

namespace troupe::testing {
namespace {

using Bookings = v1::BookingService::Stub;
using Days = std::set<int32_t>;

constexpr absl::Duration kDuePatience = absl::Seconds(60);
constexpr absl::Duration kVacatingPatience = absl::Seconds(20);  // After a kill.
constexpr absl::Duration kPause = absl::Milliseconds(20);
constexpr char kElsewhere[] = "hengdian";

bool IsActive(const v1::Hold& hold) {
  return hold.state() == v1::Hold::STATE_OFFERED || hold.state() == v1::Hold::STATE_ACCEPTED;
}

bool HasEnded(const v1::Hold& hold) {
  return !IsActive(hold) && hold.state() != v1::Hold::STATE_BOOKED;
}

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

// Something that time should have done to it by `now`.
bool IsDue(const v1::Hold& hold, absl::Time now) {
  if (!IsActive(hold)) return false;
  if (TimeOf(hold.expire_time()) <= now) return true;
  return hold.has_challenge() && TimeOf(hold.challenge().due_time()) <= now;
}

// How often the history tells that `verb` was done.
std::array<int64_t, kHoldVerbs> Told(const v1::Hold& hold) {
  std::array<int64_t, kHoldVerbs> told = {};
  std::set<std::pair<int64_t, int32_t>> countered;  // Accepting terms may accept the hold, too.
  for (const v1::HoldEvent& event : hold.events()) {
    const auto time = std::make_pair(event.event_time().seconds(), event.event_time().nanos());
    const auto add = [&](HoldVerb verb) { ++told[static_cast<size_t>(verb)]; };
    switch (event.kind()) {
      case v1::HoldEvent::KIND_PLACED:
        add(HoldVerb::kPlace);
        break;
      case v1::HoldEvent::KIND_COUNTER_ACCEPTED:
        countered.insert(time);
        add(HoldVerb::kAccept);
        break;
      case v1::HoldEvent::KIND_ACCEPTED:
        if (event.reason() == v1::HOLD_REASON_ASKED && !countered.contains(time)) {
          add(HoldVerb::kAccept);
        }
        break;
      case v1::HoldEvent::KIND_DECLINED:
      case v1::HoldEvent::KIND_COUNTER_DECLINED:
      case v1::HoldEvent::KIND_COUNTER_WITHDRAWN:
        add(HoldVerb::kDecline);
        break;
      case v1::HoldEvent::KIND_RELEASED:
        if (event.reason() == v1::HOLD_REASON_ASKED) add(HoldVerb::kRelease);
        break;
      case v1::HoldEvent::KIND_CHALLENGING:
        add(HoldVerb::kChallenge);
        break;
      case v1::HoldEvent::KIND_COUNTER_OFFERED:
        add(HoldVerb::kCounter);
        break;
      case v1::HoldEvent::KIND_BOOKED:
        add(HoldVerb::kConfirm);
        break;
      case v1::HoldEvent::KIND_CANCELLED:
        add(HoldVerb::kCancel);
        break;
      default:
        break;
    }
  }
  return told;
}

v1::Profile PersonNamed(const std::string& label, int number) {
  v1::Profile person = ProfileRecords::Stated(label, "", 1 + number);
  if (number % 3 != 0) return person;
  v1::PreAcceptance& rule = *person.add_pre_acceptances();
  rule.mutable_pay_floor()->set_currency_code("CNY");
  rule.mutable_pay_floor()->set_units(1500);
  return person;
}

v1::Project ProjectNamed(const std::string& label, int number) {
  v1::Project project;
  project.set_title(label);
  project.set_findability(v1::FINDABILITY_FINDABLE);
  project.set_currency_code("CNY");
  for (int i = 0; i < HoldStage::kOpenings; ++i) {
    v1::Opening& opening = *project.add_openings();
    opening.set_role("director");
    opening.set_headcount(HoldStage::kSeats);
    opening.set_state(v1::Opening::STATE_OPEN);
    if ((number + i) % 3 == 0) opening.set_place(kElsewhere);  // Takes days of travel.
  }
  return project;
}

}  // namespace

std::string PersonOf(const std::string& hold) { return hold.substr(0, hold.find("/holds/")); }

Days DayNumbersOf(const google::protobuf::RepeatedPtrField<v1::DateRange>& dates) {
  Days days;
  for (const v1::DateRange& range : dates) {
    const auto number = [](const v1::Date& date) {
      return static_cast<int32_t>(absl::CivilDay(date.year(), date.month(), date.day()) -
                                  absl::CivilDay(1970, 1, 1));
    };
    for (int32_t day = number(range.start()); day < number(range.limit()); ++day) days.insert(day);
  }
  return days;
}

absl::Status HoldStage::Open() {
  for (int i = 0; i < kPeople; ++i) {
    const std::string label = absl::StrCat(label_, "-person-", i);
    TROUPE_ASSIGN_OR_RETURN(const v1::Profile person, Patiently([&] {
      return CreateProfile(parties_->agency.profiles, PersonNamed(label, i), label);
    }));
    absl::MutexLock lock(&mutex_);
    people_.push_back(person.name());
  }
  for (int i = 0; i < kProjects; ++i) {
    const std::string label = absl::StrCat(label_, "-project-", i);
    const size_t house = static_cast<size_t>(i) % parties_->houses.size();
    TROUPE_ASSIGN_OR_RETURN(const v1::Project project, Patiently([&] {
      return CreateProject(parties_->houses[house].projects, ProjectNamed(label, i), label);
    }));
    for (const v1::Opening& opening : project.openings()) {
      openings_.push_back({.name = opening.name(), .project = project.name(), .house = house});
    }
  }
  return absl::OkStatus();
}

const HoldStage::Opening& HoldStage::PickOpening(Dice& dice) const {
  return openings_[dice.Below(openings_.size())];
}

std::optional<std::string> HoldStage::PickPerson(Dice& dice) const {
  absl::MutexLock lock(&mutex_);
  if (people_.empty()) return std::nullopt;
  return people_[dice.Below(people_.size())];
}

std::optional<HoldStage::Known> HoldStage::PickHold(
    Dice& dice, const std::set<v1::Hold::State>& states) const {
  absl::MutexLock lock(&mutex_);
  std::vector<const Known*> fit;
  for (const auto& [name, known] : live_) {
    if (states.empty() || states.contains(known.hold.state())) fit.push_back(&known);
  }
  if (fit.empty()) return std::nullopt;
  return *fit[dice.Below(fit.size())];
}

std::optional<HoldStage::Known> HoldStage::PickPastBooking(Dice& dice) const {
  const auto today = static_cast<int32_t>(absl::ToCivilDay(clock_->Now(), absl::UTCTimeZone()) -
                                          absl::CivilDay(1970, 1, 1));
  absl::MutexLock lock(&mutex_);
  std::vector<const Known*> fit;
  for (const auto& [name, known] : live_) {
    if (known.hold.state() != v1::Hold::STATE_BOOKED) continue;
    const Days days = DayNumbersOf(known.hold.dates());
    if (!days.empty() && *days.rbegin() < today) fit.push_back(&known);
  }
  if (fit.empty()) return std::nullopt;
  return *fit[dice.Below(fit.size())];
}

std::vector<HoldStage::Known> HoldStage::PickCrew(Dice& dice, size_t most) const {
  const std::string project = PickOpening(dice).project;
  std::vector<Known> crew;
  std::set<std::string> people;
  absl::MutexLock lock(&mutex_);
  for (const auto& [name, known] : live_) {
    if (known.hold.state() != v1::Hold::STATE_ACCEPTED || crew.size() == most ||
        !absl::StartsWith(known.hold.opening(), project + "/") ||
        !people.insert(PersonOf(name)).second) {
      continue;
    }
    crew.push_back(known);
  }
  return crew;
}

size_t HoldStage::HouseOf(const std::string& opening) const {
  for (const Opening& one : openings_) {
    if (one.name == opening) return one.house;
  }
  return 0;
}

void HoldStage::Saw(const v1::Hold& hold) {
  const size_t house = HouseOf(hold.opening());
  absl::MutexLock lock(&mutex_);
  if (HasEnded(hold)) {
    live_.erase(hold.name());
    return;
  }
  Known& known = live_[hold.name()];
  known = {.hold = hold, .house = house};
  known.hold.clear_events();
}

void HoldStage::SawAll(const std::string& person, const v1::ListHoldsResponse& response) {
  {
    absl::MutexLock lock(&mutex_);
    std::erase_if(live_, [&](const auto& entry) { return PersonOf(entry.first) == person; });
  }
  for (const v1::Hold& hold : response.holds()) Saw(hold);
}

void HoldStage::Acknowledge(HoldVerb verb, const v1::Hold& hold) {
  Saw(hold);
  absl::MutexLock lock(&mutex_);
  ++acks_[hold.name()][static_cast<size_t>(verb)];
}

void HoldStage::AcknowledgeDeleted(const std::string& person) {
  absl::MutexLock lock(&mutex_);
  std::erase(people_, person);
  deleted_.push_back(person);
  std::erase_if(live_, [&](const auto& entry) { return PersonOf(entry.first) == person; });
  std::erase_if(acks_, [&](const auto& entry) { return PersonOf(entry.first) == person; });
}

absl::StatusOr<std::vector<v1::Hold>> HoldStage::HoldsOf(const std::string& person) const {
  std::vector<v1::Hold> holds;
  v1::ListHoldsRequest request;
  request.set_parent(person);
  request.set_page_size(1000);
  do {
    const auto page = Patiently([&] {
      const Connection& by = parties_->agency.profiles;
      return by.Ask(&Bookings::ListHolds, request);
    });
    if (!page.ok()) return page.status();
    holds.insert(holds.end(), page->holds().begin(), page->holds().end());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return holds;
}

std::vector<v1::Hold> HoldStage::Settled(const std::string& person) {
  const absl::Time end = absl::Now() + kDuePatience;
  while (true) {
    const absl::Time now = clock_->Now();
    absl::StatusOr<std::vector<v1::Hold>> holds = HoldsOf(person);
    if (!holds.ok()) {
      findings_->Add(Wrong::kRefused, absl::StrCat("holds of ", person, " cannot be listed: ",
                                                   holds.status().ToString()));
      return {};
    }
    const auto pending = std::find_if(holds->begin(), holds->end(),
                                      [](const v1::Hold& hold) { return hold.pending(); });
    if (pending != holds->end()) {
      findings_->Add(Wrong::kHalfApplied,
                     absl::StrCat(pending->name(), " is pending though all are answered"));
      return *std::move(holds);
    }
    const auto due = std::find_if(holds->begin(), holds->end(),
                                  [&](const v1::Hold& hold) { return IsDue(hold, now); });
    if (due == holds->end()) return *std::move(holds);
    if (absl::Now() > end) {
      findings_->Add(Wrong::kStale,
                     absl::StrCat(due->name(), " is due for a minute and nothing happens"));
      return *std::move(holds);
    }
    absl::SleepFor(kPause);
  }
}

void HoldStage::Check() {
  std::vector<std::string> people;
  std::vector<std::string> deleted;
  {
    absl::MutexLock lock(&mutex_);
    people = people_;
    deleted = deleted_;
  }
  std::map<std::string, v1::Hold> bookings;
  for (const std::string& person : people) {
    const std::vector<v1::Hold> holds = Settled(person);
    CheckAcknowledged(holds);
    CheckBookings(holds);
    CheckLadders(holds);
    CheckCalendar(person, holds);
    for (const v1::Hold& hold : holds) {
      if (hold.state() == v1::Hold::STATE_BOOKED) bookings[hold.name()] = hold;
    }
  }
  CheckSeats(bookings);
  for (const std::string& person : deleted) {
    const absl::Status got = HoldsOf(person).status();
    if (absl::IsNotFound(got)) continue;
    findings_->Add(got.ok() ? Wrong::kResurrected : Wrong::kRefused,
                   absl::StrCat("holds of ", person, ", who was deleted: ", got.ToString()));
  }
}

// What was acknowledged is told once, and what is told was acknowledged.
void HoldStage::CheckAcknowledged(const std::vector<v1::Hold>& holds) {
  absl::MutexLock lock(&mutex_);
  std::set<std::string> there;
  for (const v1::Hold& hold : holds) {
    there.insert(hold.name());
    for (const v1::HoldEvent& event : hold.events()) ++events_[event.kind()];
    if (hold.event_count() != hold.events_size()) continue;  // Not all are kept.
    const auto told = Told(hold);
    const Acks& acks = acks_[hold.name()];
    for (size_t verb = 0; verb < kHoldVerbs; ++verb) {
      if (told[verb] == acks[verb]) continue;
      findings_->Add(told[verb] < acks[verb] ? Wrong::kLost : Wrong::kAppliedTwice,
                     absl::StrCat(hold.name(), ": verb ", verb, " was acknowledged ", acks[verb],
                                  " times and is told ", told[verb], " times"));
    }
  }
  for (const auto& [name, acks] : acks_) {
    const bool is_of_them = !holds.empty() && PersonOf(name) == PersonOf(holds.front().name());
    if (!is_of_them || there.contains(name)) continue;
    findings_->Add(Wrong::kLost, absl::StrCat(name, " was acknowledged and is gone"));
  }
}

void HoldStage::CheckBookings(const std::vector<v1::Hold>& holds) {
  std::map<int32_t, std::string> booked;
  for (const v1::Hold& hold : holds) {
    if (hold.state() != v1::Hold::STATE_BOOKED) continue;
    for (const int32_t day : DayNumbersOf(hold.dates())) {
      const auto [at, is_first] = booked.emplace(day, hold.name());
      if (is_first) continue;
      findings_->Add(Wrong::kDoubleBooked, absl::StrCat(hold.name(), " and ", at->second,
                                                        " share day ", day));
    }
  }
}

// Each day's ranks count from 1 without gaps over the active holds with that
// day, and say how many there are.
void HoldStage::CheckLadders(const std::vector<v1::Hold>& holds) {
  std::map<int32_t, std::set<int32_t>> ranks;
  std::map<int32_t, int32_t> counts;
  std::map<int32_t, std::set<int32_t>> said;
  for (const v1::Hold& hold : holds) {
    Days ranked;
    for (const v1::HoldRank& rank : hold.ranks()) {
      google::protobuf::RepeatedPtrField<v1::DateRange> dates;
      *dates.Add() = rank.dates();
      for (const int32_t day : DayNumbersOf(dates)) {
        ranked.insert(day);
        said[day].insert(rank.holds());
        if (ranks[day].insert(rank.rank()).second) continue;
        findings_->Add(Wrong::kLostPromotion, absl::StrCat(hold.name(), " is option ",
                                                           rank.rank(), " on day ", day,
                                                           ", and so is another"));
      }
    }
    const Days stands = IsActive(hold) ? DayNumbersOf(hold.dates()) : Days();
    for (const int32_t day : stands) ++counts[day];
    if (ranked == stands) continue;
    findings_->Add(Wrong::kLostPromotion,
                   absl::StrCat(hold.name(), " has ranks on other days than it stands on"));
  }
  for (const auto& [day, taken] : ranks) {
    const int32_t count = counts[day];
    if (*taken.begin() == 1 && *taken.rbegin() == count && said[day] == std::set<int32_t>{count}) {
      continue;
    }
    findings_->Add(Wrong::kLostPromotion,
                   absl::StrCat(holds.front().name(), " and others: the ladder of day ", day,
                                " has a gap, or is miscounted"));
  }
}

// What the profile's calendar says of holds is what the holds say.
void HoldStage::CheckCalendar(const std::string& person, const std::vector<v1::Hold>& holds) {
  const auto profile =
      Patiently([&] { return GetProfile(parties_->agency.profiles, person); });
  if (!profile.ok()) {
    return findings_->Add(Wrong::kRefused, absl::StrCat(person, ": ", profile.status().ToString()));
  }
  using Key = std::pair<std::string, int32_t>;
  std::map<Key, bool> in_calendar;  // Whether it is booked.
  for (const v1::CalendarEntry& entry : profile->calendar()) {
    if (entry.hold().empty()) continue;
    google::protobuf::RepeatedPtrField<v1::DateRange> dates;
    *dates.Add() = entry.dates();
    const bool is_booked = entry.kind() != v1::CalendarEntry::KIND_HELD;
    for (const int32_t day : DayNumbersOf(dates)) in_calendar[{entry.hold(), day}] = is_booked;
  }
  std::map<Key, bool> in_holds;
  for (const v1::Hold& hold : holds) {
    if (HasEnded(hold)) continue;
    for (const int32_t day : DayNumbersOf(hold.dates())) {
      in_holds[{hold.name(), day}] = hold.state() == v1::Hold::STATE_BOOKED;
    }
  }
  if (in_calendar == in_holds) return;
  // The clock may have been stepped between the two answers.
  const auto again = HoldsOf(person);
  if (again.ok() && again->size() == holds.size() &&
      std::equal(again->begin(), again->end(), holds.begin(),
                 [](const v1::Hold& a, const v1::Hold& b) { return a.etag() == b.etag(); })) {
    findings_->Add(Wrong::kDisagreed,
                   absl::StrCat(person, ": the calendar has other days of holds than the holds"));
  }
}

// A seat and a booking name each other, and who sits without one was deleted with
// bookings of the past; but a seat whose booking was cancelled, or went with its
// person, may learn of it a while later, after a kill.
void HoldStage::CheckSeats(const std::map<std::string, v1::Hold>& bookings) {
  const absl::Time end = absl::Now() + kVacatingPatience;
  while (true) {
    const std::vector<WrongSeat> wrong = WrongSeats(bookings);
    if (wrong.empty()) return;
    const bool may_mend = absl::c_all_of(wrong, [](const WrongSeat& seat) { return seat.may_mend; });
    if (!may_mend || absl::Now() > end) {
      for (const WrongSeat& seat : wrong) findings_->Add(Wrong::kSeatTwice, seat.text);
      return;
    }
    absl::SleepFor(kPause);
  }
}

bool HoldStage::IsDeleted(const std::string& person) const {
  absl::MutexLock lock(&mutex_);
  return absl::c_linear_search(deleted_, person);
}

std::vector<HoldStage::WrongSeat> HoldStage::WrongSeats(
    const std::map<std::string, v1::Hold>& bookings) {
  std::vector<WrongSeat> wrong;
  std::map<std::string, std::pair<std::string, int32_t>> seated;  // Hold: opening, seat.
  std::set<std::string> projects;
  for (const Opening& opening : openings_) {
    if (!projects.insert(opening.project).second) continue;
    const auto project = Patiently(
        [&] { return GetProject(parties_->houses[opening.house].projects, opening.project); });
    if (!project.ok()) {
      findings_->Add(Wrong::kRefused,
                     absl::StrCat(opening.project, ": ", project.status().ToString()));
      return wrong;
    }
    for (const v1::Opening& shown : project->openings()) {
      for (const v1::Seat& seat : shown.seats()) {
        if (seat.hold().empty() && !seat.profile().empty() && !IsDeleted(seat.profile())) {
          wrong.push_back({absl::StrCat("seat ", seat.number(), " of ", shown.name(), " is of ",
                                        seat.profile(), ", and no booking is why")});
        }
        if (seat.hold().empty()) continue;
        if (seated.emplace(seat.hold(), std::make_pair(shown.name(), seat.number())).second) {
          continue;
        }
        wrong.push_back({absl::StrCat(seat.hold(), " fills two seats")});
      }
    }
  }
  for (const auto& [name, seat] : seated) {
    const auto booking = bookings.find(name);
    if (booking != bookings.end() && booking->second.opening() == seat.first &&
        booking->second.seat() == seat.second) {
      continue;
    }
    const auto holds = HoldsOf(PersonOf(name));
    std::string state = "is gone";
    bool may_mend = IsDeleted(PersonOf(name));
    if (holds.ok()) {
      for (const v1::Hold& hold : *holds) {
        if (hold.name() != name) continue;
        state = v1::Hold::State_Name(hold.state());
        may_mend = hold.state() == v1::Hold::STATE_CANCELLED;
      }
    }
    wrong.push_back({absl::StrCat("seat ", seat.second, " of ", seat.first, " names ", name, " (",
                                  state, "), which does not name it"),
                     may_mend});
  }
  for (const auto& [name, booking] : bookings) {
    if (seated.contains(name)) continue;
    wrong.push_back({absl::StrCat(name, " is booked, and seat ", booking.seat(), " of ",
                                  booking.opening(), " is not its")});
  }
  return wrong;
}

void HoldStage::Close() {
  std::vector<Known> booked;
  std::vector<std::string> people;
  {
    absl::MutexLock lock(&mutex_);
    for (const auto& [name, known] : live_) {
      if (known.hold.state() == v1::Hold::STATE_BOOKED) booked.push_back(known);
    }
    people = people_;
  }
  const Connection& agency = parties_->agency.profiles;
  for (const Known& known : booked) {
    v1::CancelBookingRequest request;
    request.set_name(known.hold.name());
    request.set_request_id(absl::StrCat(label_, "-close-", known.hold.name()));
    // A booking that is over stays.
    Patiently([&] {
      return agency.Ask(&Bookings::CancelBooking, request);
    }).status().IgnoreError();
  }
  bool is_empty = true;
  for (const std::string& person : people) {
    const absl::Status deleted = Patiently([&] {
      return DeleteProfile(agency, person, absl::StrCat(label_, "-close-", person));
    });
    if (deleted.ok()) {
      AcknowledgeDeleted(person);
    } else {
      is_empty = false;  // A seat may still have to be vacated.
    }
  }
  if (is_empty) CheckSeats({});  // No booking is left, and no seat names one.
}

std::map<int, int64_t> HoldStage::EventCounts() const {
  absl::MutexLock lock(&mutex_);
  return events_;
}

}  // namespace troupe::testing
