#ifndef TROUPE_SERVICES_RPC_CREATE_RESOURCE_H_
#define TROUPE_SERVICES_RPC_CREATE_RESOURCE_H_

#include <memory>
#include <optional>
#include <utility>

#include "services/convert/types_conversion.h"
#include "services/rpc/done.h"
#include "services/rpc/write_resource.h"

namespace troupe {
namespace create_resource_internal {

template <typename Kind, typename Request>
absl::StatusOr<RecordWriter::Planned> Plan(const ResourceTools& tools, const Call& call,
                                           const Request& request,
                                           const typename Kind::Wire& wire,
                                           const ViewSnapshot& now, Draft<Kind>& draft) {
  TROUPE_RETURN_IF_ERROR(CheckWanted(call));
  using Record = typename Kind::Record;
  Violations found;
  Violations inner;
  CheckRequestId(request.request_id(), found);
  Record& record = draft.next.record;
  record = ReadStated<Kind>(wire, call.organization(), inner);
  draft.log_request_id = LogRequestIdOf<Kind>(tools, call, "create", request);
  record.id = typename Kind::Id(
      record.external_id ? RecordIdOf(call.organization(), Kind::kNoun, record.external_id)
                         : RecordIdOf(draft.log_request_id));
  if (inner.empty()) {
    // Beside a resource that is there already only a retry gets through, whose
    // people may have gone since.
    TROUPE_ASSIGN_OR_RETURN(const auto stored, FindStored<Kind>(now, record.id));
    TROUPE_RETURN_IF_ERROR(Kind::CheckChange(stored.has_value() ? stored->record : Record(), record,
                                             now, inner));
  }
  found.AddAll(Kind::kNoun, inner);
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  Kind::Number(record);
  record.create_time = record.update_time = tools.Now();
  RecordWriter::Planned planned;
  TROUPE_ASSIGN_OR_RETURN(planned.append,
                          OneMutation<Kind>(record.id, draft.log_request_id, BodyHashOf(request),
                                            Replaced{}, Kind::Serialize(record)));
  return planned;
}

// Why it could not be created.
template <typename Kind>
absl::Status ErrorOf(const absl::Status& status, const ViewSnapshot& now,
                     const Draft<Kind>& draft) {
  if (!StaleVersionOf(status).has_value()) return status;
  const typename Kind::Record& record = draft.next.record;
  // The log has forgotten a request that old, but what it made is still there.
  if (!record.external_id) return RequestIdReused();
  TROUPE_ASSIGN_OR_RETURN(const auto stored, FindStored<Kind>(now, record.id));
  const bool owns =
      stored.has_value() && stored->record.ownership.owner == record.ownership.owner;
  return ExternalIdTaken(owns ? FormatName(record.id) : "");
}

template <typename Kind>
absl::StatusOr<typename Kind::Wire> Answer(
    const absl::StatusOr<std::optional<RecordWriter::Written>>& written, const ViewSnapshot& now,
    const Draft<Kind>& draft) {
  if (!written.ok()) return ErrorOf(written.status(), now, draft);
  const typename Kind::Record& record = draft.next.record;
  const uint64_t version = (*written)->pos.seq;
  const Reader owner{record.ownership.owner};
  TROUPE_ASSIGN_OR_RETURN(const auto stored, FindStored<Kind>(now, record.id));
  if (stored.has_value() && stored->version == version) {
    return ToWire(stored->record, version, owner);
  }
  typename Kind::Wire created = ToWire(record, version, owner);
  if (!(*written)->is_repeat) return created;
  // It was changed since, or deleted. What was created is what is asked for
  // again; only the time is that of now.
  created.clear_create_time();
  if (stored.has_value()) *created.mutable_create_time() = ToWire(stored->record.create_time);
  *created.mutable_update_time() = created.create_time();
  if (!stored.has_value()) created.clear_update_time();
  return created;
}

}  // namespace create_resource_internal

// Stores `wire`, the new resource in `request`. A retry is answered with what
// was created then, under the etag of then, even if it was changed since; if it
// was deleted since, without times.
//
// `request` lives until `done` is called.
template <typename Kind, typename Request>
void CreateResource(const ResourceTools& tools, std::shared_ptr<const Call> call,
                    const Request& request, const typename Kind::Wire& wire,
                    Done<typename Kind::Wire> done) {
  const auto draft = std::make_shared<Draft<Kind>>();
  tools.writer->Change(
      [tools, call, &request, &wire, draft](const ViewSnapshot& now) {
        return create_resource_internal::Plan<Kind>(tools, *call, request, wire, now, *draft);
      },
      call->deadline(), [tools, draft, done = std::move(done)](const auto& written) {
        done(create_resource_internal::Answer<Kind>(written, *tools.view->Now(), *draft));
      });
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_CREATE_RESOURCE_H_
