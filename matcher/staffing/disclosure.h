#ifndef TROUPE_MATCHER_STAFFING_DISCLOSURE_H_
#define TROUPE_MATCHER_STAFFING_DISCLOSURE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "matcher/staffing/gaps.h"
#include "matcher/staffing/market.h"

namespace troupe::staffing {

// No figure is published that fewer people than this stand behind.
inline constexpr int64_t kFewestPeople = 5;
// Published figures are multiples of this many role-days.
inline constexpr int64_t kPublishedMillidays = 5 * kMillidays;

// Cities that are reported on as one for a role, as some of them have too few people to be
// reported on alone.
struct Block {
  uint32_t role = 0;
  std::vector<uint32_t> cities;
  int64_t locals = 0;    // People who hold the role and live there.
  int64_t visitors = 0;  // Who hold it, live elsewhere and are willing to come.
  bool is_hidden = false;  // All people of the role are too few: nothing is published.

  friend bool operator==(const Block&, const Block&) = default;
};

// Cuts each role's cities into blocks, each city in one: cities with too few people are
// joined to the smallest of their region until there are enough, then to other regions.
// A block is what one can learn of: it is the same in every report, whatever cities,
// weeks or what-ifs are asked for, and sums are made of whole blocks, so no difference of
// reports is about fewer people. So make them of the market as it is, never of an
// edited one. Too few are 1 to 4 locals, or 1 to 4 visitors where nobody lives.
std::vector<Block> BlocksOf(const Market& market);

// What may be said of a block in one week, rounded. `travelling` is not there where too
// few visitors could be meant.
struct BlockGap {
  uint32_t block = 0;
  uint32_t week = 0;
  int64_t demand = 0;  // Millidays.
  int64_t filled = 0;
  int64_t unmet = 0;
  std::optional<int64_t> travelling;
  int64_t shadow_millionths = 0;  // The largest of the block's cells, to whole role-days.

  friend bool operator==(const BlockGap&, const BlockGap&) = default;
};

// What those may see who may not see people: of blocks that lie in `cities` as a whole,
// or of all if it is empty, by block and week. `report` is one of a market that differs
// from that of the blocks by edits alone.
std::vector<BlockGap> Publish(const Market& market, const GapReport& report,
                              std::span<const Block> blocks, std::span<const uint32_t> cities);

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_DISCLOSURE_H_
