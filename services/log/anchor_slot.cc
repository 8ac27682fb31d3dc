#include "services/log/anchor_slot.h"

#include "matcher/base/stable_hash.h"

namespace troupe {
namespace {

constexpr absl::string_view kMagic = "TroupeAn";
constexpr size_t kHashedBytes = kSlotBytes - 8;

void Put(std::string& out, uint64_t number, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(number >> shift & 0xff));
  }
}

uint64_t NumberAt(absl::string_view bytes, size_t offset, size_t size) {
  uint64_t number = 0;
  for (size_t i = 0; i < size; ++i) {
    number = number << 8 | static_cast<uint8_t>(bytes[offset + i]);
  }
  return number;
}

// True if the bytes are a slot of any format, and whole.
bool IsWhole(absl::string_view bytes) {
  return bytes.size() >= kSlotBytes && bytes.substr(0, kMagic.size()) == kMagic &&
         NumberAt(bytes, kHashedBytes, 8) == StableHash(bytes.substr(0, kHashedBytes));
}

absl::string_view Second(absl::string_view bytes) {
  return bytes.size() > kSlotDistance ? bytes.substr(kSlotDistance) : absl::string_view();
}

}  // namespace

std::string EncodeSlot(const AnchorSlot& slot) {
  std::string bytes(kMagic);
  Put(bytes, kAnchorFormat, 4);
  Put(bytes, slot.in_use ? 2 : 1, 4);
  Put(bytes, slot.writes, 8);
  Put(bytes, slot.pos.number, 8);
  Put(bytes, slot.pos.chain, 8);
  Put(bytes, slot.newest_table, 8);
  Put(bytes, slot.written_to.inode, 8);
  Put(bytes, static_cast<uint64_t>(slot.written_to.birth_nanos), 8);
  Put(bytes, StableHash(bytes), 8);
  return bytes;
}

std::optional<AnchorSlot> DecodeSlot(absl::string_view bytes) {
  if (!IsWhole(bytes) || NumberAt(bytes, 8, 4) != kAnchorFormat) return std::nullopt;
  return AnchorSlot{{NumberAt(bytes, 24, 8), NumberAt(bytes, 32, 8)},
                    NumberAt(bytes, 40, 8),
                    NumberAt(bytes, 12, 4) == 2,
                    NumberAt(bytes, 16, 8),
                    {NumberAt(bytes, 48, 8), static_cast<int64_t>(NumberAt(bytes, 56, 8))}};
}

std::optional<AnchorSlot> NewestSlot(absl::string_view bytes) {
  const std::optional<AnchorSlot> first = DecodeSlot(bytes);
  const std::optional<AnchorSlot> second = DecodeSlot(Second(bytes));
  if (!first.has_value() || !second.has_value()) return first.has_value() ? first : second;
  return first->writes > second->writes ? first : second;
}

bool HasNewerSlot(absl::string_view bytes) {
  for (absl::string_view slot : {bytes, Second(bytes)}) {
    if (IsWhole(slot) && NumberAt(slot, 8, 4) > kAnchorFormat) return true;
  }
  return false;
}

}  // namespace troupe
