#ifndef TROUPE_MATCHER_STAFFING_NAME_TRAINEES_H_
#define TROUPE_MATCHER_STAFFING_NAME_TRAINEES_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/functional/function_ref.h"
#include "matcher/base/ids.h"
#include "matcher/staffing/training.h"

namespace troupe::staffing {

// A person of the market's types. `type` is that of the problem's market: of the merged one
// where types were merged.
struct TypedPerson {
  ProfileId profile;
  uint32_t type = 0;
};

// Somebody whom a plan means, and the course.
struct ChosenPerson {
  uint32_t course = 0;
  ProfileId profile;  // Zero: the type has fewer people than are trained.

  friend bool operator==(const ChosenPerson&, const ChosenPerson&) = default;
};

// Whom a plan means: of each type so many as it trains, the lowest ids first, in the order
// of options, nobody twice.
std::vector<ChosenPerson> ChooseTrainees(const TrainingProblem& problem,
                                         const Trainees& trainees,
                                         std::span<const TypedPerson> people);

// Who takes part in one course, as far as whoever asked may know.
struct CourseGroup {
  uint32_t course = 0;
  std::vector<ProfileId> named;  // By id: those whom the caller may see.
  // How many others; not there if 1 to 4, which would tell of single people.
  std::optional<int64_t> others;

  friend bool operator==(const CourseGroup&, const CourseGroup&) = default;
};

// Who is chosen, by course, those with anybody. `may_see` says whom the caller may be told
// of, which does not change who is chosen.
std::vector<CourseGroup> NameTrainees(std::span<const ChosenPerson> chosen,
                                      absl::FunctionRef<bool(ProfileId)> may_see);

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_NAME_TRAINEES_H_
