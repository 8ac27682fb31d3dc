#ifndef TROUPE_TESTS_TESTING_RPC_CALL_H_
#define TROUPE_TESTS_TESTING_RPC_CALL_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/synchronization/notification.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/real_clock.h"

namespace troupe::testing {

// A call as a service gets it, by `organization`, without deadline.
inline std::shared_ptr<Call> CallBy(std::string organization) {
  static const RealClock clock;
  return std::make_shared<Call>(
      Call::Facts{.organization = OrganizationId{std::move(organization)}}, &clock);
}

// Takes one answer, from any thread, and waits for it.
//
//   Answer<v1::Profile> answer;
//   service.GetProfile(CallBy("alpha"), request, answer.done());
//   EXPECT_THAT(answer.Wait(), IsOk());
template <typename Response>
class Answer {
 public:
  Done<Response> done() {
    return [state = state_](absl::StatusOr<Response> response) {
      state->response.emplace(std::move(response));
      state->arrived.Notify();
    };
  }
  bool HasArrived() const { return state_->arrived.HasBeenNotified(); }
  const absl::StatusOr<Response>& Wait() {
    state_->arrived.WaitForNotification();
    return *state_->response;
  }

 private:
  struct State {
    std::optional<absl::StatusOr<Response>> response;
    absl::Notification arrived;
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_RPC_CALL_H_
