#ifndef TROUPE_SERVICES_FEED_REMOTE_LOG_H_
#define TROUPE_SERVICES_FEED_REMOTE_LOG_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>

#include "matcher/base/clock.h"
#include "services/log/change_log.h"

namespace troupe {

// The log of another process, read over its FeedService. Every trouble on the
// way to it is UNAVAILABLE, reason LOG_UNREACHABLE: later perhaps. Thread-safe;
// OpenBase and what it returns block on the network, until Close at the latest. A
// Read waits for at most kMostFeedWait.
//
// `service` is what the calls name as their service, for servers on this
// machine without TLS. `clock` outlives it.
std::unique_ptr<LogReader> OpenRemoteLog(LogName name, std::shared_ptr<grpc::Channel> channel,
                                         std::string service, const Clock* clock);

}  // namespace troupe

#endif  // TROUPE_SERVICES_FEED_REMOTE_LOG_H_
