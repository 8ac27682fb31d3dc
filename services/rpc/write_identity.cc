#include "services/rpc/write_identity.h"

#include "absl/strings/str_cat.h"
#include "matcher/base/stable_hash.h"
#include "services/records/record_values.h"

namespace troupe {
namespace {

constexpr size_t kMostRequestIdBytes = 100;

uint64_t NotZero(uint64_t hash) { return hash == 0 ? 1 : hash; }

}  // namespace

uint64_t RecordIdOf(const OrganizationId& owner, absl::string_view kind, const ExternalId& id) {
  return NotZero(StableHash({"external id", owner.slug, kind, id.source, id.id}));
}

uint64_t RecordIdOf(absl::string_view log_request_id) {
  return NotZero(StableHash({"request id", log_request_id}));
}

// No slug, kind or method has a slash, so that no two of these are alike.
std::string LogRequestId(const OrganizationId& caller, absl::string_view kind,
                         absl::string_view method, absl::string_view request_id) {
  return absl::StrCat(caller.slug, "/", kind, "/", method, "/", request_id);
}

std::string LogRequestId(const OrganizationId& caller, absl::string_view kind,
                         absl::string_view import_id, int64_t item) {
  return absl::StrCat(caller.slug, "/", kind, "/import/", item, "/", import_id);
}

uint64_t BodyHashOf(const google::protobuf::MessageLite& message) {
  return NotZero(StableHash(DeterministicBytes(message)));
}

void CheckRequestId(absl::string_view request_id, Violations& found) {
  if (request_id.size() <= kMostRequestIdBytes) return;
  found.Add("request_id", absl::StrCat("has ", request_id.size(), " bytes"),
            absl::StrCat("give at most ", kMostRequestIdBytes));
}

}  // namespace troupe
