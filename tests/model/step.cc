#include "tests/model/step.h"

#include <algorithm>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "matcher/hold/advance.h"
#include "matcher/hold/answer_hold.h"
#include "matcher/hold/confirm_hold.h"
#include "matcher/hold/ladder.h"
#include "matcher/hold/seat_decision.h"
#include "tests/model/properties.h"

namespace troupe::testing {
namespace {

using Kind = Action::Kind;
using Phase = CrewState::Phase;

const std::vector<PreAcceptance>& Rules() {
  static const auto& rules = *new std::vector<PreAcceptance>{{.roles = {"director"}}};
  return rules;
}

OrganizationId Owner() { return {.slug = "crew"}; }

HoldId HoldOf(size_t person, uint32_t number) {
  return {.profile = ProfileId(person + 1), .number = number};
}

// What lies on the shard of a project: itself, with one open opening, and what
// was decided about it.
Project StoredProject(const World& world, int index) {
  Project project;
  project.id = ProjectId(static_cast<uint64_t>(index) + 1);
  project.ownership.owner = Owner();
  Opening opening = {.number = 1, .state = Opening::State::kOpen};
  for (size_t seat = 1; seat <= SeatsOf(index); ++seat) {
    opening.seats.push_back({.number = static_cast<int32_t>(seat)});
  }
  for (const SeatFill& fill : world.seats[static_cast<size_t>(index)]) {
    Seat& seat = opening.seats[fill.seat - 1u];
    seat.profile = ProfileId(fill.person + 1u);
    seat.hold = fill.hold;
  }
  project.openings.push_back(std::move(opening));
  return project;
}

ProjectDecisions StoredDecisions(const World& world, int index) {
  ProjectDecisions stored = {.project = ProjectId(static_cast<uint64_t>(index) + 1)};
  for (size_t crew = 0; crew < kCrews.size(); ++crew) {
    if (kCrews[crew].project != index || !world.crews[crew].decision.has_value()) continue;
    stored.decisions.push_back({.id = DecisionOf(crew),
                                .outcome = *world.crews[crew].decision,
                                .time = world.now});
  }
  return stored;
}

bool HasIntent(const PersonState& person, uint32_t hold, size_t crew) {
  const Hold* const found = person.agenda.Find(hold);
  return found != nullptr && found->IsUndecided() &&
         found->confirmation->decision == DecisionOf(crew);
}

const Hold* LiveHoldFor(const PersonState& person, int project) {
  for (const Hold& hold : person.agenda.holds) {
    if (ProjectOf(hold) == project && (hold.IsActive() || hold.IsBooked())) return &hold;
  }
  return nullptr;
}

// What can happen next, one kind after the other.
class Choices {
 public:
  Choices(const World& world, Mistake mistake) : world_(world), mistake_(mistake) {}

  std::vector<Action> All() && {
    for (int8_t i = 0; i < kPeople; ++i) AddOf(i);
    for (int8_t crew = 0; crew < static_cast<int8_t>(kCrews.size()); ++crew) AddOfCrew(crew);
    if (world_.left.jumps > 0) Add({.kind = Kind::kJump});
    if (world_.left.crashes > 0) Add({.kind = Kind::kCrash});
    if (world_.delayed.has_value()) {
      Add({.kind = Kind::kWriteDelayed, .person = world_.delayed->action.person});
    }
    return std::move(actions_);
  }

 private:
  void Add(Action action) { actions_.push_back(action); }

  void AddMaybeDelayed(Action action) {
    Add(action);
    if (world_.left.delayed == 0 || world_.delayed.has_value()) return;
    // Without a fence any two writes break something; an intent shows the worst.
    if (mistake_ == Mistake::kNoFence && action.kind != Kind::kBegin) return;
    action.delayed = true;
    Add(action);
  }

  void AddOf(int8_t i) {
    const PersonState& person = world_.people[static_cast<size_t>(i)];
    const std::optional<absl::Time> due = NextDue(person.agenda);
    if (person.armed && due.has_value() && *due <= world_.now) {
      Add({.kind = Kind::kTimer, .person = i});
    }
    if (world_.left.edits > 0) Add({.kind = Kind::kEdit, .person = i});
    for (int8_t project = 0; project < kProjects; ++project) {
      const size_t p = static_cast<size_t>(project);
      if (world_.left.holds > 0 && person.agenda.holds.size() < 6 &&
          LiveHoldFor(person, project) == nullptr) {
        AddMaybeDelayed({.kind = Kind::kPlace, .person = i, .project = project});
        if (world_.left.skews > 0) {
          Add({.kind = Kind::kPlaceSkewed, .person = i, .project = project});
        }
      }
      // Remembered requests change nothing: only the mistake is worth a step.
      if (mistake_ == Mistake::kRetryTwice && person.requests[p] > 0) {
        Add({.kind = Kind::kPlaceAgain, .person = i, .project = project});
      }
    }
    for (const Hold& hold : person.agenda.holds) AddOfHold(i, hold);
  }

  void AddOfHold(int8_t i, const Hold& hold) {
    const int8_t number = static_cast<int8_t>(hold.number);
    const auto of = [&](Kind kind) { return Action{.kind = kind, .person = i, .hold = number}; };
    const Bounds& left = world_.left;
    if (hold.IsBooked() && left.cancellations > 0) Add(of(Kind::kCancel));
    if (hold.state == HoldState::kCancelled) {
      for (const SeatFill& fill : world_.seats[static_cast<size_t>(ProjectOf(hold))]) {
        if (fill.person == i && fill.hold == hold.number) Add(of(Kind::kVacate));
      }
    }
    if (!hold.IsActive() || hold.IsUndecided()) return;
    if (left.answers > 0 && (hold.state == HoldState::kOffered || hold.counter_offer.has_value())) {
      AddMaybeDelayed(of(Kind::kAccept));
    }
    if (left.answers > 0 && hold.state == HoldState::kOffered) {
      AddMaybeDelayed(of(Kind::kDecline));
    }
    if (left.answers > 0 && hold.state == HoldState::kAccepted) {
      AddMaybeDelayed(of(Kind::kRelease));
    }
    if (left.counter_offers > 0) Add(of(Kind::kCounter));
    if (left.challenges > 0 && hold.state == HoldState::kAccepted && !hold.challenge.has_value()) {
      Add(of(Kind::kChallenge));
    }
  }

  void AddOfCrew(int8_t index) {
    const size_t crew = static_cast<size_t>(index);
    const CrewState& state = world_.crews[crew];
    if (!state.asked) {
      if (mistake_ == Mistake::kHalfCrew && crew != 0) return;  // One of two people.
      if (world_.left.confirmations > 0 && AllHaveHolds(crew)) {
        Add({.kind = Kind::kStart, .crew = index});
      }
      return;
    }
    if (state.phase == Phase::kNone && world_.left.retries > 0) {
      Add({.kind = Kind::kRetry, .crew = index});
    }
    bool past_deadline = false;
    for (int8_t i = 0; i < kPeople; ++i) {
      const size_t who = static_cast<size_t>(i);
      if ((kCrews[crew].people >> i & 1) == 0) continue;
      const bool has_intent = HasIntent(world_.people[who], state.holds[who], crew);
      if (state.phase == Phase::kBeginning && !has_intent) {
        AddMaybeDelayed({.kind = Kind::kBegin, .person = i, .crew = index});
      }
      if (!has_intent) continue;
      const Confirmation& intent = *world_.people[who].agenda.Find(state.holds[who])->confirmation;
      if (state.decision.has_value()) {
        Add({.kind = Kind::kResolve, .person = i, .crew = index});
      }
      past_deadline |= intent.deadline <= world_.now;
    }
    const bool knows = state.decision.has_value() && mistake_ != Mistake::kHalfCrew;
    if (past_deadline && !knows && !state.abort_sent) {
      Add({.kind = Kind::kTakeUp, .crew = index});
    }
    if (state.decision.has_value()) return;  // Later messages find it and change nothing.
    if (state.commit_sent) Add({.kind = Kind::kDeliverCommit, .crew = index});
    if (state.abort_sent) Add({.kind = Kind::kDeliverAbort, .crew = index});
  }

  bool AllHaveHolds(size_t crew) const {
    for (size_t i = 0; i < kPeople; ++i) {
      if ((kCrews[crew].people >> i & 1) == 0) continue;
      const Hold* const hold = LiveHoldFor(world_.people[i], kCrews[crew].project);
      if (hold == nullptr || hold->IsBooked()) return false;
    }
    return true;
  }

  const World& world_;
  const Mistake mistake_;
  std::vector<Action> actions_;
};

// One thing that happens.
class Happening {
 public:
  Happening(World& world, Mistake mistake) : world_(world), mistake_(mistake) {}

  std::string Do(const Action& action) {
    Bounds& left = world_.left;
    switch (action.kind) {
      case Kind::kPlace: --left.holds; break;
      case Kind::kPlaceSkewed: --left.holds; --left.skews; break;
      case Kind::kAccept: case Kind::kDecline: case Kind::kRelease: --left.answers; break;
      case Kind::kCounter: --left.counter_offers; break;
      case Kind::kChallenge: --left.challenges; break;
      case Kind::kCancel: --left.cancellations; break;
      case Kind::kEdit: --left.edits; break;
      case Kind::kStart: --left.confirmations; break;
      case Kind::kRetry: --left.retries; break;
      case Kind::kCrash: --left.crashes; break;
      case Kind::kJump: --left.jumps; break;
      default: break;
    }
    if (action.delayed) {
      --left.delayed;
      world_.delayed = Delayed{.action = action, .read = PersonOf(action).agenda};
      world_.delayed->action.delayed = false;
      return "";
    }
    switch (action.kind) {
      case Kind::kJump: Jump(); return "";
      case Kind::kCrash: Crash(); return "";
      case Kind::kEdit: PersonOf(action).busy ^= 0b010; return "";
      case Kind::kVacate: Vacate(action); return "";
      case Kind::kStart: Start(static_cast<size_t>(action.crew)); return "";
      case Kind::kRetry: CrewOf(action).phase = Phase::kBeginning; return Advanced(action);
      case Kind::kDeliverCommit: return Decide(action, Decision::kCommit);
      case Kind::kDeliverAbort: return Decide(action, Decision::kAbort);
      case Kind::kTakeUp: return TakeUp(action);
      case Kind::kWriteDelayed: return WriteDelayed();
      default: return Write(action, PersonOf(action).agenda);
    }
  }

 private:
  PersonState& PersonOf(const Action& action) {
    return world_.people[static_cast<size_t>(action.person)];
  }
  CrewState& CrewOf(const Action& action) {
    return world_.crews[static_cast<size_t>(action.crew)];
  }

  // To the next moment at which anything of any hold is due, whether its timer
  // has run or not.
  void Jump() {
    absl::Time next = absl::InfiniteFuture();
    const auto consider = [&](absl::Time time) {
      if (world_.now < time) next = std::min(next, time);
    };
    for (const PersonState& person : world_.people) {
      for (const Hold& hold : person.agenda.holds) {
        if (!hold.IsActive()) continue;
        consider(hold.deadline);
        if (hold.challenge.has_value()) consider(hold.challenge->deadline);
        if (hold.confirmation.has_value()) consider(hold.confirmation->deadline);
      }
    }
    if (next != absl::InfiniteFuture()) world_.now = next;
  }

  // Memory goes; what is stored stays, and so do messages on their way. Timers
  // are set from what is stored.
  void Crash() {
    for (CrewState& crew : world_.crews) crew.phase = Phase::kNone;
    world_.delayed.reset();
    for (PersonState& person : world_.people) {
      person.armed = mistake_ != Mistake::kTimerLost && NextDue(person.agenda).has_value();
    }
  }

  void Vacate(const Action& action) {
    const uint32_t number = static_cast<uint32_t>(action.hold);
    const int index = ProjectOf(*PersonOf(action).agenda.Find(number));
    Project project = StoredProject(world_, index);
    VacateSeats(HoldOf(static_cast<size_t>(action.person), number), project);
    StoreSeats(project, index);
  }

  void Start(size_t crew) {
    CrewState& state = world_.crews[crew];
    state.asked = true;
    state.phase = Phase::kBeginning;
    for (size_t i = 0; i < kPeople; ++i) {
      if ((kCrews[crew].people >> i & 1) == 0) continue;
      const Hold* const hold = LiveHoldFor(world_.people[i], kCrews[crew].project);
      state.holds[i] = static_cast<uint8_t>(hold->number);
    }
  }

  // The project's shard, in one record: the decision, once, and its seats. Who asks
  // later, for whatever, hears the same.
  std::string Decide(const Action& action, Decision wanted) {
    CrewState& state = CrewOf(action);
    const int index = kCrews[static_cast<size_t>(action.crew)].project;
    Project project = StoredProject(world_, index);
    ProjectDecisions decisions = StoredDecisions(world_, index);
    DecisionRequest request = RequestFor(action, wanted);
    state.decision = troupe::Decide(request, world_.now, &project, decisions).decision.outcome;
    StoreSeats(project, index);
    for (Decision again : {Decision::kCommit, Decision::kAbort}) {
      request.wanted = again;
      const Decided repeated = troupe::Decide(request, world_.now, &project, decisions);
      if (repeated.is_new || repeated.decision.outcome != *state.decision) {
        return "RETRY_ONCE: a decision was made twice";
      }
    }
    return "";
  }

  DecisionRequest RequestFor(const Action& action, Decision wanted) {
    const CrewState& state = CrewOf(action);
    DecisionRequest request = {.id = DecisionOf(static_cast<size_t>(action.crew)),
                               .wanted = wanted,
                               .caller = Owner(),
                               .deadline = state.deadline};
    for (size_t i = 0; i < kPeople; ++i) {
      if ((kCrews[static_cast<size_t>(action.crew)].people >> i & 1) == 0) continue;
      request.seats.push_back({.opening = 1, .hold = HoldOf(i, state.holds[i])});
    }
    return request;
  }

  void StoreSeats(const Project& project, int index) {
    std::vector<SeatFill>& seats = world_.seats[static_cast<size_t>(index)];
    seats.clear();
    for (const Seat& seat : project.openings.front().seats) {
      if (!seat.profile) continue;
      seats.push_back({.seat = static_cast<uint8_t>(seat.number),
                       .person = static_cast<uint8_t>(seat.profile.value() - 1),
                       .hold = static_cast<uint8_t>(seat.hold)});
    }
  }

  // Past the deadline of an intent anybody asks the shard to abort, and resolves
  // by what it answers.
  std::string TakeUp(const Action& action) {
    if (mistake_ != Mistake::kHalfCrew) {
      CrewOf(action).abort_sent = true;
      return "";
    }
    for (int8_t i = 0; i < kPeople; ++i) {
      const uint32_t hold = CrewOf(action).holds[static_cast<size_t>(i)];
      PersonState& person = world_.people[static_cast<size_t>(i)];
      if (!HasIntent(person, hold, static_cast<size_t>(action.crew))) continue;
      if (world_.now < person.agenda.Find(hold)->confirmation->deadline) continue;
      Agenda next = person.agenda;
      const auto notices =
          ResolveConfirmation(next, hold, DecisionOf(static_cast<size_t>(action.crew)),
                              Decision::kAbort, 0, world_.At());
      Store(i, std::move(next), *notices);  // What it breaks itself is not the point.
      return "";
    }
    return "";
  }

  std::string WriteDelayed() {
    const Delayed delayed = *std::exchange(world_.delayed, std::nullopt);
    // The log compares versions; a command that was refused is not done again.
    if (!delayed.fresh && mistake_ != Mistake::kNoFence) return "";
    return Write(delayed.action, delayed.read);
  }

  // A command on what was read of the agenda, and the write of its result.
  std::string Write(const Action& action, const Agenda& read) {
    PersonState& person = PersonOf(action);
    Agenda next = read;
    const absl::StatusOr<Notices> done = Command(action, next);
    std::string broken;
    if (done.ok()) {
      if (action.kind == Kind::kBegin) broken = CheckInTime(action, read, next);
      if (action.kind == Kind::kResolve) broken = CheckBooking(action, read, next);
      if (action.kind == Kind::kPlace || action.kind == Kind::kPlaceSkewed) {
        ++person.requests[static_cast<size_t>(action.project)];
        person.placed_by_request[static_cast<size_t>(action.project)] = 1;
      }
      if (action.kind == Kind::kPlaceAgain) {
        ++person.placed_by_request[static_cast<size_t>(action.project)];
      }
      std::string undone = Store(action.person, std::move(next), *done);
      if (broken.empty()) broken = std::move(undone);
    } else if (action.kind == Kind::kBegin) {
      CrewOf(action).phase = Phase::kAborting;
      CrewOf(action).abort_sent = true;
    }
    if (broken.empty() && action.kind == Kind::kBegin) broken = Advanced(action);
    return broken;
  }

  // Once all intents stand, the coordinator asks the shard to commit.
  std::string Advanced(const Action& action) {
    CrewState& state = CrewOf(action);
    if (state.phase != Phase::kBeginning) return "";
    absl::Time deadline = absl::InfiniteFuture();
    for (size_t i = 0; i < kPeople; ++i) {
      if ((kCrews[static_cast<size_t>(action.crew)].people >> i & 1) == 0) continue;
      const Hold* const hold = world_.people[i].agenda.Find(state.holds[i]);
      if (!HasIntent(world_.people[i], hold->number, static_cast<size_t>(action.crew))) return "";
      deadline = std::min(deadline, hold->confirmation->deadline);
    }
    state.phase = Phase::kCommitting;
    if (!state.commit_sent) state.deadline = deadline;
    state.commit_sent = true;
    return "";
  }

  absl::StatusOr<Notices> Command(const Action& action, Agenda& agenda) {
    const uint32_t hold = static_cast<uint32_t>(action.hold);
    const Days busy = DaysOf(PersonOf(action).busy);
    const Moment moment = world_.At();
    switch (action.kind) {
      case Kind::kTimer: return Advance(agenda, moment);
      case Kind::kPlace:
      case Kind::kPlaceAgain:
      case Kind::kPlaceSkewed: return Place(action, agenda, busy);
      case Kind::kAccept: {
        const bool countered = agenda.Find(hold) != nullptr &&
                               agenda.Find(hold)->counter_offer.has_value();
        return AcceptHold(agenda, hold, countered ? Side::kHolder : Side::kPerson, moment);
      }
      case Kind::kDecline: return DeclineHold(agenda, hold, Side::kPerson, "", moment);
      case Kind::kRelease: return ReleaseHold(agenda, hold, "", moment);
      case Kind::kCounter: return MakeCounterOffer(agenda, hold, Side::kPerson, {}, moment);
      case Kind::kChallenge: return ChallengeHold(agenda, hold, moment);
      case Kind::kCancel: return CancelBooking(agenda, hold, Side::kHolder, "", busy, moment);
      case Kind::kBegin: return Begin(action, agenda, busy);
      case Kind::kResolve: return Resolve(action, agenda);
      default: return Notices();
    }
  }

  absl::StatusOr<Notices> Place(const Action& action, Agenda& agenda, const Days& busy) {
    const absl::Time now =
        action.kind == Kind::kPlaceSkewed ? world_.now - absl::Hours(1) : world_.now;
    auto done = PlaceHold(agenda, RequestOf(action.project, world_), Rules(), busy, world_.At(now));
    if (done.ok() && mistake_ == Mistake::kWallClock) OrderByTime(agenda);
    return done;
  }

  static void OrderByTime(Agenda& agenda) {
    std::vector<Hold*> holds;
    for (Hold& hold : agenda.holds) holds.push_back(&hold);
    std::stable_sort(holds.begin(), holds.end(),
                     [](const Hold* a, const Hold* b) { return a->placed < b->placed; });
    for (size_t i = 0; i < holds.size(); ++i) holds[i]->position = i + 1;
  }

  absl::StatusOr<Notices> Begin(const Action& action, Agenda& agenda, const Days& busy) {
    const uint32_t hold = CrewOf(action).holds[static_cast<size_t>(action.person)];
    Moment moment = world_.At();
    if (mistake_ == Mistake::kExpiredConfirmed && agenda.Find(hold) != nullptr) {
      moment.now = std::min(moment.now, agenda.Find(hold)->deadline - absl::Seconds(1));
    }
    return BeginConfirmation(
        agenda, {.hold = hold, .decision = DecisionOf(static_cast<size_t>(action.crew))}, busy,
        moment);
  }

  absl::StatusOr<Notices> Resolve(const Action& action, Agenda& agenda) {
    const Agenda before = agenda;
    const uint32_t hold = CrewOf(action).holds[static_cast<size_t>(action.person)];
    auto done = ResolveConfirmation(agenda, hold, DecisionOf(static_cast<size_t>(action.crew)),
                                    *CrewOf(action).decision, 1, world_.At());
    if (mistake_ == Mistake::kWrongDays && agenda.Find(hold)->IsBooked()) {
      const Days last({agenda.Find(hold)->days.last()});
      for (Hold& other : agenda.holds) {
        const Hold& was = *before.Find(other.number);
        const Days shared = was.days.And(agenda.Find(hold)->days);
        if (other.number != hold && was.IsActive() && shared == last) other = was;
      }
    }
    return done;
  }

  // No hold is confirmed at or after its deadline.
  std::string CheckInTime(const Action& action, const Agenda& read, const Agenda& next) {
    const size_t crew = static_cast<size_t>(action.crew);
    const uint32_t number = CrewOf(action).holds[static_cast<size_t>(action.person)];
    const Hold& hold = *next.Find(number);
    const bool is_new = hold.IsUndecided() && hold.confirmation->decision == DecisionOf(crew) &&
                        read.Find(number) != nullptr && !read.Find(number)->IsUndecided();
    if (!is_new || world_.now < hold.deadline) return "";
    return absl::StrCat("EXPIRED_NEVER_CONFIRMED: hold ", number, " is past its deadline");
  }

  std::string CheckBooking(const Action& action, const Agenda& read, const Agenda& next) {
    const uint32_t number = CrewOf(action).holds[static_cast<size_t>(action.person)];
    if (!next.Find(number)->IsBooked()) return "";
    Agenda before = read;
    Advance(before, world_.At());
    return BrokenByBooking(before, next, number);
  }

  std::string Store(int8_t person_index, Agenda agenda, const Notices& notices) {
    PersonState& person = world_.people[static_cast<size_t>(person_index)];
    std::string broken = BrokenByWrite(world_, person.agenda, agenda, notices);
    for (Hold& hold : agenda.holds) {  // What the model does not look at.
      hold.history.clear();
      hold.events = 0;
      hold.revision = 0;
    }
    person.agenda = std::move(agenda);
    for (const Notice& notice : notices) Note(person, notice);
    person.armed = NextDue(person.agenda).has_value();
    if (world_.delayed.has_value() && world_.delayed->action.person == person_index) {
      world_.delayed->fresh = false;
    }
    return broken;
  }

  // What the checker remembers of what people were told.
  void Note(PersonState& person, const Notice& notice) {
    using Event = HoldEvent::Kind;
    const uint8_t number = static_cast<uint8_t>(notice.hold);
    uint8_t& told = person.told_first[number];
    const uint8_t days = BitsOf(notice.event.days);
    switch (notice.event.kind) {
      case Event::kPlaced:
        person.arrivals.push_back(number);
        told = FirstByArrival(person, number, days);
        break;
      case Event::kReopened: told = FirstByArrival(person, number, days); break;
      case Event::kFellToLast:
        std::erase(person.arrivals, number);
        person.arrivals.push_back(number);
        told = FirstByArrival(person, number, BitsOf(person.agenda.Find(number)->days));
        break;
      case Event::kPromoted:
        if (mistake_ == Mistake::kPromotionLost && HasExpired(person)) break;
        told = static_cast<uint8_t>(told | days);
        break;
      case Event::kOvertaken:
      case Event::kDaysLost: told = static_cast<uint8_t>(told & ~days); break;
      case Event::kDeclined:
      case Event::kReleased:
      case Event::kExpired:
      case Event::kCancelled:
      case Event::kBooked: told = 0; break;
      default: break;
    }
  }

  static bool HasExpired(const PersonState& person) {
    return person.agenda.counts.expired > 0;
  }

  // The days on which none who came before it stands.
  static uint8_t FirstByArrival(const PersonState& person, uint8_t number, uint8_t days) {
    for (uint8_t other : person.arrivals) {
      if (other == number) break;
      const Hold* const hold = person.agenda.Find(other);
      if (hold->IsActive()) days = static_cast<uint8_t>(days & ~BitsOf(hold->days));
    }
    return days;
  }

  World& world_;
  const Mistake mistake_;
};

}  // namespace

std::vector<Action> ActionsOf(const World& world, Mistake mistake) {
  return Choices(world, mistake).All();
}

std::string Step(World& world, const Action& action, Mistake mistake) {
  return Happening(world, mistake).Do(action);
}

}  // namespace troupe::testing
