#ifndef TROUPE_MATCHER_BASE_STABLE_HASH_H_
#define TROUPE_MATCHER_BASE_STABLE_HASH_H_

#include <cstdint>
#include <initializer_list>

#include "absl/strings/string_view.h"

namespace troupe {

// A 64-bit hash (XXH3) that is the same on every machine and in every release,
// so it may be stored. For names and fences, not against an adversary.
uint64_t StableHash(absl::string_view bytes);

// The same of several parts, kept apart: {"ab", "c"} differs from {"a", "bc"}.
uint64_t StableHash(std::initializer_list<absl::string_view> parts);

}  // namespace troupe

#endif  // TROUPE_MATCHER_BASE_STABLE_HASH_H_
