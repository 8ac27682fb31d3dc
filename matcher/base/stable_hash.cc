#include "matcher/base/stable_hash.h"

#include <xxhash.h>

#include <string>

namespace troupe {

uint64_t StableHash(absl::string_view bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

uint64_t StableHash(std::initializer_list<absl::string_view> parts) {
  std::string joined;
  for (absl::string_view part : parts) {
    const uint64_t size = part.size();
    joined.append(reinterpret_cast<const char*>(&size), sizeof(size));
    joined.append(part.data(), part.size());
  }
  return StableHash(joined);
}

}  // namespace troupe
