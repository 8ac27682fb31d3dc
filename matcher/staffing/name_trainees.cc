#include "matcher/staffing/name_trainees.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "matcher/staffing/disclosure.h"

namespace troupe::staffing {

std::vector<ChosenPerson> ChooseTrainees(const TrainingProblem& problem,
                                         const Trainees& trainees,
                                         std::span<const TypedPerson> people) {
  std::vector<std::vector<ProfileId>> of_type(problem.market.people.size());
  for (const TypedPerson& person : people) of_type[person.type].push_back(person.profile);
  for (std::vector<ProfileId>& ids : of_type) std::sort(ids.begin(), ids.end());
  std::vector<size_t> next(of_type.size());
  std::vector<ChosenPerson> chosen;
  for (size_t i = 0; i < trainees.size(); ++i) {
    const TrainingOption& option = problem.options[i];
    const std::vector<ProfileId>& ids = of_type[option.type];
    for (int64_t count = 0; count < trainees[i]; ++count) {
      const size_t at = next[option.type]++;
      chosen.push_back({option.course, at < ids.size() ? ids[at] : ProfileId()});
    }
  }
  return chosen;
}

std::vector<CourseGroup> NameTrainees(std::span<const ChosenPerson> chosen,
                                      absl::FunctionRef<bool(ProfileId)> may_see) {
  std::map<uint32_t, CourseGroup> groups;
  for (const ChosenPerson& person : chosen) {
    CourseGroup& group = groups.try_emplace(person.course, CourseGroup{.others = 0}).first->second;
    if (person.profile && may_see(person.profile)) {
      group.named.push_back(person.profile);
    } else {
      ++*group.others;
    }
  }
  std::vector<CourseGroup> told;
  for (auto& [course, group] : groups) {
    group.course = course;
    std::sort(group.named.begin(), group.named.end());
    if (0 < *group.others && *group.others < kFewestPeople) group.others.reset();
    told.push_back(std::move(group));
  }
  return told;
}

}  // namespace troupe::staffing
