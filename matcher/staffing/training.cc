#include "matcher/staffing/training.h"

#include <algorithm>
#include <cstddef>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/staffing/validate_market.h"

namespace troupe::staffing {
namespace {

constexpr int64_t kMostYuan = 1'000'000'000'000;
constexpr int64_t kMostSeats = 10'000'000;

bool Holds(const PeopleType& type, uint32_t role) {
  return std::any_of(type.crafts.begin(), type.crafts.end(),
                     [&](const Craft& craft) { return craft.role == role; });
}

bool Reaches(const Reach& reach, uint32_t city) {
  return reach.home == city ||
         std::any_of(reach.away.begin(), reach.away.end(),
                     [&](const Destination& to) { return to.city == city; });
}

void CheckRange(Violations& found, absl::string_view field, int64_t value, int64_t least,
                int64_t most) {
  if (value >= least && value <= most) return;
  found.Add(field, absl::StrCat("is ", value), absl::StrCat("give ", least, " to ", most));
}

void CheckCourse(const Market& market, const Course& course, absl::string_view field,
                 Violations& found) {
  const auto check = [&](absl::string_view name, int64_t value, int64_t least, int64_t most) {
    CheckRange(found, absl::StrCat(field, ".", name), value, least, most);
  };
  if (course.id.empty()) found.Add(absl::StrCat(field, ".id"), "is empty", "give an id");
  check("role", course.role, 0, static_cast<int64_t>(market.roles.size()) - 1);
  check("city", course.city, 0, static_cast<int64_t>(market.cities.size()) - 1);
  check("start_week", course.start_week, 0, market.weeks);
  check("weeks", course.weeks, 0, kMostWeeks);
  check("cost", course.cost, 1, kMostYuan);
  check("seats", course.seats, 0, kMostSeats);
  check("success_millionths", course.success_millionths, 0, kMillionths);
  check("productivity_millionths", course.productivity_millionths, 1, kMillionths);
  check("absence_millionths", course.absence_millionths, 0, kMillionths);
}

void CheckOption(const TrainingProblem& problem, const TrainingOption& option,
                 absl::string_view field, Violations& found) {
  const Market& market = problem.market;
  if (option.type >= market.people.size() || option.course >= problem.courses.size()) {
    found.Add(field, "names a type or a course that is not there", "name rows from 0");
    return;
  }
  const PeopleType& type = market.people[option.type];
  const Course& course = problem.courses[option.course];
  CheckRange(found, absl::StrCat(field, ".people"), option.people, 0, type.people);
  if (Holds(type, course.role)) {
    found.Add(absl::StrCat(field, ".course"), "teaches a role that the type holds",
              "leave the option out");
  }
  if (!Reaches(market.reaches[type.reach], course.city)) {
    found.Add(absl::StrCat(field, ".course"), "is in a city that the type does not reach",
              "leave the option out");
  }
}

}  // namespace

std::vector<TrainingOption> AllOptions(const Market& market, const std::vector<Course>& courses) {
  std::vector<TrainingOption> options;
  for (uint32_t row = 0; row < market.people.size(); ++row) {
    const PeopleType& type = market.people[row];
    if (type.people == 0) continue;
    for (uint32_t at = 0; at < courses.size(); ++at) {
      if (Holds(type, courses[at].role)) continue;
      if (!Reaches(market.reaches[type.reach], courses[at].city)) continue;
      options.push_back({.type = row, .course = at, .people = type.people});
    }
  }
  return options;
}

absl::Status ValidateTraining(const TrainingProblem& problem) {
  TROUPE_RETURN_IF_ERROR(ValidateMarket(problem.market));
  Violations found;
  absl::flat_hash_set<absl::string_view> ids;
  for (size_t i = 0; i < problem.courses.size(); ++i) {
    const std::string field = absl::StrCat("courses[", i, "]");
    CheckCourse(problem.market, problem.courses[i], field, found);
    if (!ids.insert(problem.courses[i].id).second) {
      found.Add(absl::StrCat(field, ".id"), "is the id of an earlier row", "name each once");
    }
  }
  for (size_t i = 0; i < problem.options.size(); ++i) {
    const std::string field = absl::StrCat("options[", i, "]");
    CheckOption(problem, problem.options[i], field, found);
    const auto key = [&](size_t row) {
      return std::pair(problem.options[row].type, problem.options[row].course);
    };
    if (i > 0 && key(i - 1) >= key(i)) {
      found.Add(field, "does not follow the one before", "sort by type and course, each once");
    }
  }
  CheckRange(found, "budget", problem.budget, 0, kMostYuan);
  return found.ToStatus();
}

TimeShift ShiftOf(const TrainingProblem& problem, const TrainingOption& option, uint32_t week) {
  const PeopleType& type = problem.market.people[option.type];
  const Course& course = problem.courses[option.course];
  if (week < course.start_week || type.people == 0) return {};
  const int64_t own = type.millidays[week] / type.people;
  if (week < course.start_week + course.weeks) {
    return {.lost = own * course.absence_millionths / kMillionths};
  }
  const int64_t passed = own * course.success_millionths / kMillionths;
  return {.lost = passed, .gained = passed};
}

std::vector<Craft> CraftsAfter(const TrainingProblem& problem, const TrainingOption& option) {
  const Course& course = problem.courses[option.course];
  std::vector<Craft> crafts = problem.market.people[option.type].crafts;
  crafts.push_back({.role = course.role,
                    .productivity_millionths = course.productivity_millionths});
  std::sort(crafts.begin(), crafts.end());
  return crafts;
}

bool IsFeasible(const TrainingProblem& problem, const Trainees& trainees) {
  if (trainees.size() != problem.options.size()) return false;
  std::vector<int64_t> of_type(problem.market.people.size()), of_course(problem.courses.size());
  for (size_t i = 0; i < trainees.size(); ++i) {
    const TrainingOption& option = problem.options[i];
    if (trainees[i] < 0 || trainees[i] > option.people) return false;
    if ((of_type[option.type] += trainees[i]) > problem.market.people[option.type].people ||
        (of_course[option.course] += trainees[i]) > problem.courses[option.course].seats) {
      return false;
    }
  }
  return CostOf(problem, trainees) <= problem.budget;
}

int64_t CostOf(const TrainingProblem& problem, const Trainees& trainees) {
  int64_t cost = 0;
  for (size_t i = 0; i < trainees.size(); ++i) {
    cost += trainees[i] * problem.courses[problem.options[i].course].cost;
  }
  return cost;
}

}  // namespace troupe::staffing
