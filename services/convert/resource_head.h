#ifndef TROUPE_SERVICES_CONVERT_RESOURCE_HEAD_H_
#define TROUPE_SERVICES_CONVERT_RESOURCE_HEAD_H_

#include <cstdint>

#include "matcher/domain/field.h"
#include "matcher/domain/ownership.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"

namespace troupe {

// What the messages of cohorts, programs and rounds begin with. They exist for their
// owner only.
template <typename Wire, typename Resource>
void ReadHead(const Wire& wire, const Field& field, Resource& resource) {
  if (wire.has_external_id()) {
    resource.external_id = FromWire(wire.external_id(), field["external_id"]);
  }
  resource.ownership.findability = Findability::kHidden;
}

template <typename Wire, typename Resource>
void WriteHead(const Resource& resource, uint64_t version, Wire& wire) {
  wire.set_name(FormatName(resource.id));
  wire.set_etag(FormatEtag(version));
  wire.set_organization(FormatName(resource.ownership.owner));
  if (resource.external_id) *wire.mutable_external_id() = ToWire(resource.external_id);
  *wire.mutable_create_time() = ToWire(resource.create_time);
  *wire.mutable_update_time() = ToWire(resource.update_time);
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_RESOURCE_HEAD_H_
