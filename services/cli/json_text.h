#ifndef TROUPE_SERVICES_CLI_JSON_TEXT_H_
#define TROUPE_SERVICES_CLI_JSON_TEXT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace troupe {

// `message` as protobuf JSON on one line, with the field names of the proto
// files.
std::string ToJson(const google::protobuf::Message& message);

// Reads protobuf JSON, with the field names of the proto files or in camel case,
// into `message`. INVALID_ARGUMENT, reason INVALID_FIELD, about the field that
// is unknown or has a wrong kind of value; about `what` if it is not JSON.
absl::Status FromJson(absl::string_view json, absl::string_view what,
                      google::protobuf::Message& message);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_JSON_TEXT_H_
