#ifndef TROUPE_MATCHER_STAFFING_ENROLMENT_H_
#define TROUPE_MATCHER_STAFFING_ENROLMENT_H_

#include <cstdint>
#include <vector>

#include "matcher/staffing/training.h"

namespace troupe::staffing {

// Trainees as they are chosen, and what seats, people and money are left: every change
// keeps them feasible. Thread-compatible.
class Enrolment {
 public:
  // Nobody, with `budget` yuan.
  Enrolment(const TrainingProblem& problem, int64_t budget);

  // How many more of an option there could be, now.
  int64_t MostMore(uint32_t option) const;
  void Add(uint32_t option, int64_t people);  // Fewer, if below 0.

  const Trainees& trainees() const { return trainees_; }
  int64_t money() const { return money_; }

 private:
  const TrainingProblem* problem_;
  Trainees trainees_;
  std::vector<int64_t> seats_;   // Left, by course.
  std::vector<int64_t> people_;  // Left, by type.
  int64_t money_;
};

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_ENROLMENT_H_
