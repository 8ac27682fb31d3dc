#include "services/feed/feed_wiring.h"

#include "troupe/feed/v1/feed_service.grpc.pb.h"

namespace troupe {

std::unique_ptr<WiredService> WireFeedService(FeedService* feed, Admission* admission) {
  auto wired =
      std::make_unique<WiredService>(feed::v1::FeedService::service_full_name(), admission);
  wired->Unary("ReadRecords", feed, &FeedService::ReadRecords);
  wired->Unary("GetHeads", feed, &FeedService::GetHeads);
  wired->Stream("ScanBase", feed, &FeedService::ScanBase);
  return wired;
}

}  // namespace troupe
