#ifndef TROUPE_MATCHER_STAFFING_EXPLAIN_TRAINING_H_
#define TROUPE_MATCHER_STAFFING_EXPLAIN_TRAINING_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/stop_token.h"
#include "matcher/staffing/training.h"

namespace troupe::staffing {

// Role-days in a cell over all weeks, on average over draws.
struct CellDays {
  uint32_t cell = 0;  // Role * cities + city.
  double role_days = 0;
};

// Why some people learn a role: what would be without them, all else as planned and
// everybody's time used as well as possible again.
struct TrainingReason {
  uint32_t option = 0;
  int64_t people = 0;
  double role_days = 0;         // More than without them, by productivity; absence counted.
  std::vector<CellDays> fills;  // Where they work in the new role.
  // Where more is filled though they do not work there in the new role: by those whom
  // they let move. Most role-days first, as above.
  std::vector<CellDays> frees;
};

struct ExplainOptions {
  uint32_t draws = 4;
  uint64_t seed = 1;  // As of the plan: its first draws.
};

// A reason for each option of which somebody is trained. Of a valid problem and feasible
// trainees. Work grows with options x draws x weeks. CANCELLED.
absl::StatusOr<std::vector<TrainingReason>> ExplainTraining(const TrainingProblem& problem,
                                                            const Trainees& trainees,
                                                            const ExplainOptions& options,
                                                            const StopToken& stop);

// The same by course, summed, for those who may not see people: types can be single ones.
// Courses with fewer people than `least_people` are left out: those that figures are
// published of are kFewestPeople of disclosure.h.
struct CourseReason {
  uint32_t course = 0;
  int64_t people = 0;
  double role_days = 0;  // A sum over types: more than without all of them is another thing.
  std::vector<CellDays> fills;
  std::vector<CellDays> frees;
};
std::vector<CourseReason> ReasonsByCourse(const TrainingProblem& problem,
                                          const std::vector<TrainingReason>& reasons,
                                          int64_t least_people);

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_EXPLAIN_TRAINING_H_
