#ifndef TROUPE_TESTS_SERVICES_APPS_VALVE_H_
#define TROUPE_TESTS_SERVICES_APPS_VALVE_H_

#include <grpcpp/create_channel.h>
#include <grpcpp/support/client_interceptor.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"

namespace troupe::testing {

// Keeps back the answers to calls of one unary method while it is shut, so that
// who makes them stays behind for as long as a test wants. Open at first; to be
// open when its callers end. Thread-safe. Outlives its channels.
//
//   Valve feed("/troupe.feed.v1.FeedService/ReadRecords");
//   const auto channel = feed.ChannelTo(address);
//   feed.Shut();
class Valve {
 public:
  explicit Valve(std::string path) : path_(std::move(path)) {}

  // Plain text; calls of other methods pass.
  std::shared_ptr<grpc::Channel> ChannelTo(const std::string& address) {
    std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> makers;
    makers.push_back(std::make_unique<Maker>(this));
    return grpc::experimental::CreateCustomChannelWithInterceptors(
        address, grpc::InsecureChannelCredentials(), {}, std::move(makers));
  }

  // Answers that come from now on wait.
  void Shut() {
    absl::MutexLock lock(&mutex_);
    is_shut_ = true;
  }
  // They pass, and so do all after them.
  void Open() {
    std::vector<Batch*> held;
    {
      absl::MutexLock lock(&mutex_);
      is_shut_ = false;
      held.swap(held_);
    }
    for (Batch* batch : held) batch->Proceed();
  }

 private:
  using Batch = grpc::experimental::InterceptorBatchMethods;

  class Interceptor final : public grpc::experimental::Interceptor {
   public:
    explicit Interceptor(Valve* valve) : valve_(valve) {}
    void Intercept(Batch* batch) override {
      const bool is_answer = batch->QueryInterceptionHookPoint(
          grpc::experimental::InterceptionHookPoints::POST_RECV_STATUS);
      if (!is_answer || !valve_->Holds(batch)) batch->Proceed();
    }

   private:
    Valve* const valve_;
  };

  class Maker final : public grpc::experimental::ClientInterceptorFactoryInterface {
   public:
    explicit Maker(Valve* valve) : valve_(valve) {}
    grpc::experimental::Interceptor* CreateClientInterceptor(
        grpc::experimental::ClientRpcInfo* info) override {
      return info->method() == valve_->path_ ? new Interceptor(valve_) : nullptr;
    }

   private:
    Valve* const valve_;
  };

  bool Holds(Batch* answer) {
    absl::MutexLock lock(&mutex_);
    if (is_shut_) held_.push_back(answer);
    return is_shut_;
  }

  const std::string path_;
  absl::Mutex mutex_;
  bool is_shut_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<Batch*> held_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_SERVICES_APPS_VALVE_H_
