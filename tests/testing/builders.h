#ifndef TROUPE_TESTS_TESTING_BUILDERS_H_
#define TROUPE_TESTS_TESTING_BUILDERS_H_

// Domain values for tests. What a test does not state is the least that is
// valid, so that it shows only what matters to it.
#include "tests/testing/opening_builder.h"
#include "tests/testing/profile_builder.h"
#include "tests/testing/project_builder.h"
#include "tests/testing/values.h"

#endif  // TROUPE_TESTS_TESTING_BUILDERS_H_
