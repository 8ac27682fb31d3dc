#ifndef TROUPE_SERVICES_RPC_INVALID_UTF8_H_
#define TROUPE_SERVICES_RPC_INVALID_UTF8_H_

#include <google/protobuf/descriptor.h>

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace troupe {

// The path ("profiles[3].display_name") of the first string in `bytes`, the
// encoding of a `type`, that is not UTF-8; nullopt if there is none before the
// end or before the place where the encoding breaks.
std::optional<std::string> PathOfInvalidUtf8(absl::string_view bytes,
                                             const google::protobuf::Descriptor& type);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_INVALID_UTF8_H_
