#include "matcher/hold/audit.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "matcher/hold/hold_rules.h"
#include "matcher/hold/hold_window.h"
#include "matcher/hold/ladder.h"

namespace troupe {
namespace {

// Gathers what is wrong, hold by hold.
class Audit {
 public:
  explicit Audit(const Agenda& agenda) : agenda_(agenda) {}

  std::vector<std::string> Broken() && {
    CheckNumbers();
    CheckCounts();
    for (const Hold& hold : agenda_.holds) {
      CheckState(hold);
      CheckWindow(hold);
      CheckConfirmation(hold);
      CheckChallenge(hold);
      CheckOthers(hold);
    }
    return std::move(broken_);
  }

 private:
  void Require(bool holds, absl::string_view name, absl::string_view what) {
    if (!holds) broken_.push_back(absl::StrCat(name, ": ", what));
  }
  void Require(bool holds, absl::string_view name, const Hold& hold, absl::string_view what) {
    Require(holds, name, absl::StrCat("hold ", hold.number, " ", what));
  }

  void CheckNumbers() {
    uint32_t last = 0;
    std::set<uint64_t> positions;
    for (const Hold& hold : agenda_.holds) {
      Require(last < hold.number && hold.number <= agenda_.last_number, "NUMBERS", hold,
              "is out of order");
      Require(positions.insert(hold.position).second && 0 < hold.position &&
                  hold.position <= agenda_.last_position,
              "POSITIONS", hold, "has no position of its own");
      last = hold.number;
    }
  }

  void CheckCounts() {
    std::map<HoldState, int64_t> in;
    for (const Hold& hold : agenda_.holds) ++in[hold.state];
    const HoldCounts counted = {.placed = static_cast<int64_t>(agenda_.holds.size()),
                                .booked = in[HoldState::kBooked] + in[HoldState::kCancelled],
                                .declined = in[HoldState::kDeclined],
                                .released = in[HoldState::kReleased],
                                .expired = in[HoldState::kExpired]};
    Require(counted == agenda_.counts, "COUNTS", "they are not those of the holds");
  }

  void CheckState(const Hold& hold) {
    const bool was_booked = hold.IsBooked() || hold.state == HoldState::kCancelled;
    Require(hold.end.has_value() == !(hold.IsActive() || hold.IsBooked()), "ENDS", hold,
            "has an end and lives, or has ended without one");
    Require(hold.booked.has_value() == was_booked && (hold.seat != 0) == was_booked &&
                static_cast<bool>(hold.decision) == was_booked,
            "BOOKED_BY_DECISION", hold, "is a booking without decision, seat and days, or none");
    Require(hold.history.size() <= kMostHistory && hold.history.size() <= hold.events, "HISTORY",
            hold, "has more events than are kept or were counted");
  }

  void CheckWindow(const Hold& hold) {
    if (hold.IsActive()) {
      Require(EarliestChoice(hold.window, hold.travel_days, hold.days).has_value(), "CAN_BE_MET",
              hold, "stands on days that cannot meet its window");
    }
    if (hold.IsBooked()) {
      Require(hold.booked->All() == hold.days &&
                  ChoiceOf(hold.window, hold.travel_days, hold.booked->work) == hold.booked,
              "BOOKED_AS_ASKED", hold, "is booked on days that its window does not allow");
    }
  }

  void CheckConfirmation(const Hold& hold) {
    if (!hold.confirmation.has_value()) return;
    const Days days = hold.confirmation->days.All();
    Require(hold.state == HoldState::kAccepted && !hold.counter_offer.has_value(),
            "CONFIRMED_IF_ACCEPTED", hold, "is being confirmed, and nobody agreed to it");
    Require(FirstDaysOf(agenda_, hold).ContainsAll(days), "NO_QUEUE_SKIPPED", hold,
            "is being confirmed and is not first");
  }

  void CheckChallenge(const Hold& hold) {
    if (!hold.challenge.has_value()) return;
    const std::vector<uint32_t>& challenged = hold.challenge->challenged;
    Require(hold.state == HoldState::kAccepted, "CHALLENGER_IS_ACCEPTED", hold,
            "challenges and is not accepted");
    if (hold.challenge->phase == Challenge::Phase::kConfirm) {
      Require(challenged.empty() && IsFirstEverywhere(agenda_, hold), "CHALLENGE_WON", hold,
              "is to confirm and is not first");
      return;
    }
    std::set<uint32_t> above;
    for (const Hold* other : Above(agenda_, hold)) above.insert(other->number);
    Require(!challenged.empty() && std::is_sorted(challenged.begin(), challenged.end()) &&
                std::includes(above.begin(), above.end(), challenged.begin(), challenged.end()),
            "CHALLENGES_THOSE_ABOVE", hold, "challenges holds that are not above it");
  }

  void CheckOthers(const Hold& hold) {
    for (const Hold& other : agenda_.holds) {
      if (other.number <= hold.number) continue;
      const bool both_live = (hold.IsActive() || hold.IsBooked()) &&
                             (other.IsActive() || other.IsBooked());
      Require(!both_live || hold.opening != other.opening, "ONE_HOLD_AN_OPENING", other,
              "is for the opening of another that lives");
      if (!both_live) continue;
      const bool share_a_day = hold.days.Meets(other.days);
      Require(!(share_a_day && hold.IsBooked() && other.IsBooked()), "NO_DOUBLE_BOOKING", other,
              "shares a day with another booking");
      Require(!(share_a_day && hold.IsBooked() != other.IsBooked()), "BOOKED_DAYS_ARE_CLEAR",
              other, "shares a day with a hold, or a booking, that it excludes");
      Require(!(hold.IsUndecided() && other.IsUndecided() &&
                hold.confirmation->days.All().Meets(other.confirmation->days.All())),
              "PENDING_ONCE", other, "is being confirmed for a day of another confirmation");
    }
  }

  const Agenda& agenda_;
  std::vector<std::string> broken_;
};

}  // namespace

std::vector<std::string> BrokenInvariants(const Agenda& agenda) { return Audit(agenda).Broken(); }

}  // namespace troupe
