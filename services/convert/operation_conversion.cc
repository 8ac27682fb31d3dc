#include "services/convert/operation_conversion.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/convert/types_conversion.h"

namespace troupe {

static_assert(static_cast<int>(Operation::State::kRunning) == v1::Operation::STATE_RUNNING);
static_assert(static_cast<int>(Operation::State::kCancelled) == v1::Operation::STATE_CANCELLED);

v1::Operation ToWire(const Operation& operation, std::string name) {
  v1::Operation wire;
  wire.set_name(std::move(name));
  wire.set_method(operation.method);
  wire.set_state(static_cast<v1::Operation::State>(operation.state));
  *wire.mutable_create_time() = ToWire(operation.create_time);
  if (operation.state != Operation::State::kRunning) {
    *wire.mutable_end_time() = ToWire(operation.end_time);
  }
  if (operation.state != Operation::State::kFailed) return wire;
  v1::OperationError& error = *wire.mutable_error();
  error.set_code(static_cast<int32_t>(operation.error.code));
  error.set_reason(operation.error.reason);
  error.set_message(operation.error.message);
  error.set_problem_count(operation.error.problem_count);
  for (const FieldViolation& problem : operation.error.problems) {
    v1::OperationProblem& added = *error.add_problems();
    added.set_subject(problem.field);
    added.set_description(absl::StrCat(problem.problem, ": ", problem.fix));
  }
  return wire;
}

}  // namespace troupe
