#include "services/placement/round_operations.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/status_macros.h"
#include "services/convert/operation_conversion.h"
#include "services/convert/placement_names.h"
#include "services/log/log_errors.h"
#include "services/placement/placement_kinds.h"
#include "services/placement/placement_rules.h"
#include "services/rpc/resource_errors.h"
#include "services/rpc/retry_timer.h"
#include "services/rpc/stored_operations.h"
#include "services/rpc/stored_resource.h"
#include "services/rpc/write_resource.h"
#include "spdlog/spdlog.h"

namespace troupe {
namespace {

constexpr absl::Duration kWriteDeadline = absl::Seconds(30);
// Tries of one write state other times and versions; they are one request.
constexpr uint64_t kOneBody = 1;

Mutation WriteRound(uint64_t version, const Round& stored, const Round& next) {
  return {.entity = EntityOf<RoundKind>(next.id),
          .expected_version = version,
          .value = SerializeRound(next),
          .audience_before = SerializeAudience(stored.ownership)};
}

// One beginning, kept from plan to answer.
struct Beginning {
  OperationRequest request;
  std::string method;
  std::string log_request_id;
  std::optional<Operation> begun_before;  // By an earlier try.
  Operation operation;
  Round round;
  RoundId id;
  bool round_changes = false;
};

Operations NextOperations(const std::optional<StoredOperations>& stored, const Round& round) {
  if (stored.has_value()) return stored->operations;
  Operations operations;
  operations.head = {.id = round.id.value(),
                     .ownership = round.ownership,
                     .create_time = round.create_time};
  return operations;
}

absl::StatusOr<RecordWriter::Planned> PlanBeginning(const ResourceTools& tools, const Call& call,
                                                    const RoundOperations::Prepare& prepare,
                                                    const ViewSnapshot& now, Beginning& beginning) {
  TROUPE_RETURN_IF_ERROR(CheckWanted(call));
  const OperationRequest& request = beginning.request;
  Violations found;
  CheckRequestId(request.request_id, found);
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  TROUPE_ASSIGN_OR_RETURN(beginning.id, ParseRoundName(request.name, "name"));
  TROUPE_ASSIGN_OR_RETURN(const std::optional<uint64_t> expected,
                          ExpectedVersion(request.etag, "etag"));
  TROUPE_ASSIGN_OR_RETURN(const auto stored,
                          FindOwned<RoundKind>(now, beginning.id, call.organization()));
  if (!stored.has_value()) return RecordNotFound(RoundKind::kNoun, request.name);
  TROUPE_ASSIGN_OR_RETURN(const auto operations, FindOperations(now, beginning.id.value()));
  const uint64_t request_hash =
      request.request_id.empty() ? 0 : StableHash(beginning.log_request_id);
  if (request_hash != 0 && operations.has_value()) {
    for (const Operation& operation : operations->operations.operations) {
      if (operation.request != request_hash) continue;
      if (operation.body_hash != request.body_hash) return RequestIdReused();
      beginning.begun_before = operation;
      return RecordWriter::Planned{};
    }
  }
  if (expected.value_or(stored->version) != stored->version) return StaleEtag(RoundKind::kNoun);
  TROUPE_RETURN_IF_ERROR(CheckNotPublished(stored->record));
  TROUPE_RETURN_IF_ERROR(CheckIdle(operations, RoundKind::kNoun));
  Operations next = NextOperations(operations, stored->record);
  Operation& operation = next.Begin(beginning.method, tools.Now());
  operation.request = request_hash;
  operation.body_hash = request.body_hash;
  next.head.update_time = tools.Now();
  beginning.round = stored->record;
  TROUPE_RETURN_IF_ERROR(prepare(now, operation.number, beginning.round));
  beginning.operation = operation;
  AppendRequest append{.shard = ShardOf(beginning.id.value()),
                       .request_id = beginning.log_request_id,
                       .mutations = {WriteOperations(operations, next)},
                       .body_hash = request.body_hash};
  beginning.round_changes = beginning.round != stored->record;
  if (beginning.round_changes) {
    append.mutations.push_back(WriteRound(stored->version, stored->record, beginning.round));
  }
  return RecordWriter::Planned{.append = std::move(append), .replan = !expected.has_value()};
}

}  // namespace

void RoundOperations::Begin(std::shared_ptr<const Call> call, OperationRequest request,
                            std::string method, Prepare prepare, Begun begun,
                            Done<v1::Operation> done) {
  const auto beginning = std::make_shared<Beginning>();
  beginning->log_request_id =
      request.request_id.empty()
          ? LogRequestId(call->organization(), "round operation", "once", tools_.ids->Next())
          : LogRequestId(call->organization(), "round operation", method, request.request_id);
  beginning->request = std::move(request);
  beginning->method = std::move(method);
  tools_.writer->Change(
      [this, call, prepare = std::move(prepare), beginning](const ViewSnapshot& now) {
        return PlanBeginning(tools_, *call, prepare, now, *beginning);
      },
      call->deadline(),
      [this, beginning, begun = std::move(begun), done = std::move(done)](const auto& written) {
        if (!written.ok()) {
          const bool was_stale = StaleVersionOf(written.status()).has_value();
          return done(was_stale ? StaleEtag(RoundKind::kNoun) : written.status());
        }
        const Operation& operation =
            beginning->begun_before.has_value() ? *beginning->begun_before : beginning->operation;
        v1::Operation wire =
            ToWire(operation, FormatName(RoundOperation{beginning->id, operation.number}));
        if (beginning->begun_before.has_value()) return done(std::move(wire));
        BegunOperation started{.round = beginning->round, .number = operation.number};
        const auto stored = FindStored<RoundKind>(*tools_.view->Now(), beginning->id);
        if (stored.ok() && stored->has_value()) started.round_version = (*stored)->version;
        started.live = live_->Begin(beginning->id.value(), operation.number);
        begun(std::move(started));
        done(std::move(wire));
      });
}

// Tries until the log has it.
absl::Status RoundOperations::Write(
    const std::function<absl::StatusOr<AppendRequest>(const ViewSnapshot&)>& plan,
    const LiveOperation& live) {
  for (int failures = 1;; ++failures) {
    absl::Status status;
    absl::Notification written;
    tools_.writer->Change(
        [&](const ViewSnapshot& now) -> absl::StatusOr<RecordWriter::Planned> {
          TROUPE_ASSIGN_OR_RETURN(AppendRequest append, plan(now));
          return RecordWriter::Planned{.append = std::move(append), .replan = true};
        },
        tools_.clock->Now() + kWriteDeadline, [&](const auto& result) {
          status = result.status();
          written.Notify();
        });
    written.WaitForNotification();
    const bool may_pass = absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) ||
                          absl::IsResourceExhausted(status) ||
                          StaleVersionOf(status).has_value();
    if (!may_pass || live.is_closing()) return status;
    absl::SleepFor(PauseAfter(failures));
  }
}

void RoundOperations::End(const BegunOperation& begun, const absl::Status& outcome,
                          Conclude conclude) {
  const std::string log_request_id =
      LogRequestId(begun.round.ownership.owner, "round operation", "end", tools_.ids->Next());
  const auto plan = [&](const ViewSnapshot& now) -> absl::StatusOr<AppendRequest> {
    const uint64_t id = begun.round.id.value();
    TROUPE_ASSIGN_OR_RETURN(const auto stored, FindStored<RoundKind>(now, begun.round.id));
    TROUPE_ASSIGN_OR_RETURN(const auto operations, FindOperations(now, id));
    if (!operations.has_value() || !stored.has_value()) {
      return absl::NotFoundError("the round was deleted");
    }
    Operations next = operations->operations;
    Operation* operation = next.Find(begun.number);
    if (operation == nullptr || operation->state != Operation::State::kRunning) {
      return absl::AlreadyExistsError("the operation has ended");  // By a try of ours.
    }
    AppendRequest append{
        .shard = ShardOf(id), .request_id = log_request_id, .body_hash = kOneBody};
    std::vector<Mutation> more;
    Round round = stored->record;
    absl::Status ended = outcome;
    const absl::Status concluded = conclude(now, stored->version, round, more);
    if (ended.ok()) ended = concluded;
    if (round != stored->record) {
      round.update_time = tools_.Now();
      more.push_back(WriteRound(stored->version, stored->record, round));
    }
    append.mutations = std::move(more);
    operation->end_time = next.head.update_time = tools_.Now();
    operation->state = ended.ok()                  ? Operation::State::kSucceeded
                       : absl::IsCancelled(ended) ? Operation::State::kCancelled
                                                  : Operation::State::kFailed;
    if (operation->state == Operation::State::kFailed) operation->error = OperationError::Of(ended);
    append.mutations.push_back(WriteOperations(operations, next));
    return append;
  };
  const absl::Status written = Write(plan, *begun.live);
  if (!written.ok() && !absl::IsAlreadyExists(written)) {
    spdlog::warn("the end of an operation could not be written: {}", written.ToString());
  }
  live_->End(begun.round.id.value(), begun.number);
}

absl::Status RoundOperations::Change(const BegunOperation& begun,
                                     absl::FunctionRef<void(Round& round)> change) {
  const std::string log_request_id =
      LogRequestId(begun.round.ownership.owner, "round operation", "change", tools_.ids->Next());
  return Write(
      [&](const ViewSnapshot& now) -> absl::StatusOr<AppendRequest> {
        TROUPE_ASSIGN_OR_RETURN(const auto stored, FindStored<RoundKind>(now, begun.round.id));
        if (!stored.has_value()) return absl::NotFoundError("the round was deleted");
        Round round = stored->record;
        change(round);
        return AppendRequest{.shard = ShardOf(round.id.value()),
                             .request_id = log_request_id,
                             .mutations = {WriteRound(stored->version, stored->record, round)},
                             .body_hash = kOneBody};
      },
      *begun.live);
}

absl::StatusOr<std::vector<BegunOperation>> RoundOperations::BrokenOff(
    std::vector<std::string>& methods) {
  std::vector<BegunOperation> broken;
  const std::shared_ptr<const ViewSnapshot> now = tools_.view->Now();
  TROUPE_RETURN_IF_ERROR(now->ForEachRecord(
      EntityKind::kOperation, [&](const StoredRecord& stored) -> absl::Status {
        TROUPE_ASSIGN_OR_RETURN(const Operations operations, ParseOperations(stored.bytes));
        const Operation* running = operations.Running();
        if (running == nullptr) return absl::OkStatus();
        TROUPE_ASSIGN_OR_RETURN(const auto round,
                                FindStored<RoundKind>(*now, RoundId(operations.head.id)));
        if (!round.has_value()) return absl::OkStatus();
        broken.push_back({.round = round->record,
                          .round_version = round->version,
                          .number = running->number,
                          .live = live_->Begin(operations.head.id, running->number)});
        methods.push_back(running->method);
        return absl::OkStatus();
      }));
  return broken;
}

}  // namespace troupe
