#include "services/log/log_pos.h"

#include "matcher/base/stable_hash.h"

namespace troupe {

RecordId NextRecordId(RecordId previous, absl::string_view bytes) {
  char fence[8];
  for (int i = 0; i < 8; ++i) fence[i] = static_cast<char>(previous.value() >> (56 - 8 * i));
  return RecordId(StableHash({absl::string_view(fence, 8), bytes}));
}

}  // namespace troupe
