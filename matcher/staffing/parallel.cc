#include "matcher/staffing/parallel.h"

#include "absl/synchronization/blocking_counter.h"

namespace troupe::staffing {

void ForEachPiece(size_t pieces, Executor* executor, absl::FunctionRef<void(size_t)> work) {
  if (executor == nullptr || pieces <= 1) {
    for (size_t piece = 0; piece < pieces; ++piece) work(piece);
    return;
  }
  absl::BlockingCounter left(static_cast<int>(pieces));
  for (size_t piece = 0; piece < pieces; ++piece) {
    executor->Run([&left, work, piece] {
      work(piece);
      left.DecrementCount();
    });
  }
  left.Wait();
}

}  // namespace troupe::staffing
