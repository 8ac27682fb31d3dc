#ifndef TROUPE_MATCHER_STAFFING_CUT_POOL_H_
#define TROUPE_MATCHER_STAFFING_CUT_POOL_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "matcher/staffing/training.h"

namespace troupe::staffing {

// What is known from above of the worth of training: each evaluation of some trainees
// gives a linear function that no trainees are worth more than (J. F. Benders 1962).
// Thread-compatible.
class CutPool {
 public:
  explicit CutPool(const TrainingProblem& problem);

  // Of an evaluation at `trainees`.
  void Add(const Trainees& trainees, int64_t worth, std::span<const int64_t> slopes);

  // No feasible trainees are worth more than `bound`: a mix of all cuts, with a price on
  // people of each type, as they can take one course each; the best that `rounds` rounds
  // find, over trainees that need not be whole. `reached`: what some feasible ones are worth.
  // `trainees` are near those that cuts let be worth the most, and nearly feasible.
  // O(rounds x options x (cuts + log)).
  struct Relaxation {
    int64_t bound = 0;
    std::vector<double> trainees;
  };
  Relaxation Relax(int rounds, int64_t reached);

  // Feasible whole trainees that cuts let be worth the most, and what they let it be; or
  // that none can be worth more than `best`. nullopt if that takes more than `steps`.
  struct Candidate {
    int64_t bound = 0;
    Trainees trainees;  // Empty if none can be better.
  };
  std::optional<Candidate> MostPromising(int64_t best, int64_t steps) const;

  size_t size() const { return cuts_.size(); }

 private:
  struct Cut {
    int64_t constant = 0;  // What it says of nobody trained.
    std::vector<int64_t> slopes;
  };

  // The most that sums of `slopes` reach, within seats, people of an option and the
  // budget, but not of a type, in parts of people; and where.
  double MostOf(std::span<const double> slopes, std::span<double> at);

  const TrainingProblem& problem_;
  std::vector<Cut> cuts_;
  std::vector<uint32_t> order_;
  std::vector<double> seats_left_;
};

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_CUT_POOL_H_
