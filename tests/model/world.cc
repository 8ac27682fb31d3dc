#include "tests/model/world.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/stable_hash.h"

namespace troupe::testing {
namespace {

const absl::Time kBegin = absl::FromCivil(absl::CivilHour(2026, 12, 1, 12), absl::UTCTimeZone());
const Day kToday(absl::CivilDay(2026, 12, 1));

// Writes a world down, people in the order `first`, the other.
class Writer {
 public:
  Writer(const World& world, int first) : world_(world), first_(first) {}

  std::string Write() && {
    for (int i = 0; i < kPeople; ++i) WritePerson(world_.people[Real(i)]);
    for (int project = 0; project < kProjects; ++project) WriteSeats(project);
    for (const Crew& crew : kCrews) WriteCrew(crew);
    WriteDelayed();
    const Bounds& left = world_.left;
    for (int8_t bound : {left.holds, left.answers, left.counter_offers, left.challenges,
                         left.confirmations, left.retries, left.cancellations, left.edits,
                         left.crashes, left.delayed, left.skews, left.jumps}) {
      Put(bound);
    }
    return std::move(bytes_);
  }

 private:
  size_t Real(int person) const { return static_cast<size_t>(person ^ first_); }

  void Put(int64_t number) {
    // Small numbers take a byte, others nine.
    if (-100 < number && number < 100) {
      bytes_.push_back(static_cast<char>(number));
      return;
    }
    bytes_.push_back(static_cast<char>(127));
    for (int i = 0; i < 8; ++i) bytes_.push_back(static_cast<char>(number >> (8 * i)));
  }

  // Only how far away a moment is matters.
  void Put(absl::Time time) {
    if (time == absl::InfinitePast() || time == absl::InfiniteFuture()) return Put(101);
    Put(absl::ToInt64Seconds(time - world_.now));
  }

  void WriteHold(const Agenda& agenda, const Hold& hold) {
    Put(ProjectOf(hold));
    Put(static_cast<int64_t>(hold.state));
    Put(BitsOf(hold.days));
    Put(std::count_if(agenda.holds.begin(), agenda.holds.end(), [&](const Hold& other) {
      return other.position < hold.position;
    }));
    const bool may_come_back = hold.end.has_value() && hold.end->booked_by != 0;
    if (hold.IsActive() || may_come_back) {
      Put(hold.deadline);
      Put(hold.undecided_until <= hold.deadline ? absl::InfinitePast() : hold.undecided_until);
      Put(hold.counter_offer.has_value() ? static_cast<int64_t>(hold.counter_offer->by) : 0);
    }
    if (may_come_back) {
      Put(hold.end->booked_by);
      Put(static_cast<int64_t>(hold.end->state_before));
    }
    Put(hold.challenge.has_value());
    if (hold.challenge.has_value()) {
      Put(static_cast<int64_t>(hold.challenge->phase));
      Put(hold.challenge->deadline);
      Put(static_cast<int64_t>(hold.challenge->challenged.size()));
      for (uint32_t number : hold.challenge->challenged) Put(number);
    }
    Put(hold.confirmation.has_value());
    if (hold.confirmation.has_value()) {
      WriteCrewId(hold.confirmation->decision);
      Put(BitsOf(hold.confirmation->days.work));
      Put(hold.confirmation->deadline);
    }
    if (hold.decision) WriteCrewId(hold.decision);
  }

  void WriteAgenda(const Agenda& agenda) {
    Put(static_cast<int64_t>(agenda.holds.size()));
    for (const Hold& hold : agenda.holds) WriteHold(agenda, hold);
  }

  void WritePerson(const PersonState& person) {
    WriteAgenda(person.agenda);
    Put(person.busy);
    Put(person.armed);
    for (uint8_t hold : person.arrivals) Put(hold);
    for (uint8_t days : person.told_first) Put(days);
    for (uint8_t count : person.placed_by_request) Put(count);
    for (uint8_t count : person.requests) Put(count);
  }

  void WriteSeats(int project) {
    std::vector<std::pair<int, int>> seats;
    for (const SeatFill& fill : world_.seats[static_cast<size_t>(project)]) {
      seats.emplace_back(fill.person ^ first_, fill.hold);
    }
    std::sort(seats.begin(), seats.end());
    Put(static_cast<int64_t>(seats.size()));
    for (const auto& [person, hold] : seats) {
      Put(person);
      Put(hold);
    }
  }

  int Swapped(int people) const {
    return first_ == 0 ? people : (people & 1) << 1 | people >> 1;
  }

  void WriteCrewId(DecisionId id) {
    const Crew& crew = kCrews[id.value() - 1];
    Put(crew.project * 4 + Swapped(crew.people));
  }

  // The crew that is `crew` once the people are swapped.
  void WriteCrew(const Crew& crew) {
    const auto real = std::find_if(kCrews.begin(), kCrews.end(), [&](const Crew& other) {
      return other.project == crew.project && other.people == Swapped(crew.people);
    });
    const CrewState& state = world_.crews[static_cast<size_t>(real - kCrews.begin())];
    Put(state.asked);
    if (!state.asked) return;
    Put(static_cast<int64_t>(state.phase));
    for (int i = 0; i < kPeople; ++i) Put(state.holds[Real(i)]);
    Put(state.commit_sent);
    Put(state.abort_sent);
    if (state.commit_sent && !state.decision.has_value()) Put(state.deadline);
    Put(state.decision.has_value() ? static_cast<int64_t>(*state.decision) : 0);
  }

  void WriteDelayed() {
    Put(world_.delayed.has_value());
    if (!world_.delayed.has_value()) return;
    const Delayed& delayed = *world_.delayed;
    Put(static_cast<int64_t>(delayed.action.kind));
    Put(delayed.action.person ^ first_);
    Put(delayed.action.project);
    Put(delayed.action.hold);
    if (delayed.action.crew >= 0) WriteCrewId(DecisionId(static_cast<uint64_t>(delayed.action.crew) + 1));
    Put(delayed.fresh);
    if (!delayed.fresh) WriteAgenda(delayed.read);
  }

  const World& world_;
  const int first_;
  std::string bytes_;
};

std::string PeopleOf(int people) {
  return people == 3 ? "A and B" : people == 1 ? "A" : "B";
}

}  // namespace

std::string ToString(const Action& action) {
  using Kind = Action::Kind;
  const std::string person = action.person == 0 ? "A" : "B";
  const std::string hold = absl::StrCat("hold ", action.hold, " of ", person);
  const std::string crew =
      action.crew < 0 ? ""
                      : absl::StrCat("project ", kCrews[static_cast<size_t>(action.crew)].project + 1,
                                     " with ",
                                     PeopleOf(kCrews[static_cast<size_t>(action.crew)].people));
  const std::string read_only = action.delayed ? " (read; the write is delayed)" : "";
  switch (action.kind) {
    case Kind::kJump: return "time passes until something is due";
    case Kind::kTimer: return absl::StrCat("the timer of ", person, " fires");
    case Kind::kPlace:
      return absl::StrCat("project ", action.project + 1, " places a hold on ", person, read_only);
    case Kind::kPlaceSkewed:
      return absl::StrCat("project ", action.project + 1, " places a hold on ", person,
                          ", by a clock that is an hour behind");
    case Kind::kPlaceAgain:
      return absl::StrCat("project ", action.project + 1, " sends that request for ", person, " again");
    case Kind::kAccept: return absl::StrCat("the person accepts ", hold, read_only);
    case Kind::kDecline: return absl::StrCat("the person declines ", hold, read_only);
    case Kind::kRelease: return absl::StrCat("the holder releases ", hold, read_only);
    case Kind::kCounter: return absl::StrCat("the person makes a counter-offer on ", hold);
    case Kind::kChallenge: return absl::StrCat("the holder challenges with ", hold);
    case Kind::kCancel: return absl::StrCat("the booking is cancelled: ", hold);
    case Kind::kVacate: return absl::StrCat("the seat is vacated: ", hold);
    case Kind::kEdit: return absl::StrCat(person, " edits the calendar: day 2");
    case Kind::kStart: return absl::StrCat("confirm ", crew);
    case Kind::kRetry: return absl::StrCat("confirm ", crew, ": retried");
    case Kind::kBegin: return absl::StrCat("confirm ", crew, ": intent on ", person, read_only);
    case Kind::kDeliverCommit: return absl::StrCat("confirm ", crew, ": COMMIT reaches the shard");
    case Kind::kDeliverAbort: return absl::StrCat("confirm ", crew, ": ABORT reaches the shard");
    case Kind::kTakeUp: return absl::StrCat("confirm ", crew, ": taken up past its deadline");
    case Kind::kResolve: return absl::StrCat("confirm ", crew, ": resolved on ", person);
    case Kind::kCrash: return "the process that keeps profiles crashes and restarts";
    case Kind::kWriteDelayed: return "the delayed write arrives";
  }
  return "";
}

Moment World::At() const { return At(now); }

Moment World::At(absl::Time time) const {
  return {.now = time, .zone = absl::UTCTimeZone(), .today = kToday};
}

World FirstWorld(const Bounds& bounds) {
  World world;
  world.now = kBegin;
  world.left = bounds;
  for (size_t i = 0; i < kPeople; ++i) world.people[i].agenda.profile = ProfileId(i + 1);
  return world;
}

size_t SeatsOf(int project) { return project == 0 ? 2 : 1; }

HoldRequest RequestOf(int project, const World& world) {
  // Days 1-2, days 2-3, and any one of all three; the third is accepted by rule.
  static constexpr std::array<int, kProjects> kStart = {0, 1, 0};
  static constexpr std::array<int, kProjects> kLimit = {2, 3, 3};
  static constexpr std::array<int, kProjects> kHours = {20, 36, 60};
  const size_t p = static_cast<size_t>(project);
  return {.opening = {.project = ProjectId(p + 1), .number = 1},
          .role = project == 2 ? "director" : "actor",
          .window = {.span = {.start = DayAt(kStart[p]), .limit = DayAt(kLimit[p])},
                     .rule = project == 2 ? Window::Rule::kAnyDays : Window::Rule::kAllDays,
                     .days = project == 2 ? 1 : 0},
          .deadline = world.now + absl::Hours(kHours[p])};
}

int ProjectOf(const Hold& hold) { return static_cast<int>(hold.opening.project.value()) - 1; }

Day DayAt(int index) { return kToday + 30 + index; }

uint8_t BitsOf(const Days& days) {
  uint8_t bits = 0;
  for (Day day : days) bits = static_cast<uint8_t>(bits | 1 << (day - DayAt(0)));
  return bits;
}

Days DaysOf(uint8_t bits) {
  std::vector<Day> days;
  for (int i = 0; i < kDays; ++i) {
    if ((bits >> i & 1) != 0) days.push_back(DayAt(i));
  }
  return Days(std::move(days));
}

DecisionId DecisionOf(size_t crew) { return DecisionId(crew + 1); }

uint64_t KeyOf(const World& world) {
  return StableHash(std::min(Writer(world, 0).Write(), Writer(world, 1).Write()));
}

}  // namespace troupe::testing
