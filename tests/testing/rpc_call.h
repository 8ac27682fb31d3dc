#ifndef TROUPE_TESTS_TESTING_RPC_CALL_H_
#define TROUPE_TESTS_TESTING_RPC_CALL_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/real_clock.h"
#include "services/rpc/response_sink.h"

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

// Takes the stream of responses of a method that is called without a server. A
// response is on the wire when the test takes it.
//
//   Responses<v1::WatchProfilesResponse> responses;
//   service.WatchProfiles(CallBy("alpha"), request, responses.sink());
//   EXPECT_EQ(responses.Next()->changes_size(), 1);
//   responses.Stop(absl::CancelledError());
//   EXPECT_THAT(responses.WaitForEnd(), StatusIs(absl::StatusCode::kCancelled, _));
template <typename Response>
class Responses {
 public:
  std::shared_ptr<ResponseSink<Response>> sink() { return std::make_shared<Sink>(state_); }

  // Waits for the next response, and takes it; nullopt if the stream ends first.
  std::optional<Response> Next() {
    State& state = *state_;
    auto arrived = [&state] { return state.response.has_value() || state.end.has_value(); };
    typename ResponseSink<Response>::Written written;
    std::optional<Response> response;
    {
      absl::MutexLock lock(&state.mutex);
      state.mutex.Await(absl::Condition(&arrived));
      response = std::exchange(state.response, std::nullopt);
      if (!state.end.has_value()) written = std::exchange(state.written, nullptr);
    }
    if (written != nullptr) written(absl::OkStatus());
    return response;
  }

  // True if a response waits to be taken.
  bool HasNext() const {
    absl::MutexLock lock(&state_->mutex);
    return state_->response.has_value();
  }

  // Ends the stream as a client does that goes away, or a server that drains.
  void Stop(const absl::Status& why) {
    typename ResponseSink<Response>::Written written;
    std::function<void()> stopped;
    {
      absl::MutexLock lock(&state_->mutex);
      state_->over = why;
      written = std::exchange(state_->written, nullptr);
      stopped = std::exchange(state_->stopped, nullptr);
    }
    if (written != nullptr) written(why);
    if (stopped != nullptr) stopped();
  }

  absl::Status WaitForEnd() {
    State& state = *state_;
    auto ended = [&state] { return state.end.has_value(); };
    absl::MutexLock lock(&state.mutex);
    state.mutex.Await(absl::Condition(&ended));
    return *state.end;
  }

 private:
  struct State {
    absl::Mutex mutex;
    std::optional<Response> response;
    typename ResponseSink<Response>::Written written;
    std::function<void()> stopped;
    std::optional<absl::Status> over, end;
  };

  class Sink final : public ResponseSink<Response> {
   public:
    explicit Sink(std::shared_ptr<State> state) : state_(std::move(state)) {}
    ~Sink() override { End(absl::InternalError("the method dropped the sink")); }
    void Write(Response response, typename ResponseSink<Response>::Written written) override {
      absl::Status refused;
      {
        absl::MutexLock lock(&state_->mutex);
        if (state_->end.has_value()) return;
        if (state_->over.has_value()) {
          refused = *state_->over;
        } else if (state_->response.has_value()) {
          refused = absl::InternalError("the last response is not on the wire yet");
        } else {
          state_->response = std::move(response);
          state_->written = std::move(written);
          return;
        }
      }
      written(refused);
    }
    void End(absl::Status status) override {
      typename ResponseSink<Response>::Written written;  // Outlive the lock.
      std::function<void()> stopped;
      absl::MutexLock lock(&state_->mutex);
      if (state_->end.has_value()) return;
      state_->end = std::move(status);
      written = std::exchange(state_->written, nullptr);
      stopped = std::exchange(state_->stopped, nullptr);
    }
    void OnStop(std::function<void()> stopped) override {
      {
        absl::MutexLock lock(&state_->mutex);
        if (state_->end.has_value()) return;
        if (!state_->over.has_value()) return state_->stopped.swap(stopped);
      }
      stopped();
    }

   private:
    const std::shared_ptr<State> state_;
  };

  const std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_RPC_CALL_H_
