#ifndef TROUPE_TESTS_MODEL_MISTAKES_H_
#define TROUPE_TESTS_MODEL_MISTAKES_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "tests/model/bounds.h"

namespace troupe::testing {

// A mistake, what it breaks, and bounds in which that shows.
struct SeededMistake {
  Mistake mistake;
  absl::string_view name;
  absl::string_view breaks;  // The property's name.
  Bounds bounds;
};

const std::vector<SeededMistake>& SeededMistakes();

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_MODEL_MISTAKES_H_
