#ifndef TROUPE_SERVICES_PLACEMENT_HOLD_DIRECTORY_H_
#define TROUPE_SERVICES_PLACEMENT_HOLD_DIRECTORY_H_

#include <memory>
#include <string>

#include "matcher/base/ids.h"
#include "services/rpc/channel_source.h"
#include "services/rpc/done.h"
#include "troupe/v1/booking_service.pb.h"

namespace troupe {

// Places and releases holds, on behalf of an organization, at the process that keeps
// profiles. Thread-safe.
class HoldDirectory {
 public:
  virtual ~HoldDirectory() = default;

  // As BookingService has them. UNAVAILABLE: it cannot be asked; the outcome is unknown.
  virtual void PlaceHold(const OrganizationId& caller, v1::PlaceHoldRequest request,
                         Done<v1::Hold> done) = 0;
  virtual void ReleaseHold(const OrganizationId& caller, v1::ReleaseHoldRequest request,
                           Done<v1::Hold> done) = 0;

  // Takes no more calls, and returns when all are answered. Not from a callback.
  virtual void Close() = 0;
};

// That of the process behind `channel`; `service` is what it calls itself there.
std::unique_ptr<HoldDirectory> OpenHoldDirectory(ChannelSource channel, std::string service);

}  // namespace troupe

#endif  // TROUPE_SERVICES_PLACEMENT_HOLD_DIRECTORY_H_
