#ifndef TROUPE_TESTS_INTEGRATION_WITNESS_H_
#define TROUPE_TESTS_INTEGRATION_WITNESS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/cli/connection.h"
#include "tests/integration/tally.h"
#include "tests/testing/dice.h"
#include "troupe/v1/profile.pb.h"
#include "troupe/v1/profile_service.pb.h"

namespace troupe::testing {

// The profiles of a listing by display name.
using Listing = std::multimap<std::string, v1::Profile>;

// A client that writes profiles of its own, and remembers of each what the
// server acknowledged and what it asked for without getting an answer. All its
// profiles are findable directors who go anywhere. Work runs on any one thread;
// otherwise thread-compatible.
class Witness {
 public:
  // Each has a `number` of its own. Adds to `tally` what it gets an answer to.
  Witness(int number, uint64_t seed, Tally* tally);

  // Creates, updates, deletes, imports and asks who fits `opening`, until the
  // server is gone. The error of a call that failed for another reason.
  absl::Status Work(const Connection& connection, const std::string& opening);

  // Fails the test if a profile is in another state than the acknowledged one or
  // the one in doubt, or there twice, or deleted and yet answered by Get.
  // What is there counts as acknowledged from then on.
  void Check(const Connection& connection, const Listing& listing);

  // Asks for the creations and imports in doubt once more, by the same request
  // ids. From then on nothing is in doubt.
  void Settle(const Connection& connection);

  // How many profiles are in a state that is in doubt.
  size_t Doubts() const;

 private:
  // One profile. Its states are numbered: 0, it does not exist, else an edition
  // that was never used before.
  struct Memory {
    std::string display_name;
    std::string external_id;  // Of those that are imported.
    std::string request_id;   // Of its creation, until that is acknowledged.
    std::string name;         // Empty: not known yet.
    int acknowledged = 0;
    std::optional<int> in_doubt;
  };
  // A message of an import, and the indices of what is in it.
  struct Batch {
    v1::ImportProfilesRequest request;
    std::vector<size_t> items;
  };

  static v1::Profile Stated(const Memory& memory, int edition);
  static void Acknowledge(Memory& memory, const std::string& name);
  Memory& Remember();
  Memory* PickExisting();
  std::string NewRequestId();

  absl::Status Create(const Connection& connection);
  absl::Status Update(const Connection& connection);
  absl::Status Delete(const Connection& connection);
  absl::Status Import(const Connection& connection);
  absl::Status SendBatches(const Connection& connection);
  absl::Status TakeAnswer(const v1::ImportProfilesResponse& response);
  Batch NewBatch(const std::string& request_id, int64_t first_item);

  const int number_;
  std::mt19937_64 random_;
  Dice dice_{random_};
  Tally* const tally_;
  int last_edition_ = 0;
  int last_request_ = 0;
  std::vector<Memory> memories_;
  std::vector<Batch> unanswered_;  // Of one import.
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_INTEGRATION_WITNESS_H_
