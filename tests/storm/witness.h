#ifndef TROUPE_TESTS_STORM_WITNESS_H_
#define TROUPE_TESTS_STORM_WITNESS_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

#include "absl/status/status.h"
#include "tests/storm/deployment.h"
#include "tests/storm/findings.h"
#include "tests/storm/record_ledger.h"
#include "tests/storm/tally.h"
#include "tests/testing/dice.h"

namespace troupe::testing {

// What every client asks about: an opening that all profiles of a storm fit,
// and a profile that fits all its openings. Resource names.
struct Landmarks {
  std::string opening;
  std::string profile;
};

// A client that writes profiles and projects of its own, and remembers what the
// server acknowledged and what it asked for without getting an answer. Work
// runs on any one thread; otherwise thread-compatible.
class Witness {
 public:
  // Each has a `number` of its own. The arguments outlive it.
  Witness(int number, uint64_t seed, Services services, const Landmarks* landmarks,
          Findings* findings);

  // Creates, updates, deletes, imports, reads and finds, until `tally` is
  // closed; adds to it what it gets an answer to. Where a server is gone it
  // goes on with the others, and asks again later.
  void Work(Tally& tally);

  // As RecordLedger's.
  void Check(const ProfileLedger::Listing& profiles, const ProjectLedger::Listing& projects,
             bool thorough);
  void Settle();
  size_t Doubts() const { return profiles_.Doubts() + projects_.Doubts(); }
  int64_t acknowledged() const { return profiles_.acknowledged() + projects_.acknowledged(); }

 private:
  absl::Status DoSomething();
  absl::Status Find();

  const Services services_;
  const Landmarks* const landmarks_;
  Findings* const findings_;
  std::mt19937_64 random_;
  Dice dice_{random_};
  ProfileLedger profiles_;
  ProjectLedger projects_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_WITNESS_H_
