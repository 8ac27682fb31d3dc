#ifndef TROUPE_SERVICES_CLI_CHANGE_WATCH_H_
#define TROUPE_SERVICES_CLI_CHANGE_WATCH_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/cli/connection.h"
#include "services/cli/host.h"
#include "troupe/v1/booking_service.pb.h"
#include "troupe/v1/profile_service.pb.h"
#include "troupe/v1/project_service.pb.h"

namespace troupe {

// How long a watch tries to reach a server that is gone.
struct WatchPace {
  int attempts = 30;  // In a row.
  absl::Duration first_pause = absl::Milliseconds(200);  // Then twice as long, ...
  absl::Duration longest_pause = absl::Seconds(2);
};

// Watches with `request` and gives every response to `take`, until `host` is
// interrupted: then OK. When the server goes away, or cuts a slow client off,
// it goes on from the last response's token; so `take` gets every change once.
// Otherwise the server's error. `Request` is that of WatchProfiles,
// WatchProjects or WatchHolds.
template <typename Request, typename Response>
absl::Status WatchChanges(const Connection& connection, const Host& host, Request request,
                          const std::function<void(const Response&)>& take, WatchPace pace = {});

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_CHANGE_WATCH_H_
