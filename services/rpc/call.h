#ifndef TROUPE_SERVICES_RPC_CALL_H_
#define TROUPE_SERVICES_RPC_CALL_H_

#include <atomic>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "matcher/base/clock.h"
#include "matcher/base/ids.h"
#include "matcher/base/stop_token.h"

namespace troupe {

// What a service may know of the RPC that it answers, without gRPC. Shared by
// all work that is done for the RPC, which it may outlive. Thread-safe.
class Call {
 public:
  struct Facts {
    uint64_t number = 0;          // Names the call in the log of this process.
    std::string method;           // "troupe.v1.ProfileService/GetProfile"
    // For whom the call is made. Empty where anyone or a service may call.
    OrganizationId organization = {};
    std::string service = {};     // The service of ours that calls. Empty: none.
    std::string peer;             // As gRPC writes it: "ipv4:127.0.0.1:40112".
    absl::Time start;
    absl::Time deadline = absl::InfiniteFuture();
  };

  // `clock` outlives the call.
  Call(Facts facts, const Clock* clock)
      : facts_(std::move(facts)), stop_(facts_.deadline, clock) {}
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  const OrganizationId& organization() const { return facts_.organization; }
  const std::string& service() const { return facts_.service; }
  absl::Time deadline() const { return facts_.deadline; }
  uint64_t number() const { return facts_.number; }
  const std::string& method() const { return facts_.method; }
  const std::string& peer() const { return facts_.peer; }
  absl::Time start() const { return facts_.start; }

  // Asks to stop once the client has gone away or the deadline has passed: the
  // answer would reach nobody. Lives as long as the call.
  const StopToken& stop() const { return stop_; }

  // Tells those who work for the call that the client has gone away.
  void Cancel() { stop_.Cancel(); }

 private:
  class Stop final : public StopToken {
   public:
    Stop(absl::Time deadline, const Clock* clock) : deadline_(deadline), clock_(clock) {}
    void Cancel() { cancelled_.store(true, std::memory_order_relaxed); }
    bool StopRequested() const override {
      return cancelled_.load(std::memory_order_relaxed) || clock_->Now() >= deadline_;
    }

   private:
    const absl::Time deadline_;
    const Clock* const clock_;
    std::atomic<bool> cancelled_ = false;
  };

  const Facts facts_;
  Stop stop_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_CALL_H_
