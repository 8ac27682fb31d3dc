#include "matcher/staffing/name_trainees.h"

#include <algorithm>
#include <cstddef>

#include "matcher/staffing/disclosure.h"

namespace troupe::staffing {

std::vector<CourseGroup> NameTrainees(const TrainingProblem& problem, const Trainees& trainees,
                                      std::span<const TypedPerson> people,
                                      absl::FunctionRef<bool(ProfileId)> may_see) {
  std::vector<std::vector<ProfileId>> of_type(problem.market.people.size());
  for (const TypedPerson& person : people) of_type[person.type].push_back(person.profile);
  for (std::vector<ProfileId>& ids : of_type) std::sort(ids.begin(), ids.end());
  std::vector<size_t> next(of_type.size());
  std::vector<CourseGroup> groups(problem.courses.size());
  std::vector<int64_t> others(groups.size());
  for (size_t i = 0; i < trainees.size(); ++i) {
    const TrainingOption& option = problem.options[i];
    for (int64_t count = 0; count < trainees[i]; ++count) {
      const std::vector<ProfileId>& ids = of_type[option.type];
      const size_t at = next[option.type]++;
      if (at < ids.size() && may_see(ids[at])) {
        groups[option.course].named.push_back(ids[at]);
      } else {
        ++others[option.course];
      }
    }
  }
  std::vector<CourseGroup> with_anybody;
  for (uint32_t course = 0; course < groups.size(); ++course) {
    CourseGroup& group = groups[course];
    if (group.named.empty() && others[course] == 0) continue;
    group.course = course;
    std::sort(group.named.begin(), group.named.end());
    const bool is_few = others[course] > 0 && others[course] < kFewestPeople;
    if (!is_few) group.others = others[course];
    with_anybody.push_back(std::move(group));
  }
  return with_anybody;
}

}  // namespace troupe::staffing
