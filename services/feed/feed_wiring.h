#ifndef TROUPE_SERVICES_FEED_FEED_WIRING_H_
#define TROUPE_SERVICES_FEED_FEED_WIRING_H_

#include <memory>

#include "services/feed/feed_service.h"
#include "services/rpc/admission.h"
#include "services/rpc/wired_service.h"

namespace troupe {

// `feed` behind gRPC. Both outlive the result.
std::unique_ptr<WiredService> WireFeedService(FeedService* feed, Admission* admission);

}  // namespace troupe

#endif  // TROUPE_SERVICES_FEED_FEED_WIRING_H_
