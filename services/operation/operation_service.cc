#include "services/operation/operation_service.h"

#include <algorithm>
#include <atomic>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/convert/operation_conversion.h"
#include "services/convert/operation_names.h"
#include "services/rpc/read_resources.h"
#include "services/rpc/resource_errors.h"
#include "services/rpc/stored_operations.h"

namespace troupe {
namespace {

constexpr absl::Duration kMostWait = absl::Seconds(50);
// What is left of a call's deadline when a wait for it ends.
constexpr absl::Duration kAnswerTime = absl::Milliseconds(500);
// Nobody is at an operation for a moment after it began, and after the process did.
constexpr absl::Duration kStartTime = absl::Milliseconds(200);

bool IsRound(const OperatedId& id) { return std::holds_alternative<RoundId>(id); }

EntityKey EntityOf(const OperatedId& id) {
  return {IsRound(id) ? EntityKind::kRound : EntityKind::kTrainingPlan, ValueOf(id)};
}

absl::string_view NounOf(const OperatedId& id) { return IsRound(id) ? "round" : "training_plan"; }

v1::Operation Shown(const Operation& operation, const OperationName& name,
                    const LiveOperations& live) {
  v1::Operation wire = ToWire(operation, FormatName(name));
  if (operation.state != Operation::State::kRunning) return wire;
  const std::shared_ptr<LiveOperation> running = live.Find(ValueOf(name.resource), name.number);
  v1::OperationProgress& progress = *wire.mutable_progress();
  if (running == nullptr) {
    progress.set_step("waiting");
    return wire;
  }
  const LiveOperation::Progress now = running->progress();
  progress.set_step(now.step.empty() ? "waiting" : now.step);
  progress.set_done(now.done);
  progress.set_total(now.total);
  return wire;
}

absl::StatusOr<v1::Operation> Get(const ViewSnapshot& now, const OrganizationId& caller,
                                  const std::string& name, const LiveOperations& live) {
  TROUPE_ASSIGN_OR_RETURN(const OperationName parsed, ParseOperationName(name, "name"));
  TROUPE_ASSIGN_OR_RETURN(const std::vector<bool> visible,
                          now.AreVisibleTo(caller, {EntityOf(parsed.resource)}));
  TROUPE_ASSIGN_OR_RETURN(const auto stored, FindOperations(now, ValueOf(parsed.resource)));
  const bool is_theirs = visible.front() && stored.has_value();
  const Operation* operation = is_theirs ? stored->operations.Find(parsed.number) : nullptr;
  if (operation == nullptr) return RecordNotFound("operation", name);
  return Shown(*operation, parsed, live);
}

// A call that waits for an operation, until it is answered.
struct Waiting {
  Waiting(std::shared_ptr<const Call> asked, Done<v1::Operation> answer)
      : call(std::move(asked)), done(std::move(answer)) {}

  std::shared_ptr<const Call> call;
  Done<v1::Operation> done;
  std::atomic<bool> is_answered{false};
};

}  // namespace

void OperationService::GetOperation(std::shared_ptr<const Call> call,
                                    const v1::GetOperationRequest& request,
                                    Done<v1::Operation> done) {
  read_resources_internal::AnswerOn<v1::Operation>(
      tools_, std::move(call), std::move(done),
      [this, &request](const ViewSnapshot& now, const Reader& reader) {
        return Get(now, reader.organization, request.name(), *live_);
      });
}

void OperationService::ListOperations(std::shared_ptr<const Call> call,
                                      const v1::ListOperationsRequest& request,
                                      Done<v1::ListOperationsResponse> done) {
  read_resources_internal::AnswerOn<v1::ListOperationsResponse>(
      tools_, std::move(call), std::move(done),
      [this, &request](const ViewSnapshot& now,
                       const Reader& reader) -> absl::StatusOr<v1::ListOperationsResponse> {
        TROUPE_ASSIGN_OR_RETURN(const OperatedId id,
                                ParseOperatedName(request.parent(), "parent"));
        TROUPE_ASSIGN_OR_RETURN(const std::vector<bool> visible,
                                now.AreVisibleTo(reader.organization, {EntityOf(id)}));
        if (!visible.front()) {
          return RecordNotFound(NounOf(id), request.parent());
        }
        TROUPE_ASSIGN_OR_RETURN(const auto stored, FindOperations(now, ValueOf(id)));
        v1::ListOperationsResponse response;
        if (!stored.has_value()) return response;
        const std::vector<Operation>& operations = stored->operations.operations;
        for (auto it = operations.rbegin(); it != operations.rend(); ++it) {
          *response.add_operations() = Shown(*it, {id, it->number}, *live_);
        }
        return response;
      });
}

void OperationService::CancelOperation(std::shared_ptr<const Call> call,
                                       const v1::CancelOperationRequest& request,
                                       Done<v1::Operation> done) {
  read_resources_internal::AnswerOn<v1::Operation>(
      tools_, std::move(call), std::move(done),
      [this, &request](const ViewSnapshot& now,
                       const Reader& reader) -> absl::StatusOr<v1::Operation> {
        TROUPE_ASSIGN_OR_RETURN(v1::Operation operation,
                                Get(now, reader.organization, request.name(), *live_));
        TROUPE_ASSIGN_OR_RETURN(const OperationName name,
                                ParseOperationName(request.name(), "name"));
        const std::shared_ptr<LiveOperation> live =
            live_->Find(ValueOf(name.resource), name.number);
        if (live != nullptr) live->Cancel();
        return operation;
      });
}

void OperationService::WaitOperation(std::shared_ptr<const Call> call,
                                     const v1::WaitOperationRequest& request,
                                     Done<v1::Operation> done) {
  absl::Duration wait = kMostWait;
  if (request.has_timeout()) {
    constexpr int32_t kMostNanos = 999'999'999;
    if (request.timeout().nanos() < 0 || request.timeout().nanos() > kMostNanos) {
      return done(InvalidField("timeout.nanos", absl::StrCat("is ", request.timeout().nanos()),
                               absl::StrCat("give 0 to ", kMostNanos)));
    }
    wait = absl::Seconds(request.timeout().seconds()) +
           absl::Nanoseconds(request.timeout().nanos());
    if (wait < absl::ZeroDuration() || kMostWait < wait) {
      return done(InvalidField("timeout", absl::StrCat("is ", absl::FormatDuration(wait)),
                               absl::StrCat("give 0 to ", absl::FormatDuration(kMostWait))));
    }
  }
  wait = std::min(wait, call->deadline() - tools_.clock->Now() - kAnswerTime);
  const absl::StatusOr<OperationName> name = ParseOperationName(request.name(), "name");
  if (!name.ok()) return done(name.status());
  read_resources_internal::AnswerOn<v1::Operation>(
      tools_, call,
      [this, call, name = *name, wait, &request,
       done = std::move(done)](absl::StatusOr<v1::Operation> first) {
        const std::shared_ptr<LiveOperation> live =
            live_->Find(ValueOf(name.resource), name.number);
        const bool waits = first.ok() && first->state() == v1::Operation::STATE_RUNNING &&
                           wait > absl::ZeroDuration();
        if (!waits) return done(std::move(first));
        const auto waiting = std::make_shared<Waiting>(call, done);
        const auto answer = [this, &request, waiting] {
          if (waiting->is_answered.exchange(true)) return;
          // An operation may go on for long: what it tells at its end must not keep a
          // call that is over, which counts as one that the server works on.
          const std::shared_ptr<const Call> asked = std::move(waiting->call);
          read_resources_internal::AnswerOn<v1::Operation>(
              tools_, asked, std::move(waiting->done),
              [this, &request](const ViewSnapshot& now, const Reader& reader) {
                return Get(now, reader.organization, request.name(), *live_);
              });
        };
        timer_->After(live != nullptr ? wait : std::min(wait, kStartTime), answer);
        if (live != nullptr) live->OnEnd(answer);  // Last: the call may be over with it.
      },
      [this, &request](const ViewSnapshot& now, const Reader& reader) {
        return Get(now, reader.organization, request.name(), *live_);
      });
}

}  // namespace troupe
