#ifndef TROUPE_SERVICES_RPC_DELETE_RESOURCE_H_
#define TROUPE_SERVICES_RPC_DELETE_RESOURCE_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "google/protobuf/empty.pb.h"
#include "services/rpc/done.h"
#include "services/rpc/write_resource.h"

namespace troupe {
namespace delete_resource_internal {

// What a plan leaves for the answer, and for the next plan.
struct Deletion {
  std::string log_request_id;
  bool existed = false;  // For the caller.
  absl::Status in_use;   // Why only a retry gets through.
};

template <typename Kind, typename Request>
absl::StatusOr<RecordWriter::Planned> Plan(const ResourceTools& tools, const Call& call,
                                           const Request& request, const ViewSnapshot& now,
                                           Deletion& deletion) {
  TROUPE_RETURN_IF_ERROR(CheckWanted(call));
  Violations found;
  CheckRequestId(request.request_id(), found);
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  TROUPE_ASSIGN_OR_RETURN(const auto id, Kind::ParseName(request.name(), "name"));
  TROUPE_ASSIGN_OR_RETURN(const std::optional<uint64_t> expected,
                          ExpectedVersion(request.etag(), "etag"));
  const bool replan = !expected.has_value();
  TROUPE_ASSIGN_OR_RETURN(const auto stored, FindOwned<Kind>(now, id, call.organization()));
  // With a request id it may be a retry of what was done: the log knows.
  const bool may_be_retry = !request.request_id().empty();
  deletion.existed = stored.has_value();
  if (!deletion.existed) {
    if (!may_be_retry) return RecordNotFound(Kind::kNoun, request.name());
  } else if (expected.has_value() && *expected != stored->version && !may_be_retry) {
    return StaleEtag(Kind::kNoun);
  }
  deletion.in_use = deletion.existed ? Kind::CheckDelete(stored->record, now) : absl::OkStatus();
  if (!deletion.in_use.ok() && !may_be_retry) return deletion.in_use;
  if (deletion.log_request_id.empty()) {
    deletion.log_request_id = LogRequestIdOf<Kind>(tools, call, "delete", request);
  }
  const bool may_write = deletion.existed && deletion.in_use.ok();
  RecordWriter::Planned planned{.replan = replan && may_write};
  TROUPE_ASSIGN_OR_RETURN(
      planned.append,
      OneMutation<Kind>(id, deletion.log_request_id, BodyHashOf(request),
                        may_write ? Replacing(*stored, expected) : Replaced{kImpossibleVersion},
                        std::nullopt));
  if (may_write) {
    TROUPE_RETURN_IF_ERROR(Kind::AddToDelete(stored->record, now, planned.append->mutations));
  }
  return planned;
}

}  // namespace delete_resource_internal

// Deletes the resource that `request` names. A retry is answered as the first
// try was. `request` lives until `done` is called.
template <typename Kind, typename Request>
void DeleteResource(const ResourceTools& tools, std::shared_ptr<const Call> call,
                    const Request& request, Done<google::protobuf::Empty> done) {
  const auto deletion = std::make_shared<delete_resource_internal::Deletion>();
  tools.writer->Change(
      [tools, call, &request, deletion](const ViewSnapshot& now) {
        return delete_resource_internal::Plan<Kind>(tools, *call, request, now, *deletion);
      },
      call->deadline(), [&request, deletion, done = std::move(done)](const auto& written) {
        if (written.ok()) return done(google::protobuf::Empty());
        const bool was_stale = StaleVersionOf(written.status()).has_value();
        if (was_stale && !deletion->in_use.ok()) return done(deletion->in_use);
        // The version of what does not exist for the caller tells nothing.
        const bool was_no_retry = !deletion->existed && was_stale;
        done(was_no_retry ? RecordNotFound(Kind::kNoun, request.name())
                          : ChangeError<Kind>(request.name(), written.status()));
      });
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_DELETE_RESOURCE_H_
