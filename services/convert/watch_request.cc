#include "services/convert/watch_request.h"

#include "matcher/base/status_macros.h"
#include "matcher/domain/field.h"
#include "services/convert/resource_names.h"

namespace troupe {
namespace {

template <typename Wire>
absl::StatusOr<WatchFilter> Read(const Wire& wire, const OrganizationId& caller) {
  WatchFilter filter{.reader = caller};
  Violations found;
  const Field request(&found);
  if (!wire.organization().empty()) {
    filter.owner = ReadOrganizationName(request["organization"], wire.organization());
  }
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  return filter;
}

}  // namespace

absl::StatusOr<WatchFilter> FromWire(const v1::WatchProfilesRequest& wire,
                                     const OrganizationId& caller) {
  return Read(wire, caller);
}

absl::StatusOr<WatchFilter> FromWire(const v1::WatchProjectsRequest& wire,
                                     const OrganizationId& caller) {
  return Read(wire, caller);
}

}  // namespace troupe
