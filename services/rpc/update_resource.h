#ifndef TROUPE_SERVICES_RPC_UPDATE_RESOURCE_H_
#define TROUPE_SERVICES_RPC_UPDATE_RESOURCE_H_

#include <memory>
#include <optional>
#include <utility>

#include "services/convert/update_mask.h"
#include "services/rpc/done.h"
#include "services/rpc/write_resource.h"

namespace troupe {
namespace update_resource_internal {

// `stored` as the request wants it.
template <typename Kind, typename Request>
absl::StatusOr<typename Kind::Record> Updated(const typename Kind::Record& stored,
                                              const Request& request,
                                              const typename Kind::Wire& wire,
                                              const ViewSnapshot& now) {
  Violations found;
  Violations inner;
  const typename Kind::Record update = FromWire(wire, inner);
  typename Kind::Record next = ApplyMask(stored, update, request.update_mask(), found);
  if (found.empty() && inner.empty()) {
    TROUPE_RETURN_IF_ERROR(Kind::CheckKept(stored, next));
    inner = Kind::Validate(next);
    TROUPE_RETURN_IF_ERROR(Kind::CheckChange(stored, next, now, inner));
  }
  found.AddAll(Kind::kNoun, inner);
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  Kind::Number(next);
  return next;
}

template <typename Kind, typename Request>
absl::StatusOr<RecordWriter::Planned> Plan(const ResourceTools& tools, const Call& call,
                                           const Request& request,
                                           const typename Kind::Wire& wire,
                                           const ViewSnapshot& now, Draft<Kind>& draft) {
  TROUPE_RETURN_IF_ERROR(CheckWanted(call));
  Violations found;
  CheckRequestId(request.request_id(), found);
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  TROUPE_ASSIGN_OR_RETURN(const auto id,
                          Kind::ParseName(wire.name(), absl::StrCat(Kind::kNoun, ".name")));
  TROUPE_ASSIGN_OR_RETURN(const std::optional<uint64_t> expected,
                          ExpectedVersion(wire.etag(), absl::StrCat(Kind::kNoun, ".etag")));
  TROUPE_ASSIGN_OR_RETURN(const auto stored, FindOwned<Kind>(now, id, call.organization()));
  if (!stored.has_value()) return RecordNotFound(Kind::kNoun, wire.name());
  const bool is_stale = expected.has_value() && *expected != stored->version;
  // With a request id it may be a retry, whose first try made the etag stale.
  if (is_stale && request.request_id().empty()) return StaleEtag(Kind::kNoun);
  TROUPE_ASSIGN_OR_RETURN(draft.next.record,
                          Updated<Kind>(stored->record, request, wire, now));
  draft.next.version = stored->version;
  if (!is_stale && draft.next.record == stored->record) return RecordWriter::Planned{};
  draft.next.record.update_time = tools.Now();
  if (draft.log_request_id.empty()) {
    draft.log_request_id = LogRequestIdOf<Kind>(tools, call, "update", request);
  }
  RecordWriter::Planned planned{.replan = !expected.has_value()};
  TROUPE_ASSIGN_OR_RETURN(planned.append,
                          OneMutation<Kind>(id, draft.log_request_id, BodyHashOf(request),
                                            Replacing(*stored, expected),
                                            Kind::Serialize(draft.next.record)));
  return planned;
}

template <typename Kind>
absl::StatusOr<typename Kind::Wire> Answer(
    const absl::StatusOr<std::optional<RecordWriter::Written>>& written, const ViewSnapshot& now,
    const Draft<Kind>& draft, const Reader& owner, const std::string& name) {
  if (!written.ok()) return ChangeError<Kind>(name, written.status());
  const typename Kind::Record& next = draft.next.record;
  if (!written->has_value()) return ToWire(next, draft.next.version, owner);
  const uint64_t version = (*written)->pos.seq;
  TROUPE_ASSIGN_OR_RETURN(const auto stored, FindStored<Kind>(now, next.id));
  const bool is_newest = stored.has_value() && stored->version == version;
  if (!is_newest && !(*written)->is_repeat) return ToWire(next, version, owner);
  if (!stored.has_value()) return RecordNotFound(Kind::kNoun, name);
  return ToWire(stored->record, stored->version, owner);
}

}  // namespace update_resource_internal

// Changes the fields of `wire`, the resource in `request`, that the mask names.
// What would change nothing writes nothing, gives no new etag, and leaves its
// request id unused. A retry is answered with the resource as it is now.
// Without an etag, an update that loses against another one is done again.
//
// `request` lives until `done` is called.
template <typename Kind, typename Request>
void UpdateResource(const ResourceTools& tools, std::shared_ptr<const Call> call,
                    const Request& request, const typename Kind::Wire& wire,
                    Done<typename Kind::Wire> done) {
  const auto draft = std::make_shared<Draft<Kind>>();
  tools.writer->Change(
      [tools, call, &request, &wire, draft](const ViewSnapshot& now) {
        return update_resource_internal::Plan<Kind>(tools, *call, request, wire, now, *draft);
      },
      call->deadline(),
      [tools, call, &wire, draft, done = std::move(done)](const auto& written) {
        done(update_resource_internal::Answer<Kind>(written, *tools.view->Now(), *draft,
                                                    {call->organization()}, wire.name()));
      });
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_UPDATE_RESOURCE_H_
