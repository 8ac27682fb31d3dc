#ifndef TROUPE_SERVICES_LOG_ANCHOR_SLOT_H_
#define TROUPE_SERVICES_LOG_ANCHOR_SLOT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "services/log/group_pos.h"

namespace troupe {

// Which file an anchor is, so that a copy is told from the original: two files
// never have both alike. Zeros where the disk cannot say.
struct FileIdentity {
  uint64_t inode = 0;
  int64_t birth_nanos = 0;

  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

// What one of the two slots of a commit anchor says. The newer of them counts.
//
// On disk, numbers big-endian: "TroupeAn", format u32 (1), state u32 (1 clean,
// 2 in use), writes u64, group number u64, chain u64, newest table u64, inode
// u64, birth i64, hash of all that u64. The second slot begins at kSlotDistance, in another
// sector and page, so that a torn write never takes both.
struct AnchorSlot {
  GroupPos pos;              // The last group that was acknowledged.
  uint64_t newest_table = 0;  // The database's, by number; 0: none.
  bool in_use = false;       // A server writes, or ended without closing.
  uint64_t writes = 0;       // Of the anchor; orders the slots.
  FileIdentity written_to;   // The file that this was written to.

  friend bool operator==(const AnchorSlot&, const AnchorSlot&) = default;
};

inline constexpr uint32_t kAnchorFormat = 1;
inline constexpr size_t kSlotBytes = 72;
inline constexpr size_t kSlotDistance = 4096;
inline constexpr size_t kAnchorBytes = 2 * kSlotDistance;

std::string EncodeSlot(const AnchorSlot& slot);

// nullopt if the first kSlotBytes of `bytes` are no slot of kAnchorFormat.
std::optional<AnchorSlot> DecodeSlot(absl::string_view bytes);

// The newer slot of an anchor's bytes; nullopt if neither can be read.
std::optional<AnchorSlot> NewestSlot(absl::string_view bytes);

// True if a later release wrote a slot of `bytes`.
bool HasNewerSlot(absl::string_view bytes);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_ANCHOR_SLOT_H_
