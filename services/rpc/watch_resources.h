#ifndef TROUPE_SERVICES_RPC_WATCH_RESOURCES_H_
#define TROUPE_SERVICES_RPC_WATCH_RESOURCES_H_

#include <memory>
#include <string>
#include <utility>

#include "matcher/base/status_macros.h"
#include "services/convert/types_conversion.h"
#include "services/convert/watch_request.h"
#include "services/records/audience_record.h"
#include "services/rpc/call.h"
#include "services/rpc/log_watch.h"
#include "services/rpc/response_sink.h"
#include "services/rpc/stored_resource.h"

namespace troupe {
namespace watch_resources_internal {

// One watch of one kind of resource (see stored_resource.h).
//
// It remembers no resource: a record of the log says who may see the new value,
// and who could see the one before. What the caller sees now it is told; what
// it saw until now it is told the end of; of all else it learns nothing.
template <typename Kind>
class ResourceWatch final : public LogWatch {
 public:
  using Response = typename Kind::WatchResponse;

  ResourceWatch(const ResourceTools& tools, WatchFilter filter,
                std::shared_ptr<ResponseSink<Response>> sink)
      : LogWatch(tools, Kind::kNoun), filter_(std::move(filter)), sink_(std::move(sink)) {}

 private:
  absl::StatusOr<bool> Take(const ReadRecord& record) override {
    const int before = response_.changes_size();
    for (const EntityChange& change : record.changes) {
      if (change.entity.kind == Kind::kEntity) TROUPE_RETURN_IF_ERROR(TakeChange(record, change));
    }
    return response_.changes_size() > before;
  }

  absl::Status TakeChange(const ReadRecord& record, const EntityChange& change) {
    if (change.value.has_value()) {
      TROUPE_ASSIGN_OR_RETURN(const auto next, Kind::Parse(*change.value));
      if (filter_.Admits(next.ownership)) {
        *Kind::ChangedIn(Add(record)) = ToWire(next, record.pos.seq, Reader{filter_.reader});
        return absl::OkStatus();
      }
    }
    if (change.audience_before.empty()) return absl::OkStatus();
    TROUPE_ASSIGN_OR_RETURN(const Ownership before, ParseAudience(change.audience_before));
    if (filter_.Admits(before)) {
      Add(record).set_deleted(FormatName(typename Kind::Id(change.entity.id)));
    }
    return absl::OkStatus();
  }

  typename Kind::Change& Add(const ReadRecord& record) {
    typename Kind::Change& change = *response_.add_changes();
    *change.mutable_change_time() = ToWire(record.appended);
    return change;
  }

  void Send(std::string resume_token, Written written) override {
    response_.set_resume_token(std::move(resume_token));
    const auto sink = sink_;  // Write may come to End before it returns.
    sink->Write(std::exchange(response_, {}), std::move(written));
  }

  // Lets go of the sink, because the log may hold the watch for a while yet.
  void End(absl::Status status) override { std::exchange(sink_, nullptr)->End(std::move(status)); }

  const WatchFilter filter_;
  std::shared_ptr<ResponseSink<Response>> sink_;
  Response response_;  // The next one.
};

}  // namespace watch_resources_internal

// Tells the caller what becomes of the resources that it sees, into `sink`.
template <typename Kind>
void WatchResources(const ResourceTools& tools, const Call& call,
                    const typename Kind::WatchRequest& request,
                    std::shared_ptr<ResponseSink<typename Kind::WatchResponse>> sink) {
  absl::StatusOr<WatchFilter> filter = FromWire(request, call.organization());
  if (!filter.ok()) return sink->End(filter.status());
  const auto watch = std::make_shared<watch_resources_internal::ResourceWatch<Kind>>(
      tools, *std::move(filter), sink);
  sink->OnStop([watch] { watch->Stop(); });
  watch->Start(request.resume_token());
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_WATCH_RESOURCES_H_
