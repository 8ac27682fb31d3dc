#ifndef TROUPE_SERVICES_BOOKING_WATCH_HOLDS_H_
#define TROUPE_SERVICES_BOOKING_WATCH_HOLDS_H_

#include <memory>

#include "services/rpc/call.h"
#include "services/rpc/resource_tools.h"
#include "services/rpc/response_sink.h"
#include "troupe/v1/booking_service.pb.h"

namespace troupe {

// Tells the caller what becomes of the holds that it is a side of, into `sink`.
void WatchHoldsOf(const ResourceTools& tools, const Call& call,
                  const v1::WatchHoldsRequest& request,
                  std::shared_ptr<ResponseSink<v1::WatchHoldsResponse>> sink);

}  // namespace troupe

#endif  // TROUPE_SERVICES_BOOKING_WATCH_HOLDS_H_
