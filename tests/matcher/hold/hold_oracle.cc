#include "tests/matcher/hold/hold_oracle.h"

#include <algorithm>
#include <tuple>

namespace troupe::testing {

bool HoldOracle::Place(int opening, int start, int limit, int any, int deadline) {
  if (Has(opening)) return false;
  Hold hold = {.opening = opening, .any = any, .deadline = deadline};
  for (int day = start; day < limit; ++day) {
    if (!IsTaken(day)) hold.days.insert(day);
    if (IsTaken(day) && any == 0) return false;
  }
  if (!CanBeMet(hold, hold.days)) return false;
  const int number = holds() + 1;
  holds_[number] = hold;
  order_.push_back(number);
  Join(number);
  return true;
}

bool HoldOracle::Accept(int hold) {
  if (!IsFree(hold) || holds_[hold].state == State::kAccepted) return false;
  holds_[hold].state = State::kAccepted;
  return true;
}

bool HoldOracle::Decline(int hold) {
  if (!IsFree(hold)) return false;
  Leave(hold, State::kDeclined);
  Settle(hour_);
  return true;
}

bool HoldOracle::Release(int hold) {
  if (!IsFree(hold)) return false;
  Leave(hold, State::kReleased);
  Settle(hour_);
  return true;
}

bool HoldOracle::Challenge(int hold) {
  if (!IsFree(hold) || holds_[hold].state != State::kAccepted) return false;
  if (holds_[hold].challenge_until != 0 || Above(hold).empty()) return false;
  holds_[hold].challenge_until = hour_ + 24;
  holds_[hold].challenged = Above(hold);
  return true;
}

bool HoldOracle::Begin(int number) {
  if (!IsFree(number) || holds_[number].state != State::kAccepted) return false;
  Hold& hold = holds_[number];
  std::set<int> usable;
  for (int day : hold.days) {
    if (ladders_[day].front() == number && !IsTaken(day)) usable.insert(day);
  }
  if (hold.any == 0 && usable != hold.days) return false;
  if (static_cast<int>(usable.size()) < hold.any) return false;
  if (hold.any > 0) usable.erase(std::next(usable.begin(), hold.any), usable.end());
  hold.pending = usable;
  return true;
}

void HoldOracle::Resolve(int number, bool commit) {
  Hold& hold = holds_[number];
  if (hold.pending.empty()) return;
  if (!commit) {
    hold.pending.clear();
    hold.free_from = hour_;
    PassTo(hour_);
    return;
  }
  LeaveLadders(number);
  hold.state = State::kBooked;
  hold.days = hold.pending;
  hold.pending.clear();
  hold.challenge_until = 0;
  hold.challenged.clear();
  for (auto& [other_number, other] : holds_) {
    if (!IsActive(other_number)) continue;
    std::set<int> left;
    for (int day : other.days) {
      if (hold.days.count(day) == 0) left.insert(day);
    }
    if (left == other.days) continue;
    if (!CanBeMet(other, left)) {
      other.before = other.state;
      other.released_by = number;
      Leave(other_number, State::kReleased);
    } else {
      LeaveLadders(other_number);
      other.days = left;
      Join(other_number);
    }
  }
  Settle(hour_);
}

bool HoldOracle::Cancel(int number) {
  if (holds_.count(number) == 0 || holds_[number].state != State::kBooked) return false;
  holds_[number].state = State::kCancelled;
  for (auto& [other_number, other] : holds_) {
    if (other.state != State::kReleased || other.released_by != number) continue;
    if (other.deadline <= hour_ || Has(other.opening)) continue;
    std::set<int> left;
    for (int day : other.days) {
      if (!IsTaken(day)) left.insert(day);
    }
    if (!CanBeMet(other, left)) continue;
    other.days = left;
    other.state = other.before;
    other.released_by = 0;
    Join(other_number);
  }
  Settle(hour_);
  return true;
}

void HoldOracle::SetBusy(int day, bool busy) {
  if (busy) {
    busy_.insert(day);
  } else {
    busy_.erase(day);
  }
}

void HoldOracle::PassTo(int hour) {
  hour_ = hour;
  while (DoNextDue()) {
  }
}

std::vector<int> HoldOracle::Ladder(int day) const {
  const auto at = ladders_.find(day);
  return at == ladders_.end() ? std::vector<int>() : at->second;
}

std::set<int> HoldOracle::Booked() const {
  std::set<int> days;
  for (const auto& [number, hold] : holds_) {
    if (hold.state == State::kBooked) days.insert(hold.days.begin(), hold.days.end());
  }
  return days;
}

bool HoldOracle::IsActive(int hold) const {
  const auto at = holds_.find(hold);
  return at != holds_.end() &&
         (at->second.state == State::kOffered || at->second.state == State::kAccepted);
}

bool HoldOracle::IsFree(int hold) const {
  return IsActive(hold) && holds_.at(hold).pending.empty();
}

bool HoldOracle::IsTaken(int day) const {
  if (busy_.count(day) > 0 || Booked().count(day) > 0) return true;
  return std::any_of(holds_.begin(), holds_.end(),
                     [&](const auto& entry) { return entry.second.pending.count(day) > 0; });
}

bool HoldOracle::Has(int opening) const {
  return std::any_of(holds_.begin(), holds_.end(), [&](const auto& entry) {
    return entry.second.opening == opening &&
           (IsActive(entry.first) || entry.second.state == State::kBooked);
  });
}

bool HoldOracle::CanBeMet(const Hold& hold, const std::set<int>& days) const {
  return hold.any == 0 ? !days.empty() && (hold.days.empty() || days == hold.days)
                       : static_cast<int>(days.size()) >= hold.any;
}

std::set<int> HoldOracle::Above(int hold) const {
  std::set<int> above;
  for (int day : holds_.at(hold).days) {
    for (int other : Ladder(day)) {
      if (other == hold) break;
      above.insert(other);
    }
  }
  return above;
}

void HoldOracle::Leave(int hold, State state) {
  LeaveLadders(hold);
  holds_[hold].state = state;
  holds_[hold].challenge_until = 0;
  holds_[hold].challenged.clear();
}

void HoldOracle::LeaveLadders(int hold) {
  for (auto& [day, ladder] : ladders_) {
    ladder.erase(std::remove(ladder.begin(), ladder.end(), hold), ladder.end());
  }
}

void HoldOracle::Join(int hold) {
  for (int day : holds_[hold].days) {
    std::vector<int>& ladder = ladders_[day];
    ladder.clear();
    for (int other : order_) {
      if (IsActive(other) && holds_[other].days.count(day) > 0) ladder.push_back(other);
    }
  }
}

void HoldOracle::Settle(int hour) {
  for (auto& [number, hold] : holds_) {
    if (hold.challenge_until == 0) continue;
    const std::set<int> above = Above(number);
    const bool answering = !hold.challenged.empty();
    std::set<int> left;
    for (int other : hold.challenged) {
      if (above.count(other) > 0) left.insert(other);
    }
    hold.challenged = left;
    if (!left.empty()) continue;
    if (!above.empty()) hold.challenge_until = 0;
    if (above.empty() && answering) hold.challenge_until = hour + 24;
  }
}

// The earliest of all that is due, one at a time.
bool HoldOracle::DoNextDue() {
  std::vector<std::tuple<int, int, int>> due;  // Hour, hold, what.
  for (const auto& [number, hold] : holds_) {
    if (IsFree(number)) due.emplace_back(std::max(hold.deadline, hold.free_from), number, 0);
    if (hold.challenge_until == 0) continue;
    for (int other : hold.challenged) {
      if (!IsFree(other)) continue;
      due.emplace_back(std::max(hold.challenge_until, holds_[other].free_from), other, 1);
    }
    if (hold.challenged.empty() && IsFree(number)) {
      due.emplace_back(std::max(hold.challenge_until, hold.free_from), number, 2);
    }
  }
  std::sort(due.begin(), due.end());
  if (due.empty() || std::get<0>(due.front()) > hour_) return false;
  const auto [hour, number, what] = due.front();
  if (what < 2) {
    Leave(number, what == 0 ? State::kExpired : State::kReleased);
  } else {
    holds_[number].challenge_until = 0;
    order_.erase(std::remove(order_.begin(), order_.end(), number), order_.end());
    order_.push_back(number);
    LeaveLadders(number);
    Join(number);
  }
  Settle(hour);
  return true;
}

}  // namespace troupe::testing
