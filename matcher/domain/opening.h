#ifndef TROUPE_MATCHER_DOMAIN_OPENING_H_
#define TROUPE_MATCHER_DOMAIN_OPENING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/base/day.h"
#include "matcher/base/ids.h"
#include "matcher/domain/casting.h"
#include "matcher/domain/label.h"
#include "matcher/domain/money.h"

namespace troupe {

// Days out of a span: all of them, any `days`, or a run of `days`. Days before
// the day of a question ask nothing of anybody.
struct Window {
  enum class Rule : uint8_t {  // Stored: never renumber.
    kAllDays = 1,
    kAnyDays = 2,
    kContiguousDays = 3,
  };
  DaySpan span;
  Rule rule = Rule::kAllDays;
  int32_t days = 0;  // 1 to the span's length; 0 for kAllDays.

  friend bool operator==(const Window&, const Window&) = default;
};

// One of an opening's headcount. No profile: the seat is empty.
struct Seat {
  int32_t number = 0;  // From 1.
  ProfileId profile;
  // The booking by which `profile` sits there: the number of its hold. 0: the
  // project's owner put it there by hand.
  uint32_t hold = 0;

  friend bool operator==(const Seat&, const Seat&) = default;
};

// A skill that an opening asks for.
struct WantedSkill {
  std::string skill;
  int32_t level = 0;  // 1 to 5.
  bool required = false;  // Below `level`, a profile is not eligible.

  friend bool operator==(const WantedSkill&, const WantedSkill&) = default;
};

// A person who is already on a project, and in which roles.
struct Attached {
  ProfileId profile;
  std::vector<std::string> roles;

  friend bool operator==(const Attached&, const Attached&) = default;
};

// What a project needs in one role.
struct Opening {
  enum class State : uint8_t {  // Stored: never renumber.
    kDraft = 1,
    kOpen = 2,
    kClosed = 3,
  };
  uint32_t number = 0;  // 0: not numbered yet.
  std::string role;
  std::vector<Seat> seats;  // As many as the headcount, numbered 1, 2, ...
  State state = State::kDraft;
  std::optional<Window> window;  // None, and no blocks: calendars are not looked at.
  // Instead of one window: several, of which `blocks_needed` (0: all) are to be
  // worked, each a journey of its own. In order, not overlapping. Those that are
  // over ask nothing: of those left, as many are needed, or all if they are fewer.
  std::vector<Window> blocks;
  int32_t blocks_needed = 0;
  std::optional<Money> pay_ceiling;
  std::vector<WantedSkill> skills;  // Each skill once.
  std::vector<std::string> languages;  // All required.
  std::vector<std::string> credentials;  // All required.
  std::vector<Label> genres;  // Empty: the project's.
  std::string place;          // Empty: the project's.
  std::vector<Attached> attached;
  bool trainees_allowed = false;
  CastingRequirement casting;  // Asks nothing unless the role is a cast role.

  int32_t OpenSeats() const;
  bool IsFilled() const { return OpenSeats() == 0; }
  // The days from the first to the last that the window or any block may take;
  // none if no dates are asked for.
  std::optional<DaySpan> Dates() const;
  // Moves the window, or all blocks, by so many days.
  void MoveDates(int32_t days);

  friend bool operator==(const Opening&, const Opening&) = default;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_OPENING_H_
