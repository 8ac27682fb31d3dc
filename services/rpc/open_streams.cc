#include "services/rpc/open_streams.h"

#include <vector>

namespace troupe {

void OpenStreams::Add(const std::shared_ptr<OpenStream>& stream) {
  std::optional<absl::Status> why;
  {
    absl::MutexLock lock(&mutex_);
    why = stopped_;
    if (!why.has_value()) streams_.emplace(stream.get(), stream);
  }
  if (why.has_value()) stream->Stop(*why);
}

void OpenStreams::Remove(const OpenStream* stream) {
  absl::MutexLock lock(&mutex_);
  streams_.erase(stream);
}

void OpenStreams::StopAll(const absl::Status& why) {
  std::vector<std::shared_ptr<OpenStream>> open;
  {
    absl::MutexLock lock(&mutex_);
    if (stopped_.has_value()) return;
    stopped_ = why;
    for (const auto& [key, stream] : streams_) open.push_back(stream.lock());
  }
  for (const std::shared_ptr<OpenStream>& stream : open) {
    if (stream != nullptr) stream->Stop(why);
  }
}

}  // namespace troupe
