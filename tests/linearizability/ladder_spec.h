#ifndef TROUPE_TESTS_LINEARIZABILITY_LADDER_SPEC_H_
#define TROUPE_TESTS_LINEARIZABILITY_LADDER_SPEC_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace troupe::testing {

// What a client asks about one person's holds. All holds ask for all their days.
struct LadderCall {
  enum class Verb { kPlace, kAccept, kDecline, kRelease, kChallenge, kConfirm, kCancel, kRead };
  Verb verb = Verb::kRead;
  int hold = 0;       // Its number; of kPlace 0.
  int opening = 0;    // Of kPlace.
  uint32_t days = 0;  // Of kPlace: a bit each.

  friend bool operator==(const LadderCall&, const LadderCall&) = default;
};

// A hold as a reader sees it.
struct LadderEntry {
  char state = 'O';  // O offered, A accepted, B booked, D declined, R released, C cancelled.
  bool pending = false;
  std::vector<int> ranks;  // On its days in order; empty unless it is O or A.

  friend bool operator==(const LadderEntry&, const LadderEntry&) = default;
};

// What the client was answered.
struct LadderAnswer {
  std::string reason;              // Why it was refused; empty: it was not.
  int hold = 0;                    // Of kPlace: the number that was given.
  std::vector<LadderEntry> holds;  // Of kRead: all, by number.

  friend bool operator==(const LadderAnswer&, const LadderAnswer&) = default;
};

// One person's ladder as the specification has it, for one call at a time and
// while no deadline passes. Written from deploy/docs/holds.md, apart from
// matcher/hold, and so small that it can be read through. A value.
class LadderSpec {
 public:
  // True if `call` may be answered with `answer` now; then it has been done.
  // Confirming takes two steps: this one is that of the intent, which is also
  // all of a call that is refused.
  bool Do(const LadderCall& call, const LadderAnswer& answer);

  // The second step of confirming `hold`: the seat was given, or was not. False
  // if it is not being confirmed.
  bool Decide(int hold, bool booked);

  // Equal texts mean equal states.
  std::string Fingerprint() const;

 private:
  struct Hold {
    int opening = 0;
    uint32_t days = 0;
    char state = 'O';
    bool pending = false;
    bool challenges = false;
    std::set<int> challenged;  // Empty while it challenges: it may confirm.
    int booked_by = 0;         // Of 'R': whose booking released it.
    char state_before = 'O';

    bool IsActive() const { return state == 'O' || state == 'A'; }
    bool Lives() const { return IsActive() || state == 'B'; }
  };

  std::string Refusal(const LadderCall& call) const;
  void Take(const LadderCall& call);
  Hold& At(int number) { return holds_[static_cast<size_t>(number - 1)]; }
  const Hold& At(int number) const { return holds_[static_cast<size_t>(number - 1)]; }
  bool Exists(int number) const {
    return number >= 1 && number <= static_cast<int>(holds_.size());
  }
  std::set<int> Above(int number) const;
  uint32_t TakenDays() const;  // Booked or pending.
  bool OpeningLives(int opening) const;
  void End(int number, char state);
  void Settle();
  std::vector<LadderEntry> Shown() const;

  std::vector<Hold> holds_;  // In the order of the ladders, which no deadline changes.
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_LINEARIZABILITY_LADDER_SPEC_H_
