#ifndef TROUPE_SERVICES_CONVERT_LIST_REQUEST_H_
#define TROUPE_SERVICES_CONVERT_LIST_REQUEST_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "matcher/base/ids.h"
#include "services/log/view.h"
#include "troupe/v1/placement_service.pb.h"
#include "troupe/v1/profile_service.pb.h"
#include "troupe/v1/project_service.pb.h"
#include "troupe/v1/staffing_service.pb.h"

namespace troupe {

// A listing as `List...` asks for it.
struct ListRequest {
  ListQuery query;
  uint64_t question = 0;  // For the next page's token.
};

// What `caller` asks for. Returns INVALID_ARGUMENT with every field that does
// not fit: an unknown role or place (with the nearest there is), an order or a
// page size that is none, a page token that was not made for this.
absl::StatusOr<ListRequest> FromWire(const v1::ListProfilesRequest& wire,
                                     const OrganizationId& caller);
absl::StatusOr<ListRequest> FromWire(const v1::ListProjectsRequest& wire,
                                     const OrganizationId& caller);
absl::StatusOr<ListRequest> FromWire(const v1::ListCohortsRequest& wire,
                                     const OrganizationId& caller);
absl::StatusOr<ListRequest> FromWire(const v1::ListProgramsRequest& wire,
                                     const OrganizationId& caller);
absl::StatusOr<ListRequest> FromWire(const v1::ListTrainingPlansRequest& wire,
                                     const OrganizationId& caller);
absl::StatusOr<ListRequest> FromWire(const v1::ListRoundsRequest& wire,
                                     const OrganizationId& caller);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_LIST_REQUEST_H_
