#ifndef TROUPE_TESTS_MODEL_STEP_H_
#define TROUPE_TESTS_MODEL_STEP_H_

#include <string>
#include <vector>

#include "tests/model/bounds.h"
#include "tests/model/world.h"

namespace troupe::testing {

// Everything that can happen next in `world`.
std::vector<Action> ActionsOf(const World& world, Mistake mistake);

// Does it, with the commands of matcher/hold. Returns what the step itself broke
// ("name: what"), empty if nothing; what the state breaks is for Broken
// (properties.h).
std::string Step(World& world, const Action& action, Mistake mistake);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_MODEL_STEP_H_
