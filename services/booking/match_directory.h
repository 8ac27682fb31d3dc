#ifndef TROUPE_SERVICES_BOOKING_MATCH_DIRECTORY_H_
#define TROUPE_SERVICES_BOOKING_MATCH_DIRECTORY_H_

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "matcher/base/ids.h"
#include "services/rpc/channel_source.h"
#include "services/rpc/done.h"
#include "troupe/v1/match_service.pb.h"

namespace troupe {

// Asks the process that matches, on behalf of an organization, for answers that
// show all that was acknowledged before. Thread-safe.
class MatchDirectory {
 public:
  virtual ~MatchDirectory() = default;

  // As MatchService.FindProfiles. UNAVAILABLE, reason MATCHING_UNREACHABLE: it
  // cannot be asked.
  virtual void FindProfiles(const OrganizationId& caller, v1::FindProfilesRequest request,
                            absl::Time deadline, Done<v1::FindProfilesResponse> done) = 0;

  // Takes no more calls, answers those under way, and returns when all are
  // answered. Not from a callback.
  virtual void Close() = 0;
};

// That of the process behind `channel`; `service` as in OpenSeatDirectory.
std::unique_ptr<MatchDirectory> OpenMatchDirectory(ChannelSource channel,
                                                   std::string service);

}  // namespace troupe

#endif  // TROUPE_SERVICES_BOOKING_MATCH_DIRECTORY_H_
