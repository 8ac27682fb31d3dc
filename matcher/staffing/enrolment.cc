#include "matcher/staffing/enrolment.h"

#include <algorithm>

namespace troupe::staffing {

Enrolment::Enrolment(const TrainingProblem& problem, int64_t budget)
    : problem_(&problem), trainees_(problem.options.size()), money_(budget) {
  for (const Course& course : problem.courses) seats_.push_back(course.seats);
  for (const PeopleType& type : problem.market.people) people_.push_back(type.people);
}

int64_t Enrolment::MostMore(uint32_t option) const {
  const TrainingOption& row = problem_->options[option];
  return std::min({row.people - trainees_[option], seats_[row.course], people_[row.type],
                   money_ / problem_->courses[row.course].cost});
}

void Enrolment::Add(uint32_t option, int64_t people) {
  const TrainingOption& row = problem_->options[option];
  trainees_[option] += people;
  seats_[row.course] -= people;
  people_[row.type] -= people;
  money_ -= people * problem_->courses[row.course].cost;
}

}  // namespace troupe::staffing
