#ifndef TROUPE_TESTS_MATCHER_HOLD_HOLD_ORACLE_H_
#define TROUPE_TESTS_MATCHER_HOLD_HOLD_ORACLE_H_

#include <cstdint>
#include <map>
#include <set>
#include <vector>

namespace troupe::testing {

// Ladders in the plainest way: for each day a list of holds, in order, that
// every command goes through. All-days holds and holds of any k days, without
// travel; hours instead of times.
class HoldOracle {
 public:
  enum class State { kOffered, kAccepted, kBooked, kDeclined, kReleased, kExpired, kCancelled };

  // False if it is refused. Holds are numbered from 1.
  bool Place(int opening, int start, int limit, int any, int deadline);
  bool Accept(int hold);
  bool Decline(int hold);
  bool Release(int hold);
  bool Challenge(int hold);
  bool Begin(int hold);
  void Resolve(int hold, bool commit);
  bool Cancel(int hold);
  void SetBusy(int day, bool busy);
  void PassTo(int hour);

  int holds() const { return static_cast<int>(holds_.size()); }
  State StateOf(int hold) const { return holds_.at(hold).state; }
  std::vector<int> Ladder(int day) const;
  std::set<int> Booked() const;

 private:
  struct Hold {
    int opening = 0;
    int any = 0;  // 0: all days.
    State state = State::kOffered;
    State before = State::kOffered;
    int deadline = 0;
    std::set<int> days;
    std::set<int> pending;  // While its confirmation is undecided.
    int released_by = 0;
    int challenge_until = 0;  // 0: it does not challenge.
    std::set<int> challenged;
    int free_from = 0;  // Nothing falls due before.
  };

  bool IsActive(int hold) const;
  bool IsFree(int hold) const;  // Active, and not being confirmed.
  bool IsTaken(int day) const;
  bool Has(int opening) const;
  bool CanBeMet(const Hold& hold, const std::set<int>& days) const;
  std::set<int> Above(int hold) const;
  void Leave(int hold, State state);
  void LeaveLadders(int hold);
  void Join(int hold);
  void Settle(int hour);
  bool DoNextDue();

  int hour_ = 0;
  std::map<int, Hold> holds_;
  std::map<int, std::vector<int>> ladders_;  // Day to holds, the first option first.
  std::vector<int> order_;                   // All holds, as they queue up.
  std::set<int> busy_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_MATCHER_HOLD_HOLD_ORACLE_H_
