#ifndef TROUPE_TESTS_LINEARIZABILITY_LADDER_RECORDER_H_
#define TROUPE_TESTS_LINEARIZABILITY_LADDER_RECORDER_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "services/cli/connection.h"
#include "tests/linearizability/ladder_history.h"

namespace troupe::testing {

struct RecorderOptions {
  int clients = 8;
  int calls = 14;  // Of each client.
  uint64_t seed = 1;
};

// Has clients do this and that, at the same time, to the holds of one new person
// of a server, and writes down what they asked and were answered. `label` tells
// the person and projects from others there. Errors that no client should see
// are the result's.
absl::StatusOr<LadderHistory> RecordHistory(const Connection& agency, const Connection& house,
                                            const std::string& label,
                                            const RecorderOptions& options);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_LINEARIZABILITY_LADDER_RECORDER_H_
