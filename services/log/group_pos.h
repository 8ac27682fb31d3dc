#ifndef TROUPE_SERVICES_LOG_GROUP_POS_H_
#define TROUPE_SERVICES_LOG_GROUP_POS_H_

#include <cstdint>

namespace troupe {

// A place in the order of all commits of a log, whatever their shards: how many
// groups were committed, and a hash of all they wrote. {} is before the first.
struct GroupPos {
  uint64_t number = 0;
  uint64_t chain = 0;  // Equal for equal histories up to `number`.

  friend constexpr bool operator==(const GroupPos&, const GroupPos&) = default;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_GROUP_POS_H_
