#ifndef TROUPE_SERVICES_RPC_RESOURCE_OPERATIONS_H_
#define TROUPE_SERVICES_RPC_RESOURCE_OPERATIONS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/status_macros.h"
#include "services/convert/operation_conversion.h"
#include "services/convert/operation_names.h"
#include "services/log/entity.h"
#include "services/log/log_errors.h"
#include "services/log/view.h"
#include "services/records/audience_record.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/live_operations.h"
#include "services/rpc/operation_writes.h"
#include "services/rpc/resource_errors.h"
#include "services/rpc/resource_tools.h"
#include "services/rpc/stored_operations.h"
#include "services/rpc/stored_resource.h"
#include "services/rpc/write_identity.h"
#include "services/rpc/write_resource.h"
#include "troupe/v1/operation.pb.h"

// Operations on resources of a `Kind`, which is as in stored_resource.h and has beside it
//
//   // FAILED_PRECONDITION if none may begin on `record` any more.
//   static absl::Status CheckBegin(const Record& record);
namespace troupe {

// An operation that was begun: its resource as it was then, and its number.
template <typename Kind>
struct BegunOperation {
  typename Kind::Record record;
  uint64_t version = kNoVersion;  // Of the record.
  uint32_t number = 0;
  std::shared_ptr<LiveOperation> live;
};

// What a client asked to be begun.
struct OperationRequest {
  std::string name;  // Of the resource.
  std::string etag;
  std::string request_id;
  uint64_t body_hash = 0;

  template <typename Request>
  static OperationRequest Of(const Request& request) {
    return {request.name(), request.etag(), request.request_id(), BodyHashOf(request)};
  }
};

// Begins and ends operations: one at a time on each resource, in the log before the client
// hears of it. Thread-safe.
template <typename Kind>
class ResourceOperations {
 public:
  using Record = typename Kind::Record;
  using Begun = BegunOperation<Kind>;

  // Both outlive it.
  ResourceOperations(const ResourceTools& tools, LiveOperations* live)
      : tools_(tools), live_(live) {}

  // Checks and changes the resource that an operation begins on.
  using Prepare =
      std::function<absl::Status(const ViewSnapshot& now, uint32_t number, Record& record)>;

  // Begins `method` on the resource of `request`, if `prepare` lets it, and calls `start`
  // with it before `done` with the same operation. A retry is answered with what was begun
  // then. Errors: NOT_FOUND; STALE_ETAG; ROUND_BUSY or so; what CheckBegin and `prepare` say.
  void Begin(std::shared_ptr<const Call> call, OperationRequest request, std::string method,
             Prepare prepare, std::function<void(Begun)> start, Done<v1::Operation> done);

  // What goes with the end of an operation: changes the resource as it is now, and may add
  // more mutations of its shard. An error makes it one that failed.
  using Conclude = absl::FunctionRef<absl::Status(const ViewSnapshot& now, uint64_t version,
                                                  Record& record, std::vector<Mutation>& more)>;

  // Writes the end of the operation: `outcome` and what `conclude` says, in one record.
  // Waits for the log, however long, unless the process stops: then nothing is written, and
  // the next start sees that it broke off. Blocks; not on the executor.
  void End(const Begun& begun, const absl::Status& outcome, Conclude conclude);

  // Writes a change of the resource while the operation goes on. Blocks likewise.
  absl::Status Change(const Begun& begun, absl::FunctionRef<void(Record& record)> change);

  // Operations that ran when the process stopped, of all resources of the kind. To be asked
  // before Open(): what begins later is none of them. Blocks on disk.
  absl::StatusOr<std::vector<Begun>> BrokenOff(std::vector<std::string>& methods);

  // Lets operations begin; until then Begin() waits.
  void Open();

  const ResourceTools& tools() const { return tools_; }

 private:
  // One beginning, kept from plan to answer.
  struct Beginning {
    OperationRequest request;
    std::string method;
    std::string log_request_id;
    std::optional<Operation> begun_before;  // By an earlier try.
    Operation operation;
    Record record;
    typename Kind::Id id;
  };

  // Once it is open.
  void BeginNow(std::shared_ptr<const Call> call, std::shared_ptr<Beginning> beginning,
                Prepare prepare, std::function<void(Begun)> start, Done<v1::Operation> done);

  absl::StatusOr<RecordWriter::Planned> Plan(const Call& call, const Prepare& prepare,
                                             const ViewSnapshot& now, Beginning& beginning);

  static Mutation WriteRecord(uint64_t version, const Record& stored, const Record& next) {
    return {.entity = EntityOf<Kind>(next.id),
            .expected_version = version,
            .value = Kind::Serialize(next),
            .audience_before = SerializeAudience(stored.ownership)};
  }

  std::string RequestIdOf(const OrganizationId& owner, absl::string_view what,
                          absl::string_view id) const {
    return LogRequestId(owner, absl::StrCat(Kind::kNoun, " operation"), what, id);
  }

  const ResourceTools tools_;
  LiveOperations* const live_;
  absl::Mutex mutex_;
  bool is_open_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::function<void()>> waiting_ ABSL_GUARDED_BY(mutex_);
};

template <typename Kind>
absl::StatusOr<RecordWriter::Planned> ResourceOperations<Kind>::Plan(const Call& call,
                                                                     const Prepare& prepare,
                                                                     const ViewSnapshot& now,
                                                                     Beginning& beginning) {
  TROUPE_RETURN_IF_ERROR(CheckWanted(call));
  const OperationRequest& request = beginning.request;
  Violations found;
  CheckRequestId(request.request_id, found);
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  TROUPE_ASSIGN_OR_RETURN(beginning.id, Kind::ParseName(request.name, "name"));
  TROUPE_ASSIGN_OR_RETURN(const std::optional<uint64_t> expected,
                          ExpectedVersion(request.etag, "etag"));
  TROUPE_ASSIGN_OR_RETURN(const auto stored,
                          FindOwned<Kind>(now, beginning.id, call.organization()));
  if (!stored.has_value()) return RecordNotFound(Kind::kNoun, request.name);
  TROUPE_ASSIGN_OR_RETURN(const auto operations, FindOperations(now, beginning.id.value()));
  const uint64_t request_hash =
      request.request_id.empty() ? 0 : StableHash(beginning.log_request_id);
  bool is_reused = false;
  if (request_hash != 0 && operations.has_value()) {
    for (const Operation& operation : operations->operations.operations) {
      if (operation.request != request_hash) continue;
      is_reused = operation.body_hash != request.body_hash;
      if (is_reused) break;
      beginning.begun_before = operation;
      return RecordWriter::Planned{};
    }
  }
  Operations next = NextOperations(operations, HeadOf(stored->record));
  Operation& operation = next.Begin(beginning.method, tools_.Now());
  operation.request = request_hash;
  operation.body_hash = request.body_hash;
  next.head.update_time = tools_.Now();
  beginning.record = stored->record;
  const absl::Status prepared = prepare(now, operation.number, beginning.record);
  // What is wrong with a request is so whatever else goes on.
  if (absl::IsInvalidArgument(prepared)) return prepared;
  if (is_reused) return RequestIdReused();
  if (expected.value_or(stored->version) != stored->version) return StaleEtag(Kind::kNoun);
  TROUPE_RETURN_IF_ERROR(Kind::CheckBegin(stored->record));
  TROUPE_RETURN_IF_ERROR(CheckIdle(operations, Kind::kNoun));
  TROUPE_RETURN_IF_ERROR(prepared);
  beginning.operation = operation;
  AppendRequest append{.shard = ShardOf(beginning.id.value()),
                       .request_id = beginning.log_request_id,
                       .mutations = {WriteOperations(operations, next)},
                       .body_hash = request.body_hash};
  if (beginning.record != stored->record) {
    append.mutations.push_back(WriteRecord(stored->version, stored->record, beginning.record));
  }
  return RecordWriter::Planned{.append = std::move(append), .replan = !expected.has_value()};
}

template <typename Kind>
void ResourceOperations<Kind>::Begin(std::shared_ptr<const Call> call, OperationRequest request,
                                     std::string method, Prepare prepare,
                                     std::function<void(Begun)> start,
                                     Done<v1::Operation> done) {
  const auto beginning = std::make_shared<Beginning>();
  beginning->log_request_id =
      request.request_id.empty()
          ? RequestIdOf(call->organization(), "once", tools_.ids->Next())
          : RequestIdOf(call->organization(), method, request.request_id);
  beginning->request = std::move(request);
  beginning->method = std::move(method);
  std::function<void()> begin = [this, call = std::move(call), beginning,
                                 prepare = std::move(prepare), start = std::move(start),
                                 done = std::move(done)] {
    BeginNow(call, beginning, prepare, start, done);
  };
  {
    absl::MutexLock lock(&mutex_);
    if (!is_open_) return waiting_.push_back(std::move(begin));
  }
  begin();
}

template <typename Kind>
void ResourceOperations<Kind>::Open() {
  std::vector<std::function<void()>> waiting;
  {
    absl::MutexLock lock(&mutex_);
    is_open_ = true;
    waiting.swap(waiting_);
  }
  for (const std::function<void()>& begin : waiting) begin();
}

template <typename Kind>
void ResourceOperations<Kind>::BeginNow(std::shared_ptr<const Call> call,
                                        std::shared_ptr<Beginning> beginning, Prepare prepare,
                                        std::function<void(Begun)> start,
                                        Done<v1::Operation> done) {
  tools_.writer->Change(
      [this, call, prepare = std::move(prepare), beginning](const ViewSnapshot& now) {
        return Plan(*call, prepare, now, *beginning);
      },
      call->deadline(),
      [this, beginning, start = std::move(start), done = std::move(done)](const auto& written) {
        if (!written.ok()) {
          const bool was_stale = StaleVersionOf(written.status()).has_value();
          return done(was_stale ? StaleEtag(Kind::kNoun) : written.status());
        }
        const Operation& operation =
            beginning->begun_before.has_value() ? *beginning->begun_before : beginning->operation;
        v1::Operation wire =
            ToWire(operation, FormatName(OperationName{beginning->id, operation.number}));
        if (beginning->begun_before.has_value()) return done(std::move(wire));
        Begun begun{.record = beginning->record, .number = operation.number};
        const auto stored = FindStored<Kind>(*tools_.view->Now(), beginning->id);
        if (stored.ok() && stored->has_value()) begun.version = (*stored)->version;
        begun.live = live_->Begin(beginning->id.value(), operation.number);
        start(std::move(begun));
        done(std::move(wire));
      });
}

template <typename Kind>
void ResourceOperations<Kind>::End(const Begun& begun, const absl::Status& outcome,
                                   Conclude conclude) {
  const std::string log_request_id =
      RequestIdOf(begun.record.ownership.owner, "end", tools_.ids->Next());
  const auto plan = [&](const ViewSnapshot& now) -> absl::StatusOr<AppendRequest> {
    TROUPE_ASSIGN_OR_RETURN(const auto stored, FindStored<Kind>(now, begun.record.id));
    TROUPE_ASSIGN_OR_RETURN(const auto operations, FindOperations(now, begun.record.id.value()));
    if (!operations.has_value() || !stored.has_value()) return ResourceGone(Kind::kNoun);
    Record record = stored->record;
    AppendRequest append = NewOperationWrite(begun.record.id.value(), log_request_id);
    const absl::Status concluded = conclude(now, stored->version, record, append.mutations);
    if (record != stored->record) {
      record.update_time = tools_.Now();
      append.mutations.push_back(WriteRecord(stored->version, stored->record, record));
    }
    TROUPE_RETURN_IF_ERROR(AddEnd(*operations, begun.number, outcome.ok() ? concluded : outcome,
                                  tools_.Now(), append));
    return append;
  };
  LogUnlessEnded(WriteUntilKept(tools_, plan, *begun.live));
  live_->End(begun.record.id.value(), begun.number);
}

template <typename Kind>
absl::Status ResourceOperations<Kind>::Change(const Begun& begun,
                                              absl::FunctionRef<void(Record& record)> change) {
  const std::string log_request_id =
      RequestIdOf(begun.record.ownership.owner, "change", tools_.ids->Next());
  return WriteUntilKept(
      tools_,
      [&](const ViewSnapshot& now) -> absl::StatusOr<AppendRequest> {
        TROUPE_ASSIGN_OR_RETURN(const auto stored, FindStored<Kind>(now, begun.record.id));
        if (!stored.has_value()) return ResourceGone(Kind::kNoun);
        Record record = stored->record;
        change(record);
        AppendRequest append = NewOperationWrite(record.id.value(), log_request_id);
        append.mutations = {WriteRecord(stored->version, stored->record, record)};
        return append;
      },
      *begun.live);
}

template <typename Kind>
absl::StatusOr<std::vector<BegunOperation<Kind>>> ResourceOperations<Kind>::BrokenOff(
    std::vector<std::string>& methods) {
  std::vector<Begun> broken;
  const std::shared_ptr<const ViewSnapshot> now = tools_.view->Now();
  TROUPE_RETURN_IF_ERROR(now->ForEachRecord(
      EntityKind::kOperation, [&](const StoredRecord& stored) -> absl::Status {
        TROUPE_ASSIGN_OR_RETURN(const Operations operations, ParseOperations(stored.bytes));
        const Operation* running = operations.Running();
        if (running == nullptr) return absl::OkStatus();
        TROUPE_ASSIGN_OR_RETURN(const auto found,
                                FindStored<Kind>(*now, typename Kind::Id(operations.head.id)));
        if (!found.has_value()) return absl::OkStatus();  // Of another kind.
        broken.push_back({.record = found->record,
                          .version = found->version,
                          .number = running->number,
                          .live = live_->Begin(operations.head.id, running->number)});
        methods.push_back(running->method);
        return absl::OkStatus();
      }));
  return broken;
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_RESOURCE_OPERATIONS_H_
