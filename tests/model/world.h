#ifndef TROUPE_TESTS_MODEL_WORLD_H_
#define TROUPE_TESTS_MODEL_WORLD_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "matcher/hold/agenda.h"
#include "matcher/hold/decision.h"
#include "matcher/hold/moment.h"
#include "matcher/hold/place_hold.h"
#include "tests/model/bounds.h"

namespace troupe::testing {

inline constexpr int kPeople = 2;
inline constexpr int kProjects = 3;
inline constexpr int kDays = 3;

// A request to confirm: which project, and which people as bits.
struct Crew {
  int project = 0;
  int people = 0;
};
inline constexpr std::array<Crew, 6> kCrews = {
    {{0, 0b11}, {1, 0b01}, {1, 0b10}, {2, 0b01}, {2, 0b10}, {2, 0b11}}};

// Something that can happen next.
struct Action {
  enum class Kind : uint8_t {
    kJump, kTimer, kPlace, kPlaceSkewed, kPlaceAgain, kAccept, kDecline, kRelease, kCounter,
    kChallenge, kCancel, kVacate, kEdit,
    kStart, kRetry, kBegin, kDeliverCommit, kDeliverAbort, kTakeUp, kResolve,
    kCrash, kWriteDelayed,
  };
  Kind kind = Kind::kJump;
  int8_t person = -1;
  int8_t project = -1;
  int8_t hold = 0;   // Its number.
  int8_t crew = -1;  // Of kCrews.
  bool delayed = false;  // Only read now; kWriteDelayed writes.

  friend bool operator==(const Action&, const Action&) = default;
};
std::string ToString(const Action& action);

// What is stored of one person, what the process keeps in memory, and what the
// checker remembers to judge by.
struct PersonState {
  Agenda agenda;
  uint8_t busy = 0;  // Bits of days, the person's own.
  bool armed = false;  // The process has a timer for what is due next.

  std::vector<uint8_t> arrivals;  // Holds as they queued up: the checker's own order.
  std::array<uint8_t, 8> told_first{};  // By hold: days on which it was told to be first.
  std::array<uint8_t, kProjects> placed_by_request{};  // Holds that the last request made.
  std::array<uint8_t, kProjects> requests{};           // Made so far.
};

// A request to confirm a crew: what the coordinator knows, what is on its way to
// the project's shard, and what that decided. Messages stay on their way for
// ever: they may be lost, late, or come again.
struct CrewState {
  enum class Phase : uint8_t { kNone, kBeginning, kCommitting, kAborting };

  bool asked = false;
  Phase phase = Phase::kNone;  // Lost in a crash.
  std::array<uint8_t, kPeople> holds{};
  bool commit_sent = false;
  bool abort_sent = false;
  absl::Time deadline = absl::InfiniteFuture();
  std::optional<Decision> decision;  // Durable, with the seats it fills.
};

// A seat of a project's only opening that a hold fills.
struct SeatFill {
  uint8_t seat = 0;  // From 1.
  uint8_t person = 0;
  uint8_t hold = 0;
};

struct Delayed {
  Action action;
  Agenda read;
  bool fresh = true;  // Nobody has written the agenda since.
};

// One state of everything.
struct World {
  absl::Time now;
  std::array<PersonState, kPeople> people;
  std::array<CrewState, kCrews.size()> crews;
  std::array<std::vector<SeatFill>, kProjects> seats;
  std::optional<Delayed> delayed;
  Bounds left;

  Moment At() const;
  Moment At(absl::Time time) const;
};

World FirstWorld(const Bounds& bounds);

size_t SeatsOf(int project);
HoldRequest RequestOf(int project, const World& world);
int ProjectOf(const Hold& hold);
Day DayAt(int index);
uint8_t BitsOf(const Days& days);
Days DaysOf(uint8_t bits);
DecisionId DecisionOf(size_t crew);

// The same for worlds from which the same can come, also if only the people are
// swapped: 64 bits of a hash.
uint64_t KeyOf(const World& world);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_MODEL_WORLD_H_
