#ifndef TROUPE_TESTS_STORM_AGREEMENT_H_
#define TROUPE_TESTS_STORM_AGREEMENT_H_

#include "absl/status/statusor.h"
#include "tests/storm/deployment.h"
#include "tests/storm/findings.h"
#include "tests/storm/record_ledger.h"
#include "tests/storm/witness.h"
#include "troupe/v1/match_service.pb.h"

namespace troupe::testing {

// All records of a storm.
struct Listings {
  ProfileLedger::Listing profiles;
  ProjectLedger::Listing projects;
};

// Lists everything. Requests in doubt may still take effect meanwhile.
absl::StatusOr<Listings> ListAll(const Services& crew);

// Lists everything, and compares that with what BatchGet, the pool's statistics
// and matching in both directions say of it; differences go to `findings`.
// Nobody writes meanwhile. `crew` owns all records.
absl::StatusOr<Listings> ListAgreed(const Services& crew, const Services& operators,
                                    const Landmarks& landmarks, Findings& findings);

// The pool's statistics with all that was acknowledged before.
absl::StatusOr<v1::PoolStatistics> StatisticsNow(const Services& operators);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_AGREEMENT_H_
