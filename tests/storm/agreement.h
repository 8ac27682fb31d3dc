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

// Lists everything, and compares that with what BatchGet, the pool's statistics
// and matching in both directions say of it; differences go to `findings`.
// Nobody writes meanwhile. `crew` owns all records.
absl::StatusOr<Listings> ListAgreed(const Services& crew, const Services& operators,
                                    const Landmarks& landmarks, Findings& findings);

// The pool's statistics once they show `profiles` and `projects`, for which
// matching has a few seconds; else those that they are then.
absl::StatusOr<v1::PoolStatistics> StatisticsOf(const Services& operators, int64_t profiles,
                                                int64_t projects);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_AGREEMENT_H_
