#ifndef TROUPE_SERVICES_RPC_LIVE_OPERATIONS_H_
#define TROUPE_SERVICES_RPC_LIVE_OPERATIONS_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "matcher/base/stop_token.h"

namespace troupe {

// An operation that this process is at: how far it is, and whether it is to stop.
// Thread-safe.
class LiveOperation final : public StopToken {
 public:
  struct Progress {
    std::string step;
    int64_t done = 0;
    int64_t total = 0;  // 0: not known.
  };

  bool StopRequested() const override { return is_cancelled() || is_closing(); }
  // Somebody wants it not to be.
  bool is_cancelled() const { return cancelled_; }
  void Cancel() { cancelled_ = true; }
  // The process stops: what it is at is told at the next start.
  bool is_closing() const { return closing_; }
  void Close() { closing_ = true; }

  void Report(std::string step, int64_t done, int64_t total);
  Progress progress() const;

  // Calls `ended` once its end is written, or now if it is. From any thread.
  void OnEnd(std::function<void()> ended);
  void End();

 private:
  std::atomic<bool> cancelled_ = false;
  std::atomic<bool> closing_ = false;
  mutable absl::Mutex mutex_;
  Progress progress_ ABSL_GUARDED_BY(mutex_);
  bool has_ended_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::function<void()>> waiting_ ABSL_GUARDED_BY(mutex_);
};

// The operations that this process is at, by resource and number. Thread-safe.
class LiveOperations {
 public:
  std::shared_ptr<LiveOperation> Begin(uint64_t resource, uint32_t number);
  // Null: this process is not at it.
  std::shared_ptr<LiveOperation> Find(uint64_t resource, uint32_t number) const;
  // Once its end is written.
  void End(uint64_t resource, uint32_t number);

  // Asks all to stop, also those to come.
  void Close();

 private:
  using Key = std::pair<uint64_t, uint32_t>;

  mutable absl::Mutex mutex_;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  std::map<Key, std::shared_ptr<LiveOperation>> operations_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_LIVE_OPERATIONS_H_
