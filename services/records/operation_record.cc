#include "services/records/operation_record.h"

#include <algorithm>

#include "services/records/record_values.h"
#include "troupe/storage/v1/operation.pb.h"

namespace troupe {

namespace pb = storage::v1;

static void Store(const FieldViolation& value, pb::OperationProblem& message) {
  message.set_field(value.field);
  message.set_problem(value.problem);
  message.set_fix(value.fix);
}

static bool Load(const pb::OperationProblem& message, FieldViolation& value) {
  value = {message.field(), message.problem(), message.fix()};
  return true;
}

static void Store(const OperationError& value, pb::OperationError& message) {
  message.set_code(static_cast<int32_t>(value.code));
  message.set_reason(value.reason);
  message.set_message(value.message);
  StoreAll(value.problems, *message.mutable_problems());
  message.set_problem_count(value.problem_count);
}

static bool Load(const pb::OperationError& message, OperationError& value) {
  value.code = static_cast<absl::StatusCode>(message.code());
  value.reason = message.reason();
  value.message = message.message();
  value.problem_count = message.problem_count();
  return LoadAll(message.problems(), value.problems);
}

static void Store(const Operation& value, pb::Operation& message) {
  message.set_number(value.number);
  message.set_method(value.method);
  message.set_state(static_cast<uint32_t>(value.state));
  message.set_create_time(StoredTime(value.create_time));
  if (value.state != Operation::State::kRunning) message.set_end_time(StoredTime(value.end_time));
  if (value.state == Operation::State::kFailed) Store(value.error, *message.mutable_error());
  message.set_request(value.request);
  message.set_body_hash(value.body_hash);
}

static bool Load(const pb::Operation& message, Operation& value) {
  value.number = message.number();
  value.method = message.method();
  value.state = static_cast<Operation::State>(message.state());
  value.create_time = LoadedTime(message.create_time());
  value.end_time = LoadedTime(message.end_time());
  value.request = message.request();
  value.body_hash = message.body_hash();
  return value.number != 0 && message.state() != 0 &&
         message.state() <= static_cast<uint32_t>(Operation::State::kCancelled) &&
         LoadPart(message.has_error(), message.error(), value.error);
}

OperationError OperationError::Of(const absl::Status& status) {
  OperationError error{.code = status.code(),
                       .reason = ReasonOf(status),
                       .message = std::string(status.message()),
                       .problems = ViolationsOf(status)};
  error.problem_count = static_cast<int32_t>(error.problems.size());
  if (error.problems.size() > kMostProblems) error.problems.resize(kMostProblems);
  // It lists them all again.
  constexpr size_t kMostBytes = 1'000;
  if (error.message.size() > kMostBytes) {
    size_t end = kMostBytes;
    while (end > 0 && (static_cast<unsigned char>(error.message[end]) & 0xC0) == 0x80) --end;
    error.message = error.message.substr(0, end) + "...";
  }
  return error;
}

const Operation* Operations::Find(uint32_t number) const {
  const auto found =
      std::find_if(operations.begin(), operations.end(),
                   [&](const Operation& operation) { return operation.number == number; });
  return found == operations.end() ? nullptr : &*found;
}

Operation* Operations::Find(uint32_t number) {
  return const_cast<Operation*>(static_cast<const Operations*>(this)->Find(number));
}

const Operation* Operations::Running() const {
  const auto found = std::find_if(
      operations.begin(), operations.end(),
      [](const Operation& operation) { return operation.state == Operation::State::kRunning; });
  return found == operations.end() ? nullptr : &*found;
}

Operation& Operations::Begin(absl::string_view method, absl::Time now) {
  const uint32_t number = operations.empty() ? 1 : operations.back().number + 1;
  if (operations.size() == kMost) operations.erase(operations.begin());
  operations.push_back(
      {.number = number, .method = std::string(method), .create_time = now});
  return operations.back();
}

std::string SerializeOperations(const Operations& operations) {
  pb::Operations message;
  Store(operations.head, *message.mutable_head());
  StoreAll(operations.operations, *message.mutable_operations());
  return DeterministicBytes(message);
}

absl::StatusOr<Operations> ParseOperations(absl::string_view bytes) {
  pb::Operations message;
  Operations operations;
  if (!ParseBytes(bytes, message) || !Load(message.head(), operations.head) ||
      message.operations().empty() || !LoadAll(message.operations(), operations.operations)) {
    return RecordUnreadable("operations");
  }
  return operations;
}

}  // namespace troupe
