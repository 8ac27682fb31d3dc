#ifndef TROUPE_MATCHER_STAFFING_TRAINING_H_
#define TROUPE_MATCHER_STAFFING_TRAINING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "matcher/staffing/demand_model.h"
#include "matcher/staffing/market.h"

namespace troupe::staffing {

// Where and when a further role is taught.
struct Course {
  std::string id;
  uint32_t role = 0;  // That it teaches.
  uint32_t city = 0;
  uint32_t start_week = 0;
  uint32_t weeks = 1;  // Who passes holds the role from `start_week` + `weeks` on.
  int64_t cost = 0;    // Yuan a person.
  int64_t seats = 0;
  int64_t success_millionths = kMillionths;       // Of those who take it, who pass.
  int64_t productivity_millionths = kMillionths;  // In the new role, of who has passed.
  int64_t absence_millionths = kMillionths;       // Of people's time, while it lasts.

  friend bool operator==(const Course&, const Course&) = default;
};

// People of one type who may take one course: they do not hold its role, can get there,
// and wish to learn it. A plan says how many do.
struct TrainingOption {
  uint32_t type = 0;
  uint32_t course = 0;
  int64_t people = 0;  // At most.

  friend auto operator<=>(const TrainingOption&, const TrainingOption&) = default;
};

// What a plan is made from. The market's demand is what is expected.
struct TrainingProblem {
  Market market;
  std::vector<Course> courses;
  std::vector<TrainingOption> options;  // By type and course; none twice.
  int64_t budget = 0;                   // Yuan.
  Regime regime = Regime::kPoisson;     // How demand strays.
};

// Everybody who may: by type, course of a role that the type does not hold in a city
// that it reaches. All of a type, where nothing is known of who wishes to.
std::vector<TrainingOption> AllOptions(const Market& market, const std::vector<Course>& courses);

// OK, or INVALID_ARGUMENT that names what is wrong by its row and how to mend it.
absl::Status ValidateTraining(const TrainingProblem& problem);

// What one trainee changes in a week: millidays that people of the old type lose, and
// that those who passed have. A person's time is the type's divided by its people,
// rounded down to millidays, so that what trainees change is linear in their number. While
// a course lasts a trainee is absent for a share of it; from its end on the share of those
// who pass holds the new role beside the old ones. Without loss there is no gain; if there
// is a gain it is as much as the loss.
struct TimeShift {
  int64_t lost = 0;
  int64_t gained = 0;
};
TimeShift ShiftOf(const TrainingProblem& problem, const TrainingOption& option, uint32_t week);

// The crafts of people of the option who passed.
std::vector<Craft> CraftsAfter(const TrainingProblem& problem, const TrainingOption& option);

// How many of each option are trained: what plans and policies choose. Feasible if none
// is above its option's people, their type's people, its course's seats, and all within
// the budget.
using Trainees = std::vector<int64_t>;
bool IsFeasible(const TrainingProblem& problem, const Trainees& trainees);
int64_t CostOf(const TrainingProblem& problem, const Trainees& trainees);

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_TRAINING_H_
