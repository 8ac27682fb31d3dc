#ifndef TROUPE_SERVICES_RPC_DECODE_BUDGET_H_
#define TROUPE_SERVICES_RPC_DECODE_BUDGET_H_

#include <atomic>
#include <cstddef>
#include <memory>

#include "absl/status/statusor.h"

namespace troupe {

// What the requests that a server has in memory may take together, once decoded.
// Thread-safe.
class DecodeBudget {
 public:
  explicit DecodeBudget(size_t bytes)
      : bytes_(bytes), taken_(std::make_shared<std::atomic<size_t>>(0)) {}

  // The bytes of one request: given back when the last copy of it is gone, which
  // may outlive the budget. Null: none.
  using Share = std::shared_ptr<const void>;

  // RESOURCE_EXHAUSTED, reason OVERLOADED: so many are not left.
  absl::StatusOr<Share> Take(size_t bytes);

 private:
  const size_t bytes_;
  const std::shared_ptr<std::atomic<size_t>> taken_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_DECODE_BUDGET_H_
