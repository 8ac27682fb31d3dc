#ifndef TROUPE_TESTS_TESTING_RANDOM_ROUND_H_
#define TROUPE_TESTS_TESTING_RANDOM_ROUND_H_

#include <cstddef>

#include "matcher/placement/instance.h"
#include "matcher/placement/mechanism.h"
#include "tests/testing/dice.h"

namespace troupe::testing {

// Up to which size, both included.
struct RoundSize {
  size_t graduates = 5;
  size_t programs = 4;
  bool have_ties = true;  // Now and then.
};

// A valid instance with all that the mechanism respects: studios, reserves and groups,
// caps, floors, or pairs.
Instance RandomRound(Mechanism mechanism, const RoundSize& size, Dice& dice);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_RANDOM_ROUND_H_
