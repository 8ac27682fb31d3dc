#ifndef TROUPE_SERVICES_RPC_VIEW_GATE_H_
#define TROUPE_SERVICES_RPC_VIEW_GATE_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "matcher/base/executor.h"
#include "services/log/applier.h"
#include "services/log/change_log.h"
#include "services/log/consistency_token.h"
#include "services/log/view.h"
#include "services/rpc/freshness_gate.h"

namespace troupe {

class Arrivals;

// Lets calls in as the view of some logs becomes fresh enough for them. A token
// may also speak of logs that the view does not follow: no answer shows
// anything of those. Thread-safe.
class ViewGate final : public FreshnessGate {
 public:
  // A log that the view follows, and who brings it up to date.
  struct Source {
    LogReader* log;
    const Applier* applier;
    // Calls are answered while the view is behind it, once it has been read.
    bool may_lag = false;
  };

  // All of them outlive it, and it outlives its calls.
  ViewGate(View* view, std::vector<Source> sources, Executor* executor)
      : view_(view), sources_(std::move(sources)), executor_(executor) {}

  absl::Status Check() const override;
  void When(const Freshness& wanted, absl::Time deadline,
            std::function<void(absl::Status)> open) override;
  std::string Token() const override;

 private:
  void AwaitHeads(const Source& source, absl::Time deadline,
                  const std::shared_ptr<Arrivals>& arrivals);
  void Await(const SeenRecord& record, absl::Time deadline,
             const std::shared_ptr<Arrivals>& arrivals);
  bool Follows(LogName log) const;
  bool HasRead(LogName log) const;

  View* const view_;
  const std::vector<Source> sources_;
  Executor* const executor_;

  mutable absl::Mutex mutex_;
  mutable std::weak_ptr<const ViewSnapshot> token_of_ ABSL_GUARDED_BY(mutex_);
  mutable std::string token_ ABSL_GUARDED_BY(mutex_);  // Of that snapshot.
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_VIEW_GATE_H_
