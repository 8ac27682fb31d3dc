#ifndef TROUPE_MATCHER_STAFFING_TRAINING_SAMPLE_H_
#define TROUPE_MATCHER_STAFFING_TRAINING_SAMPLE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/base/executor.h"
#include "matcher/base/stop_token.h"
#include "matcher/staffing/network.h"
#include "matcher/staffing/training.h"
#include "matcher/staffing/week_solver.h"

namespace troupe::staffing {

// What training is worth over some draws of demand: in each, everybody's time is used as
// well as possible, so who was trained and who was not move to where they fill most.
//
// A person's time is the type's divided by its people, rounded down to millidays, so
// that what trainees add is linear in their number. While a course lasts a trainee is
// absent for a share of it; from its end on the share of those who pass holds the new
// role beside the old ones. Thread-compatible.
class TrainingSample {
 public:
  // Draws `first` to `first` + `draws` - 1 of the problem's demand. `problem` is valid
  // and stays. Draws are looked at on `executor`, if it is not null.
  TrainingSample(const TrainingProblem& problem, uint64_t seed, uint64_t first, uint32_t draws,
                 Executor* executor);

  struct Evaluation {
    bool is_stopped = false;     // Then the rest means nothing.
    int64_t worth = 0;           // Of all draws together: 10^-9 role-days.
    // What one person more of an option adds at most, by option, likewise; and what one
    // fewer takes away at least. worth + slopes * (other - trainees) is never below the
    // worth of any other trainees.
    std::vector<int64_t> slopes;
    std::vector<int64_t> worth_of;  // By draw.
  };
  Evaluation Evaluate(const Trainees& trainees, bool with_slopes, const StopToken& stop);

  uint32_t draws() const { return draws_; }
  // Weeks looked at so far, in all draws: the unit of work limits.
  int64_t weeks_solved() const { return weeks_solved_; }
  int64_t WeeksOfEvaluation() const { return int64_t{draws_} * problem_.market.weeks; }

  // Of one trainee of an option in a week, in millidays: what the old type loses, and
  // what the new one has.
  struct Shift {
    int64_t lost = 0;
    int64_t gained = 0;
  };
  Shift ShiftOf(const TrainingOption& option, uint32_t week) const;

 private:
  // The market with those who pass as types of their own, and everybody's time by week.
  struct Trained {
    Network network;
    std::vector<std::vector<int64_t>> supply;
  };
  Trained Train(const Trainees& trainees) const;
  void LookAt(uint32_t draw, const Trained& trained, WeekSolver& solver,
              std::span<int64_t> slopes, int64_t& worth);
  void AddSlopes(const Network& network, std::span<const Gain> prices, uint32_t week,
                 std::span<int64_t> slopes) const;

  const TrainingProblem& problem_;
  const uint32_t draws_;
  Executor* const executor_;
  std::vector<std::vector<int64_t>> demand_;           // By draw.
  std::vector<std::vector<std::vector<Gain>>> guides_;  // By draw and week: prices of before.
  std::vector<Shift> shifts_;                           // By week, then option.
  int64_t weeks_solved_ = 0;
};

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_TRAINING_SAMPLE_H_
