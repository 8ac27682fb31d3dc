#ifndef TROUPE_TESTS_TESTING_TRAINING_ORACLE_H_
#define TROUPE_TESTS_TESTING_TRAINING_ORACLE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "matcher/staffing/training.h"

namespace troupe::testing {

// What deploy/docs/staffing.md says of training, as loops over plain values: every choice
// of trainees, and the worth of each by augmenting paths, arc by arc. Shares the problem
// with the engine, and the draws of demand.
class TrainingOracle {
 public:
  TrainingOracle(const staffing::TrainingProblem& problem, uint64_t seed, uint32_t draws);

  // Of all draws together, in 10^-9 role-days.
  int64_t WorthOf(const staffing::Trainees& trainees) const;

  // Calls `visit` with each feasible choice.
  void ForEach(const std::function<void(const staffing::Trainees&)>& visit) const;

 private:
  const staffing::TrainingProblem& problem_;
  std::vector<std::vector<int64_t>> demand_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_TRAINING_ORACLE_H_
