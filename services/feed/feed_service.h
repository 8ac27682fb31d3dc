#ifndef TROUPE_SERVICES_FEED_FEED_SERVICE_H_
#define TROUPE_SERVICES_FEED_FEED_SERVICE_H_

#include <memory>

#include "matcher/base/clock.h"
#include "matcher/base/executor.h"
#include "services/log/change_log.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/stream_handler.h"
#include "troupe/feed/v1/feed_service.pb.h"

namespace troupe {

// Lets other processes read this one's log, as feed_service.proto says.
// Thread-safe.
class FeedService {
 public:
  // All of them outlive it, and it outlives its calls.
  FeedService(ChangeLog* log, Executor* executor, const Clock* clock)
      : log_(log), executor_(executor), clock_(clock) {}

  void ReadRecords(std::shared_ptr<const Call> call, const feed::v1::ReadRecordsRequest& request,
                   Done<feed::v1::ReadRecordsResponse> done);
  void GetHeads(std::shared_ptr<const Call> call, const feed::v1::GetHeadsRequest& request,
                Done<feed::v1::GetHeadsResponse> done);

  using ScanHandler = StreamHandler<feed::v1::ScanBaseRequest, feed::v1::ScanBaseResponse>;
  std::unique_ptr<ScanHandler> ScanBase(std::shared_ptr<const Call> call);

 private:
  ChangeLog* const log_;
  Executor* const executor_;
  const Clock* const clock_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_FEED_FEED_SERVICE_H_
