#ifndef TROUPE_MATCHER_RANK_SET_POSITIONS_H_
#define TROUPE_MATCHER_RANK_SET_POSITIONS_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace troupe {

// Bytes are looked at, and positions written, so many at a time.
inline constexpr size_t kPositionsAtOnce = 8;

// Of each byte, how many of its bits are set, and the positions of these, the
// lowest first, each in a byte.
inline constexpr std::array<uint8_t, 256> kBitCounts = [] {
  std::array<uint8_t, 256> counts{};
  for (size_t bits = 0; bits < 256; ++bits) counts[bits] = static_cast<uint8_t>(std::popcount(bits));
  return counts;
}();
inline constexpr std::array<uint64_t, 256> kBitPositions = [] {
  std::array<uint64_t, 256> positions{};
  for (size_t bits = 0; bits < 256; ++bits) {
    int to = 0;
    for (uint64_t bit = 0; bit < 8; ++bit) {
      if ((bits >> bit & 1) == 0) continue;
      positions[bits] |= bit << to;
      to += 8;
    }
  }
  return positions;
}();

// Writes to `to` at which positions in [first, limit), whole multiples of
// kPositionsAtOnce up to 256, `bytes` is 1; elsewhere it is 0. Without a branch on
// what it is, which could not be foreseen. Returns the end of what it wrote, and
// may write over up to kPositionsAtOnce bytes beyond.
inline uint8_t* WriteSetPositions(const uint8_t* bytes, size_t first, size_t limit, uint8_t* to) {
  for (size_t i = first; i < limit; i += kPositionsAtOnce) {
    uint64_t eight = 0;
    std::memcpy(&eight, &bytes[i], sizeof(eight));
    const size_t bits = eight * 0x0102040810204080 >> 56;  // A bit each.
    const uint64_t positions = kBitPositions[bits] + i * 0x0101010101010101;
    std::memcpy(to, &positions, sizeof(positions));
    to += kBitCounts[bits];
  }
  return to;
}

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_SET_POSITIONS_H_
