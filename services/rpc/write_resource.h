#ifndef TROUPE_SERVICES_RPC_WRITE_RESOURCE_H_
#define TROUPE_SERVICES_RPC_WRITE_RESOURCE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/log/append_rules.h"
#include "services/log/log_errors.h"
#include "services/records/audience_record.h"
#include "services/rpc/call.h"
#include "services/rpc/resource_tools.h"
#include "services/rpc/stored_resource.h"
#include "services/rpc/write_identity.h"

// What creating, updating, deleting and importing a resource have in common.
namespace troupe {

// A resource as planned, kept until the log has answered.
template <typename Kind>
struct Draft {
  Versioned<typename Kind::Record> next;
  std::string log_request_id;
};

// What no entity ever has: what expects it gets through as a retry only.
inline constexpr uint64_t kImpossibleVersion = kAnyVersion - 1;

// What a mutation replaces: nothing, unless it says otherwise.
struct Replaced {
  uint64_t version = kNoVersion;
  std::string audience = {};  // See Mutation.
};

// `stored`, which the client expects to have the version `expected`, if any.
// The log takes a mutation only over the version whose audience it names.
template <typename Record>
Replaced Replacing(const Versioned<Record>& stored, std::optional<uint64_t> expected = {}) {
  if (expected.value_or(stored.version) != stored.version) return {kImpossibleVersion};
  return {stored.version, SerializeAudience(stored.record.ownership)};
}

// The next value of a resource, or its deletion, as one record of the log.
// INVALID_ARGUMENT if it is too large.
template <typename Kind>
absl::StatusOr<AppendRequest> OneMutation(const typename Kind::Id& id, std::string log_request_id,
                                          uint64_t body_hash, Replaced replaced,
                                          std::optional<std::string> value) {
  AppendRequest append{.shard = ShardOf(id.value()),
                       .request_id = std::move(log_request_id),
                       .mutations = {{.entity = EntityOf<Kind>(id),
                                      .expected_version = replaced.version,
                                      .value = std::move(value),
                                      .audience_before = std::move(replaced.audience)}},
                       .body_hash = body_hash};
  if (RecordBytes(append) <= kMaxRecordBytes) return append;
  return InvalidField(Kind::kNoun, absl::StrCat("takes ", RecordBytes(append), " bytes as stored"),
                      absl::StrCat("shorten it to at most ", kMaxRecordBytes));
}

// The log's request id of `request`, which may state none.
template <typename Kind, typename Request>
std::string LogRequestIdOf(const ResourceTools& tools, const Call& call, absl::string_view method,
                           const Request& request) {
  if (!request.request_id().empty()) {
    return LogRequestId(call.organization(), Kind::kNoun, method, request.request_id());
  }
  return LogRequestId(call.organization(), Kind::kNoun, absl::StrCat(method, "-once"),
                      tools.ids->Next());
}

// Which version a change expects: that of `etag`, or any if it is empty.
inline absl::StatusOr<std::optional<uint64_t>> ExpectedVersion(absl::string_view etag,
                                                               absl::string_view field) {
  if (etag.empty()) return std::nullopt;
  TROUPE_ASSIGN_OR_RETURN(const uint64_t version, ParseEtag(etag, field));
  return version;
}

// The resource, if it exists for `caller`. PERMISSION_DENIED if it is not its.
template <typename Kind>
absl::StatusOr<std::optional<Versioned<typename Kind::Record>>> FindOwned(
    const ViewSnapshot& now, const typename Kind::Id& id, const OrganizationId& caller) {
  TROUPE_ASSIGN_OR_RETURN(auto stored, FindStored<Kind>(now, id));
  if (!stored.has_value() || !stored->record.ownership.IsVisibleTo(caller)) return std::nullopt;
  if (stored->record.ownership.owner != caller) return NotOwner(Kind::kNoun);
  return stored;
}

// What the log answered to a change of the resource `name`, for the client.
template <typename Kind>
absl::Status ChangeError(absl::string_view name, const absl::Status& status) {
  const std::optional<StaleVersion> stale = StaleVersionOf(status);
  if (!stale.has_value()) return status;
  return stale->actual_version == kNoVersion ? RecordNotFound(Kind::kNoun, name)
                                             : StaleEtag(Kind::kNoun);
}

// Reports what only the server sets, and the client did.
template <typename Wire>
void CheckServerFields(const Wire& wire, const Field& field) {
  const auto check = [&](absl::string_view name, bool is_set) {
    const Field part = field[name];
    if (is_set) part.Report("is set", "leave it out: the server gives it");
  };
  check("name", !wire.name().empty());
  check("etag", !wire.etag().empty());
  check("organization", !wire.organization().empty());
  check("create_time", wire.has_create_time());
  check("update_time", wire.has_update_time());
}

// The resource that `owner` states in full, and which has no id yet. Adds to
// `found` what is wrong with it by itself.
template <typename Kind>
typename Kind::Record ReadStated(const typename Kind::Wire& wire, const OrganizationId& owner,
                                 Violations& found) {
  const Field field(&found);
  CheckServerFields(wire, field);
  typename Kind::Record record = FromWire(wire, field);
  if (found.empty()) found = Kind::Validate(record);
  record.ownership.owner = owner;
  return record;
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_WRITE_RESOURCE_H_
