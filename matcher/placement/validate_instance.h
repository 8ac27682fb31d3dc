#ifndef TROUPE_MATCHER_PLACEMENT_VALIDATE_INSTANCE_H_
#define TROUPE_MATCHER_PLACEMENT_VALIDATE_INSTANCE_H_

#include <cstddef>

#include "absl/status/status.h"
#include "matcher/placement/instance.h"

namespace troupe {

// What is named of one instance at most; what is found after that is as wrong.
inline constexpr size_t kMostDefects = 1'000;

// What an entry means that the other side does not answer with one of its own.
enum class OneSided {
  kUnacceptable,  // It can never be placed, and that is all.
  kDefect,        // A mistake, as is an empty list: for those who copy lists by hand.
};

// OK, or INVALID_ARGUMENT with every defect by its row, counted from 0, and its
// fix: "graduates[3].wishes[1] names a program that is not there: ...". Ids are
// not echoed. O(entries) and one table of the graduates' size.
absl::Status ValidateInstance(const Instance& instance,
                              OneSided one_sided = OneSided::kUnacceptable);

// The instance without entries that the other side does not answer. Lists may
// become empty. Of an instance that is valid with kUnacceptable.
Instance WithoutOneSided(const Instance& instance);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_VALIDATE_INSTANCE_H_
