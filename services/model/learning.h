#ifndef TROUPE_SERVICES_MODEL_LEARNING_H_
#define TROUPE_SERVICES_MODEL_LEARNING_H_

#include <atomic>
#include <memory>

#include "services/rpc/call.h"
#include "services/rpc/resource_tools.h"
#include "services/rpc/response_sink.h"
#include "services/rpc/thread_pool.h"
#include "troupe/v1/model_service.pb.h"

namespace troupe {

// Learns scoring models, one at a time, on a thread of its own, so that the
// threads that answer are not kept for minutes. Thread-safe.
class Learning {
 public:
  using Sink = ResponseSink<v1::LearnScoringModelResponse>;

  // What `tools` point at outlives it.
  explicit Learning(const ResourceTools& tools) : tools_(tools) {}

  // Answers LearnScoringModel. `request` lives as long as `sink` is held.
  void Start(std::shared_ptr<const Call> call, const v1::LearnScoringModelRequest& request,
             std::shared_ptr<Sink> sink);

 private:
  const ResourceTools tools_;
  std::atomic<bool> is_under_way_ = false;
  ThreadPool thread_{1};  // Last: what it runs uses the rest.
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_MODEL_LEARNING_H_
