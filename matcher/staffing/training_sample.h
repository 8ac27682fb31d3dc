#ifndef TROUPE_MATCHER_STAFFING_TRAINING_SAMPLE_H_
#define TROUPE_MATCHER_STAFFING_TRAINING_SAMPLE_H_

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "matcher/base/executor.h"
#include "matcher/base/stop_token.h"
#include "matcher/staffing/demand_model.h"
#include "matcher/staffing/network.h"
#include "matcher/staffing/training.h"
#include "matcher/staffing/week_solver.h"

namespace troupe::staffing {

// What training is worth over some draws of demand: in each, everybody's time is used as
// well as possible, so who was trained and who was not move to where they fill most.
// Thread-compatible.
class TrainingSample {
 public:
  // Draws `first` to `first` + `draws` - 1 of the problem's demand. `problem` is valid
  // and stays. Draws are looked at on `executor`, if it is not null. Keeps what each week
  // was solved to: some 60 kB a week of a draw for a market of 1,200 types, and the next
  // evaluation goes on from there.
  TrainingSample(const TrainingProblem& problem, uint64_t seed, uint64_t first, uint32_t draws,
                 Executor* executor);

  struct Evaluation {
    bool is_stopped = false;  // Then the rest means nothing, and it is the last one.
    int64_t worth = 0;        // Of all draws together: 10^-9 role-days.
    // What one person more of an option adds at most, by option, likewise; and what one
    // fewer takes away at least. worth + slopes * (other - trainees) is never below the
    // worth of any other trainees.
    std::vector<int64_t> slopes;
    std::vector<int64_t> worth_of;  // By draw.
  };
  Evaluation Evaluate(const Trainees& trainees, bool with_slopes, const StopToken& stop);

  // The worth of each contender in each draw, by contender; nothing is kept of what was
  // solved. `on_draws`, unless it is null, is called with the draws that are done, from
  // the threads of the executor. Empty if it was stopped. To be asked before the first
  // Evaluate().
  std::vector<std::vector<int64_t>> WorthOfEach(const std::vector<Trainees>& contenders,
                                                const std::function<void(int64_t draws)>& on_draws,
                                                const StopToken& stop);

  uint32_t draws() const { return draws_; }
  // Weeks looked at so far, in all draws: the unit of work limits.
  int64_t weeks_solved() const { return weeks_solved_; }
  int64_t WeeksOfEvaluation() const { return int64_t{draws_} * problem_.market.weeks; }

 private:
  // People of a type who in a week pass to another one, or are absent if that is theirs;
  // who come back from it, if below 0.
  struct Change {
    uint32_t type;
    uint32_t to;
    int64_t millidays;
  };
  using Changes = std::vector<std::vector<Change>>;  // By week.
  // All that differs between `trainees` and those of the last evaluation.
  Changes ChangesTo(const Trainees& trainees);
  uint32_t TrainedType(uint32_t option);
  void LookAt(uint32_t draw, const Changes& changes, WeekSolver& solver,
              std::span<int64_t> slopes, int64_t& worth);
  static void Apply(const Change& change, WeekSolver& solver);
  void AddSlopes(std::span<const Gain> prices, uint32_t week, std::span<int64_t> slopes) const;

  const TrainingProblem& problem_;
  const DemandModel model_;
  const uint64_t seed_;
  const uint64_t first_;
  const uint32_t draws_;
  Executor* const executor_;
  std::vector<TimeShift> shifts_;  // By week, then option.
  // The market's types, then, as they come, those who passed, by option.
  Network network_;
  std::vector<uint32_t> trained_type_;
  std::vector<std::vector<int64_t>> supply_;            // Of nobody trained, by week.
  std::vector<std::vector<Gain>> guides_;               // By week, where demand is expected.
  std::vector<std::vector<WeekSolver::State>> states_;  // By draw, then week; none at first.
  Trainees at_;                                         // Of the last evaluation.
  int64_t weeks_solved_ = 0;
};

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_TRAINING_SAMPLE_H_
