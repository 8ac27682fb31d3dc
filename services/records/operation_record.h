#ifndef TROUPE_SERVICES_RECORDS_OPERATION_RECORD_H_
#define TROUPE_SERVICES_RECORDS_OPERATION_RECORD_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "matcher/base/violation.h"
#include "services/records/record_head.h"

namespace troupe {

// Why an operation failed.
struct OperationError {
  static constexpr size_t kMostProblems = 1'000;

  absl::StatusCode code = absl::StatusCode::kUnknown;
  std::string reason;
  std::string message;
  std::vector<FieldViolation> problems;  // The first of them.
  int32_t problem_count = 0;

  static OperationError Of(const absl::Status& status);
};

// Work on a resource that takes longer than a call, as it is kept.
struct Operation {
  enum class State : uint8_t {  // Stored: never renumber.
    kUnspecified = 0,
    kRunning = 1,
    kSucceeded = 2,
    kFailed = 3,
    kCancelled = 4,
  };
  uint32_t number = 0;  // Of its resource, from 1.
  std::string method;   // "RunRound"
  State state = State::kRunning;
  absl::Time create_time;
  absl::Time end_time;    // Once it has ended.
  OperationError error;   // Of one that failed.
  uint64_t request = 0;   // What the request that began it is called in the log, hashed,
  uint64_t body_hash = 0; // and what it said. 0: it has no id.
};

// The newest operations of a resource, whose id the head has; the oldest first.
struct Operations {
  static constexpr size_t kMost = 20;

  RecordHead head;
  std::vector<Operation> operations;

  // Of that number; null if it is not kept.
  const Operation* Find(uint32_t number) const;
  Operation* Find(uint32_t number);
  // The one that runs; null if none does.
  const Operation* Running() const;
  // Begins the next one, and forgets the oldest of too many.
  Operation& Begin(absl::string_view method, absl::Time now);
};

std::string SerializeOperations(const Operations& operations);

// Returns DATA_LOSS, reason RECORD_UNREADABLE.
absl::StatusOr<Operations> ParseOperations(absl::string_view bytes);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RECORDS_OPERATION_RECORD_H_
