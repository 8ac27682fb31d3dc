#ifndef TROUPE_SERVICES_RPC_LOG_WATCH_H_
#define TROUPE_SERVICES_RPC_LOG_WATCH_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/log/change_log.h"
#include "services/rpc/resource_tools.h"

namespace troupe {

// Follows the log for one stream of responses, from reading a few records to
// the client's having taken what they come to, and then the next: so a watch
// holds that much, however slow its client is, and no thread waits for it.
// What a response tells, the view shows by then. Thread-safe.
class LogWatch : public std::enable_shared_from_this<LogWatch> {
 public:
  // `kind` is that of the resume tokens.
  LogWatch(const ResourceTools& tools, absl::string_view kind) : tools_(tools), kind_(kind) {}
  virtual ~LogWatch() = default;

  // Begins after `resume_token`, or, if it is empty, with what comes from now
  // on and a response that says so. Lives until End.
  void Start(const std::string& resume_token);

  // The stream is over. Ends the watch at once if it waits for the log, else
  // when the step under way is done.
  void Stop();

 protected:
  using Written = std::function<void(const absl::Status&)>;

  // These are called one at a time. Adds to the next response what it tells of
  // `record`; true if that is anything.
  virtual absl::StatusOr<bool> Take(const ReadRecord& record) = 0;
  // Sends what was taken, and begins anew.
  virtual void Send(std::string resume_token, Written written) = 0;
  // Ends the stream; nothing is called after it.
  virtual void End(absl::Status status) = 0;

 private:
  void Begin(const std::string& resume_token);
  void ReadNext();
  void OnRead(absl::StatusOr<std::vector<ReadRecord>> records);
  void TakeAll(const absl::StatusOr<std::vector<ReadRecord>>& records);
  void SendOnceShown(const std::vector<ShardId>& shards);
  void SendNow();
  void Finish(absl::Status status);

  const ResourceTools tools_;
  const std::string kind_;
  // Of the step under way.
  std::vector<Cursor> cursors_;  // Of every shard, in their order.
  bool is_token_old_ = false;    // Read on since the last response.
  absl::Time last_sent_;

  absl::Mutex mutex_;
  bool is_reading_ ABSL_GUARDED_BY(mutex_) = false;  // No step is under way.
  bool is_stopped_ ABSL_GUARDED_BY(mutex_) = false;
  bool has_ended_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_LOG_WATCH_H_
