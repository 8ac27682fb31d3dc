#ifndef TROUPE_SERVICES_RPC_RESOURCE_TOOLS_H_
#define TROUPE_SERVICES_RPC_RESOURCE_TOOLS_H_

#include "absl/time/time.h"
#include "matcher/base/clock.h"
#include "matcher/base/executor.h"
#include "services/log/change_log.h"
#include "services/log/record_writer.h"
#include "services/log/view.h"
#include "services/rpc/random_ids.h"

namespace troupe {

// What the standard methods of a resource work with. All of it outlives the
// calls and is thread-safe.
struct ResourceTools {
  RecordWriter* writer;
  const View* view;
  Executor* executor;
  const Clock* clock;
  RandomIds* ids;
  ChangeLog* log;

  // To the microsecond, as records keep it.
  absl::Time Now() const { return absl::FromUnixMicros(absl::ToUnixMicros(clock->Now())); }
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_RESOURCE_TOOLS_H_
