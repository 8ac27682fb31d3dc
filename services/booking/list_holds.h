#ifndef TROUPE_SERVICES_BOOKING_LIST_HOLDS_H_
#define TROUPE_SERVICES_BOOKING_LIST_HOLDS_H_

#include "absl/status/statusor.h"
#include "matcher/base/ids.h"
#include "services/log/view.h"
#include "troupe/v1/booking_service.pb.h"

namespace troupe {

// The hold `name`, if `caller` is a side of it. Blocks on disk.
absl::StatusOr<v1::Hold> ShowHold(const ViewSnapshot& now, const OrganizationId& caller,
                                  const std::string& name);

// The page that `request` asks for, of the holds that `caller` is a side of.
// Blocks on disk.
absl::StatusOr<v1::ListHoldsResponse> PageOfHolds(const ViewSnapshot& now,
                                                  const OrganizationId& caller,
                                                  const v1::ListHoldsRequest& request);

}  // namespace troupe

#endif  // TROUPE_SERVICES_BOOKING_LIST_HOLDS_H_
