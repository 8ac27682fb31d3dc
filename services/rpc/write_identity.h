#ifndef TROUPE_SERVICES_RPC_WRITE_IDENTITY_H_
#define TROUPE_SERVICES_RPC_WRITE_IDENTITY_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message_lite.h"
#include "matcher/base/ids.h"
#include "matcher/base/violation.h"
#include "matcher/domain/ownership.h"

// What records and requests are called in the log. It follows from what the
// client said, so that a retry reaches the same record and is known as a retry;
// and it holds the organization and the kind ("profile"), so that those of two
// never meet. Stored: never change it.
namespace troupe {

// The id of the record that `owner` knows by `id`. Never 0.
uint64_t RecordIdOf(const OrganizationId& owner, absl::string_view kind, const ExternalId& id);

// The id of the record that the log's request `log_request_id` creates. Never 0.
uint64_t RecordIdOf(absl::string_view log_request_id);

// The log's request id for `request_id` of `method` ("create") by `caller`.
std::string LogRequestId(const OrganizationId& caller, absl::string_view kind,
                         absl::string_view method, absl::string_view request_id);

// The same for one item of an import.
std::string LogRequestId(const OrganizationId& caller, absl::string_view kind,
                         absl::string_view import_id, int64_t item);

// A hash of what a client said, to tell a retry from another request. Never 0.
uint64_t BodyHashOf(const google::protobuf::MessageLite& message);

// Reports to `request_id` of the request what is wrong with it, if it is set.
void CheckRequestId(absl::string_view request_id, Violations& found);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_WRITE_IDENTITY_H_
