#include "matcher/base/stable_hash.h"

#include <xxhash.h>

#include <string>

namespace troupe {

uint64_t StableHash(std::string_view bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

uint64_t StableHash(std::initializer_list<std::string_view> parts) {
  std::string joined;
  for (std::string_view part : parts) {
    const uint64_t size = part.size();
    joined.append(reinterpret_cast<const char*>(&size), sizeof(size));
    joined.append(part);
  }
  return StableHash(joined);
}

}  // namespace troupe
