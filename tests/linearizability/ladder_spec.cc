#include "tests/linearizability/ladder_spec.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace troupe::testing {
namespace {

using Verb = LadderCall::Verb;

constexpr int kBits = 32;
// Lost against others again and again: nothing was done.
constexpr char kContended[] = "AGENDA_CONTENDED";

}  // namespace

bool LadderSpec::Do(const LadderCall& call, const LadderAnswer& answer) {
  if (answer.reason == kContended) return true;
  if (call.verb == Verb::kRead) return answer.reason.empty() && answer.holds == Shown();
  if (call.verb == Verb::kPlace) {
    const bool exists = OpeningLives(call.opening);
    const bool taken = (TakenDays() & call.days) != 0;
    // When both are so, either may be said.
    if (answer.reason == "HOLD_EXISTS") return exists;
    if (answer.reason == "DAYS_NOT_FREE") return taken;
    if (!answer.reason.empty() || exists || taken) return false;
    holds_.push_back({.opening = call.opening, .days = call.days});
    return answer.hold == static_cast<int>(holds_.size());
  }
  if (!Exists(call.hold) || Refusal(call) != answer.reason) return false;
  if (answer.reason.empty()) Take(call);
  return true;
}

// Why `call` about a hold cannot be done; empty if it can.
std::string LadderSpec::Refusal(const LadderCall& call) const {
  const Hold& hold = At(call.hold);
  if (call.verb == Verb::kCancel) return hold.state == 'B' ? "" : "NOT_BOOKED";
  if (!hold.IsActive()) return "HOLD_ENDED";
  if (hold.pending) return "CONFIRMATION_PENDING";
  const bool first = Above(call.hold).empty();
  switch (call.verb) {
    case Verb::kAccept:
      return hold.state == 'A' ? "ALREADY_ACCEPTED" : "";
    case Verb::kChallenge:
      if (hold.state != 'A') return "NOT_ACCEPTED";
      if (first) return "ALREADY_FIRST";
      return hold.challenges ? "ALREADY_CHALLENGING" : "";
    case Verb::kConfirm:
      if (hold.state != 'A') return "NOT_ACCEPTED";
      return first ? "" : "NOT_FIRST";
    default:
      return "";
  }
}

void LadderSpec::Take(const LadderCall& call) {
  Hold& hold = At(call.hold);
  switch (call.verb) {
    case Verb::kAccept:
      hold.state = 'A';
      break;
    case Verb::kDecline:
      End(call.hold, 'D');
      break;
    case Verb::kRelease:
      End(call.hold, 'R');
      break;
    case Verb::kChallenge:
      hold.challenges = true;
      hold.challenged = Above(call.hold);
      break;
    case Verb::kConfirm:
      hold.pending = true;
      break;
    case Verb::kCancel: {
      hold.state = 'C';
      // What it released comes back, the older first.
      for (Hold& other : holds_) {
        if (other.state != 'R' || other.booked_by != call.hold) continue;
        if (OpeningLives(other.opening) || (TakenDays() & other.days) != 0) continue;
        other.state = other.state_before;
        other.booked_by = 0;
      }
      Settle();
      break;
    }
    default:
      break;
  }
}

bool LadderSpec::Decide(int number, bool booked) {
  if (!Exists(number) || !At(number).pending) return false;
  Hold& hold = At(number);
  hold.pending = false;
  if (!booked) return true;
  hold.state = 'B';
  hold.challenges = false;
  hold.challenged.clear();
  for (int other = 1; other <= static_cast<int>(holds_.size()); ++other) {
    if (!At(other).IsActive() || (At(other).days & hold.days) == 0) continue;
    At(other).state_before = At(other).state;
    At(other).booked_by = number;
    End(other, 'R');
  }
  Settle();
  return true;
}

void LadderSpec::End(int number, char state) {
  At(number).state = state;
  At(number).challenges = false;
  At(number).challenged.clear();
  Settle();
}

// A challenge is answered once all challenged have gone. It is over if others
// stand above then, or come to stand there.
void LadderSpec::Settle() {
  for (int number = 1; number <= static_cast<int>(holds_.size()); ++number) {
    Hold& hold = At(number);
    if (!hold.challenges) continue;
    const std::set<int> above = Above(number);
    const bool was_answered = hold.challenged.empty();
    std::erase_if(hold.challenged, [&](int other) { return !above.contains(other); });
    if (hold.challenged.empty() && !above.empty()) hold.challenges = false;
    if (was_answered && !above.empty()) hold.challenges = false;
  }
}

std::set<int> LadderSpec::Above(int number) const {
  std::set<int> above;
  for (int other = 1; other < number; ++other) {
    if (At(other).IsActive() && (At(other).days & At(number).days) != 0) above.insert(other);
  }
  return above;
}

uint32_t LadderSpec::TakenDays() const {
  uint32_t days = 0;
  for (const Hold& hold : holds_) {
    if (hold.pending || hold.state == 'B') days |= hold.days;
  }
  return days;
}

bool LadderSpec::OpeningLives(int opening) const {
  return std::any_of(holds_.begin(), holds_.end(), [&](const Hold& hold) {
    return hold.opening == opening && hold.Lives();
  });
}

std::vector<LadderEntry> LadderSpec::Shown() const {
  std::vector<LadderEntry> shown;
  for (size_t i = 0; i < holds_.size(); ++i) {
    LadderEntry entry{.state = holds_[i].state, .pending = holds_[i].pending, .ranks = {}};
    for (int day = 0; holds_[i].IsActive() && day < kBits; ++day) {
      const uint32_t bit = uint32_t{1} << day;
      if ((holds_[i].days & bit) == 0) continue;
      entry.ranks.push_back(1 + static_cast<int>(std::count_if(
                                    holds_.begin(), holds_.begin() + static_cast<std::ptrdiff_t>(i),
                                    [&](const Hold& other) {
                                      return other.IsActive() && (other.days & bit) != 0;
                                    })));
    }
    shown.push_back(std::move(entry));
  }
  return shown;
}

std::string LadderSpec::Fingerprint() const {
  return absl::StrJoin(holds_, ";", [](std::string* out, const Hold& hold) {
    absl::StrAppend(out, hold.opening, ",", hold.days, ",", std::string(1, hold.state), ",",
                    hold.pending, hold.challenges, ",", absl::StrJoin(hold.challenged, "+"), ",",
                    hold.booked_by, std::string(1, hold.state_before));
  });
}

}  // namespace troupe::testing
