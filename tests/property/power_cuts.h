#ifndef TROUPE_TESTS_PROPERTY_POWER_CUTS_H_
#define TROUPE_TESTS_PROPERTY_POWER_CUTS_H_

#include <cstdint>
#include <string>
#include <vector>

namespace troupe::testing {

// How often to cut the power of a log, and under what.
struct PowerCutOptions {
  int cuts = 8;
  int clients = 4;
  uint64_t seed = 1;
  bool sync = true;  // Off: a log that breaks its word, for testing the test.
};

// What came of it.
struct PowerCutCounts {
  int cuts = 0;
  int cuts_while_opening = 0;
  int64_t acknowledged = 0;  // Writes, of all clients.
  int64_t kept_beyond = 0;   // Writes found that were not acknowledged; may be.
  std::vector<std::string> violations;
};

// Lets clients append to a RocksLog, each record to two entities, cuts the
// power at a random write or sync, opens what is left, and checks: it opens;
// what was acknowledged is there; no record took place by half; each client's
// records are in order, without gaps and none twice. A log is cut ten times
// before the next one, so that cuts while it opens after a cut occur too.
PowerCutCounts CheckPowerCuts(const PowerCutOptions& options);

std::string ToString(const PowerCutCounts& counts);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_PROPERTY_POWER_CUTS_H_
