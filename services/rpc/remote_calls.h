#ifndef TROUPE_SERVICES_RPC_REMOTE_CALLS_H_
#define TROUPE_SERVICES_RPC_REMOTE_CALLS_H_

#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/rpc/channel_source.h"
#include "services/rpc/caller.h"

namespace troupe {

// Calls of this process to a `Service` of another, or of its own: they wait a
// moment for one that starts. Thread-safe; calls are answered on a thread of
// gRPC's, or before they return.
template <typename Service>
class RemoteCalls {
 public:
  using Stub = typename Service::Stub::async_interface;

  // What one call needs.
  struct Options {
    absl::Time deadline = absl::InfiniteFuture();  // By the machine's clock.
    absl::Duration patience;                       // It takes no longer than that either.
    std::multimap<std::string, std::string> metadata = {};
  };

  // `service` is what the calls name as their service, for servers on this
  // machine without TLS.
  RemoteCalls(ChannelSource channel, std::string service)
      : channel_(std::move(channel)), service_(std::move(service)) {}
  RemoteCalls(const RemoteCalls&) = delete;
  RemoteCalls& operator=(const RemoteCalls&) = delete;
  ~RemoteCalls() { Close(); }

  // Sends `request` to `method`, and gives `done` the answer. UNAVAILABLE while
  // it is not known where to, and once this is closed.
  template <typename Request, typename Response, typename DoneWith>
  void Ask(void (Stub::*method)(grpc::ClientContext*, const Request*, Response*,
                                std::function<void(grpc::Status)>),
           std::type_identity_t<Request> request, const Options& options, DoneWith done) {
    struct CallUnderWay {
      grpc::ClientContext context;
      Request request;
      Response response;
    };
    const auto call = std::make_shared<CallUnderWay>();
    const std::shared_ptr<grpc::ClientContext> context(call, &call->context);
    call->request = std::move(request);
    call->context.AddMetadata(kServiceMetadata, service_);
    for (const auto& [key, value] : options.metadata) call->context.AddMetadata(key, value);
    call->context.set_wait_for_ready(true);
    const std::chrono::system_clock::time_point latest =
        std::chrono::system_clock::now() + absl::ToChronoMicroseconds(options.patience);
    call->context.set_deadline(options.deadline == absl::InfiniteFuture()
                                   ? latest
                                   : std::min(absl::ToChronoTime(options.deadline), latest));
    Stub* const stub = Take(context);
    if (stub == nullptr) {
      return done(grpc::Status(grpc::StatusCode::UNAVAILABLE, "this process starts or stops"),
                  call->response);
    }
    (stub->*method)(&call->context, &call->request, &call->response,
                    [this, call, context, done = std::move(done)](const grpc::Status& status) {
                      done(status, call->response);
                      absl::MutexLock lock(&mutex_);
                      calls_.erase(context);
                    });
  }

  // Takes no more calls, cancels those under way, and returns when all are
  // answered. Not from a callback.
  void Close() {
    std::set<std::shared_ptr<grpc::ClientContext>> calls;
    {
      absl::MutexLock lock(&mutex_);
      closed_ = true;
      calls = calls_;
    }
    // Cancelled, a call may end on this thread.
    for (const auto& call : calls) call->TryCancel();
    absl::MutexLock lock(&mutex_);
    const auto is_idle = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return calls_.empty(); };
    mutex_.Await(absl::Condition(&is_idle));
  }

 private:
  // Whom to ask, with `call` under way; null if nobody can be asked.
  Stub* Take(const std::shared_ptr<grpc::ClientContext>& call) {
    absl::MutexLock lock(&mutex_);
    if (closed_) return nullptr;
    if (stub_ == nullptr) {
      std::shared_ptr<grpc::Channel> channel = channel_();
      if (channel == nullptr) return nullptr;
      stub_ = Service::NewStub(std::move(channel));
    }
    calls_.insert(call);
    return stub_->async();
  }

  const ChannelSource channel_;
  const std::string service_;
  absl::Mutex mutex_;
  std::unique_ptr<typename Service::Stub> stub_ ABSL_GUARDED_BY(mutex_);  // Null: not asked yet.
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  std::set<std::shared_ptr<grpc::ClientContext>> calls_ ABSL_GUARDED_BY(mutex_);  // Unanswered.
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_REMOTE_CALLS_H_
