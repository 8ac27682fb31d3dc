#ifndef TROUPE_TESTS_TESTING_WATCHED_STREAM_H_
#define TROUPE_TESTS_TESTING_WATCHED_STREAM_H_

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "gtest/gtest.h"
#include "services/rpc/response_sink.h"

namespace troupe::testing {

// A stream of responses whose client is the test: it takes one when the test
// asks for it, and holds up the method until then. Gone at destruction, which
// waits for the method to end the stream.
//
//   WatchedStream<v1::WatchProfilesResponse> stream;
//   service.WatchProfiles(CallBy("crew"), request, stream.sink());
//   EXPECT_EQ(stream.Next()->changes_size(), 1);
template <typename Response>
class WatchedStream {
 public:
  WatchedStream() = default;
  WatchedStream(WatchedStream&&) = default;
  ~WatchedStream() {
    if (state_ == nullptr) return;
    Leave();
    AwaitEnd().IgnoreError();
  }

  std::shared_ptr<ResponseSink<Response>> sink() { return std::make_shared<Sink>(state_); }

  // The next response, once there is one; nullopt if the stream ended first.
  std::optional<Response> Next() {
    std::optional<Response> next;
    typename ResponseSink<Response>::Written written;
    {
      const auto ready = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(state_->mutex) {
        return state_->pending.has_value() || state_->end.has_value();
      };
      absl::MutexLock lock(&state_->mutex, absl::Condition(&ready));
      next.swap(state_->pending);
      written.swap(state_->written);
    }
    if (written != nullptr) written(absl::OkStatus());
    return next;
  }

  // What the method ended the stream with, once it has.
  absl::Status AwaitEnd() {
    const auto ended = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(state_->mutex) {
      return state_->end.has_value();
    };
    absl::MutexLock lock(&state_->mutex, absl::Condition(&ended));
    return *state_->end;
  }

  bool HasEnded() const {
    absl::MutexLock lock(&state_->mutex);
    return state_->end.has_value();
  }

  // Goes away, as a client that cancels the call.
  void Leave() {
    typename ResponseSink<Response>::Written written;
    std::function<void()> stopped;
    {
      absl::MutexLock lock(&state_->mutex);
      if (state_->left || state_->end.has_value()) return;
      state_->left = true;
      state_->pending.reset();
      written.swap(state_->written);
      stopped.swap(state_->stopped);
    }
    if (written != nullptr) written(absl::CancelledError());
    if (stopped != nullptr) stopped();
  }

 private:
  struct State {
    absl::Mutex mutex;
    std::optional<Response> pending ABSL_GUARDED_BY(mutex);
    typename ResponseSink<Response>::Written written ABSL_GUARDED_BY(mutex);
    std::function<void()> stopped ABSL_GUARDED_BY(mutex);
    bool left ABSL_GUARDED_BY(mutex) = false;
    std::optional<absl::Status> end ABSL_GUARDED_BY(mutex);
  };

  class Sink final : public ResponseSink<Response> {
   public:
    explicit Sink(std::shared_ptr<State> state) : state_(std::move(state)) {}

    void Write(Response response, typename ResponseSink<Response>::Written written) override {
      {
        absl::MutexLock lock(&state_->mutex);
        if (!state_->left) {
          EXPECT_FALSE(state_->pending.has_value()) << "the client has not taken the one before";
          state_->pending = std::move(response);
          state_->written = std::move(written);
          return;
        }
      }
      written(absl::CancelledError());
    }
    void End(absl::Status status) override {
      std::function<void()> stopped;  // May hold the method.
      absl::MutexLock lock(&state_->mutex);
      state_->end = std::move(status);
      stopped.swap(state_->stopped);
    }
    void OnStop(std::function<void()> stopped) override {
      {
        absl::MutexLock lock(&state_->mutex);
        if (!state_->left) {
          state_->stopped = std::move(stopped);
          return;
        }
      }
      stopped();
    }

   private:
    const std::shared_ptr<State> state_;
  };

  std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_WATCHED_STREAM_H_
