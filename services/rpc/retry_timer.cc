#include "services/rpc/retry_timer.h"

#include <grpcpp/alarm.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace troupe {
namespace {

constexpr absl::Duration kFirstPause = absl::Milliseconds(20);
constexpr absl::Duration kMostPause = absl::Seconds(1);
constexpr int kMostDoublings = 6;

class AlarmTimer final : public RetryTimer {
 public:
  ~AlarmTimer() override { Close(); }

  void After(absl::Duration pause, std::function<void()> again) override {
    const auto alarm = std::make_shared<grpc::Alarm>();
    {
      absl::MutexLock lock(&mutex_);
      if (closed_) return;
      alarms_.emplace(alarm.get(), alarm);
    }
    // An alarm keeps its callback as long as it lives, so the callback must
    // neither keep the alarm nor, once it has run, what it was to call.
    alarm->Set(std::chrono::system_clock::now() + absl::ToChronoMicroseconds(pause),
               [this, key = alarm.get(), again = std::move(again)](bool rang) mutable {
                 const std::function<void()> act = std::exchange(again, nullptr);
                 if (rang) act();
                 Forget(key);
               });
    // Close may have come in between, and cancelled what was not set yet.
    absl::MutexLock lock(&mutex_);
    if (closed_) alarm->Cancel();
  }

  void Close() override {
    std::map<grpc::Alarm*, std::shared_ptr<grpc::Alarm>> alarms;
    {
      absl::MutexLock lock(&mutex_);
      closed_ = true;
      alarms = alarms_;
    }
    for (const auto& [key, alarm] : alarms) alarm->Cancel();
    absl::MutexLock lock(&mutex_);
    const auto is_idle = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return alarms_.empty(); };
    mutex_.Await(absl::Condition(&is_idle));
  }

 private:
  void Forget(grpc::Alarm* key) {
    std::shared_ptr<grpc::Alarm> over;  // Ends after the lock is given back.
    absl::MutexLock lock(&mutex_);
    const auto alarm = alarms_.find(key);
    over = std::move(alarm->second);
    alarms_.erase(alarm);
  }

  absl::Mutex mutex_;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  // Those that are not over, each by its address.
  std::map<grpc::Alarm*, std::shared_ptr<grpc::Alarm>> alarms_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

std::unique_ptr<RetryTimer> OpenRetryTimer() { return std::make_unique<AlarmTimer>(); }

absl::Duration PauseAfter(int failures) {
  const int doublings = std::clamp(failures - 1, 0, kMostDoublings);
  return std::min(kFirstPause * (1 << doublings), kMostPause);
}

}  // namespace troupe
