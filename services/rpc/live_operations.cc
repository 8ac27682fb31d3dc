#include "services/rpc/live_operations.h"

namespace troupe {

void LiveOperation::Report(std::string step, int64_t done, int64_t total) {
  absl::MutexLock lock(&mutex_);
  progress_ = {std::move(step), done, total};
}

LiveOperation::Progress LiveOperation::progress() const {
  absl::MutexLock lock(&mutex_);
  return progress_;
}

void LiveOperation::OnEnd(std::function<void()> ended) {
  {
    absl::MutexLock lock(&mutex_);
    if (!has_ended_) {
      waiting_.push_back(std::move(ended));
      return;
    }
  }
  ended();
}

void LiveOperation::End() {
  std::vector<std::function<void()>> waiting;
  {
    absl::MutexLock lock(&mutex_);
    has_ended_ = true;
    waiting.swap(waiting_);
  }
  for (const auto& ended : waiting) ended();
}

std::shared_ptr<LiveOperation> LiveOperations::Begin(uint64_t resource, uint32_t number) {
  absl::MutexLock lock(&mutex_);
  std::shared_ptr<LiveOperation>& operation = operations_[{resource, number}];
  operation = std::make_shared<LiveOperation>();
  if (closed_) operation->Close();
  return operation;
}

std::shared_ptr<LiveOperation> LiveOperations::Find(uint64_t resource, uint32_t number) const {
  absl::MutexLock lock(&mutex_);
  const auto found = operations_.find({resource, number});
  return found == operations_.end() ? nullptr : found->second;
}

void LiveOperations::End(uint64_t resource, uint32_t number) {
  std::shared_ptr<LiveOperation> ended;
  {
    absl::MutexLock lock(&mutex_);
    const auto found = operations_.find({resource, number});
    if (found == operations_.end()) return;
    ended = std::move(found->second);
    operations_.erase(found);
  }
  ended->End();
}

void LiveOperations::Close() {
  std::map<Key, std::shared_ptr<LiveOperation>> operations;
  {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
    operations = operations_;
  }
  for (const auto& [key, operation] : operations) {
    operation->Close();
    operation->End();  // Whoever waits hears that it runs still.
  }
}

}  // namespace troupe
