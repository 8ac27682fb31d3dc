#ifndef TROUPE_SERVICES_CONVERT_WATCH_REQUEST_H_
#define TROUPE_SERVICES_CONVERT_WATCH_REQUEST_H_

#include "absl/status/statusor.h"
#include "matcher/base/ids.h"
#include "matcher/domain/ownership.h"
#include "troupe/v1/profile_service.pb.h"
#include "troupe/v1/project_service.pb.h"

namespace troupe {

// Of which records a watch tells.
struct WatchFilter {
  OrganizationId reader;
  OrganizationId owner;  // Empty: any.

  // Whether the watch tells of a record with this ownership.
  bool Admits(const Ownership& ownership) const {
    return ownership.IsVisibleTo(reader) && (owner.slug.empty() || ownership.owner == owner);
  }
};

// What `caller` asks for. Returns INVALID_ARGUMENT for a filter that does not fit.
absl::StatusOr<WatchFilter> FromWire(const v1::WatchProfilesRequest& wire,
                                     const OrganizationId& caller);
absl::StatusOr<WatchFilter> FromWire(const v1::WatchProjectsRequest& wire,
                                     const OrganizationId& caller);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_WATCH_REQUEST_H_
