#ifndef TROUPE_TESTS_STORM_HOLD_PLAYER_H_
#define TROUPE_TESTS_STORM_HOLD_PLAYER_H_

#include <atomic>
#include <cstdint>
#include <random>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/storm/hold_stage.h"
#include "tests/testing/dice.h"
#include "troupe/v1/booking_service.grpc.pb.h"

namespace troupe::testing {

// What clients of a storm have done, all together. Thread-safe.
struct HoldTraffic {
  // Calls that change something: took effect, or were refused with a proper reason.
  std::atomic<int64_t> operations = 0;
  std::atomic<int64_t> acknowledged = 0;  // Of them: took effect.
  std::atomic<int64_t> reads = 0;         // Not among them.
  std::atomic<int64_t> doubts = 0;        // How often an answer stayed away.
  std::atomic<int64_t> repeats = 0;       // Of what had been answered.

  // Why the last answer stayed away, for people.
  void Doubt(const absl::Status& why) {
    ++doubts;
    absl::MutexLock lock(&mutex);
    last_doubt = why.ToString();
  }
  std::string LastDoubt() const {
    absl::MutexLock lock(&mutex);
    return last_doubt;
  }

  mutable absl::Mutex mutex;
  std::string last_doubt ABSL_GUARDED_BY(mutex);
};

// One client that asks this and that of the holds of a stage, on behalf of
// either side. What is in doubt it asks again, under the same request id, until
// it is answered. Thread-compatible.
class HoldPlayer {
 public:
  // Both outlive it. `name` tells it from all other players.
  HoldPlayer(std::string name, uint64_t seed, HoldStage* stage, HoldTraffic* traffic)
      : name_(std::move(name)), random_(seed), stage_(*stage), traffic_(*traffic) {}

  // One operation, or none if there is nothing to do it to.
  void Act();

 private:
  const Connection& HouseOf(const HoldStage::Known& known) const {
    return stage_.parties().houses[known.house].profiles;
  }
  const Connection& Agency() const { return stage_.parties().agency.profiles; }

  void Place();
  void Accept();
  void Decline();
  void Release();
  void Challenge();
  void Counter();
  void Confirm();
  void ConfirmCrew();
  void Cancel();
  void Replace();
  void EditCalendar();
  void DeletePerson();
  void Read();
  void Read(const std::string& person);  // Learns what stands there now.

  template <typename Request, typename Response>
  absl::StatusOr<Response> Insist(const Connection& by,
                                  grpc::Status (v1::BookingService::Stub::*method)(
                                      grpc::ClientContext*, const Request&, Response*),
                                  const Request& request);
  // A request about one hold; sometimes once more after it was answered.
  template <typename Request>
  void Ask(const Connection& by, HoldVerb verb,
           grpc::Status (v1::BookingService::Stub::*method)(grpc::ClientContext*, const Request&,
                                                            v1::Hold*),
           Request request);
  template <typename Request>
  void AskAbout(const Connection& by, const HoldStage::Known& known, HoldVerb verb,
                grpc::Status (v1::BookingService::Stub::*method)(grpc::ClientContext*,
                                                                 const Request&, v1::Hold*),
                Request request);
  // Counts an answer, and reports one that should not be.
  bool Took(const absl::Status& status, absl::string_view what);
  void CheckExpected(const absl::Status& status, absl::string_view what);
  std::string NewRequestId();

  const std::string name_;
  std::mt19937_64 random_;
  Dice dice_{random_};
  HoldStage& stage_;
  HoldTraffic& traffic_;
  int64_t last_request_ = 0;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_HOLD_PLAYER_H_
