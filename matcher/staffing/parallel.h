#ifndef TROUPE_MATCHER_STAFFING_PARALLEL_H_
#define TROUPE_MATCHER_STAFFING_PARALLEL_H_

#include <cstddef>

#include "absl/functional/function_ref.h"
#include "matcher/base/executor.h"

namespace troupe::staffing {

// Calls `work` with each of 0 to `pieces` - 1, on `executor` or, if that is null, here,
// and comes back when all have ended. Not from within work of the same executor if that
// has few threads: it waits.
void ForEachPiece(size_t pieces, Executor* executor, absl::FunctionRef<void(size_t)> work);

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_PARALLEL_H_
