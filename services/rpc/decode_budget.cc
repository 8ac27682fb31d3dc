#include "services/rpc/decode_budget.h"

#include "services/rpc/living_calls.h"

namespace troupe {

absl::StatusOr<DecodeBudget::Share> DecodeBudget::Take(size_t bytes) {
  if (taken_->fetch_add(bytes) + bytes <= bytes_) {
    return Share(taken_.get(), [taken = taken_, bytes](const void*) { *taken -= bytes; });
  }
  *taken_ -= bytes;
  return OverloadedError("the requests that the server is working on take too much memory");
}

}  // namespace troupe
