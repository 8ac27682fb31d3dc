#ifndef TROUPE_SERVICES_RPC_DECODED_SIZE_H_
#define TROUPE_SERVICES_RPC_DECODED_SIZE_H_

#include <google/protobuf/descriptor.h>

#include <cstddef>

#include "absl/strings/string_view.h"

namespace troupe {

// About how many bytes of memory `bytes`, an encoded `type`, would take when
// decoded: two bytes on the wire can be an empty record of hundreds. Stops to
// count past `limit`, or where the bytes are malformed. Allocates nothing; the
// cost is linear in the bytes looked at.
size_t DecodedSize(absl::string_view bytes, const google::protobuf::Descriptor& type,
                   size_t limit);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_DECODED_SIZE_H_
