#ifndef TROUPE_SERVICES_RPC_OPEN_STREAMS_H_
#define TROUPE_SERVICES_RPC_OPEN_STREAMS_H_

#include <memory>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"

namespace troupe {

// A stream that goes on until somebody ends it.
class OpenStream {
 public:
  virtual ~OpenStream() = default;
  virtual void Stop(absl::Status why) = 0;
};

// The streams of a service that would outlast it, to be ended when the server
// drains. Thread-safe.
class OpenStreams {
 public:
  // Takes `stream`, or stops it at once, if all were stopped.
  void Add(const std::shared_ptr<OpenStream>& stream);
  void Remove(const OpenStream* stream);

  // Stops every stream, also those to come, with `why`.
  void StopAll(const absl::Status& why);

 private:
  absl::Mutex mutex_;
  absl::flat_hash_map<const OpenStream*, std::weak_ptr<OpenStream>> streams_
      ABSL_GUARDED_BY(mutex_);
  std::optional<absl::Status> stopped_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_OPEN_STREAMS_H_
