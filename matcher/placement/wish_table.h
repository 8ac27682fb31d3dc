#ifndef TROUPE_MATCHER_PLACEMENT_WISH_TABLE_H_
#define TROUPE_MATCHER_PLACEMENT_WISH_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matcher/base/huge_pages.h"
#include "matcher/placement/instance.h"

namespace troupe {

// One entry of a graduate's list, and where the graduate stands there.
struct Wish {
  uint32_t program = kNoRow;
  uint32_t place = kNoRow;  // In the list of who ranks for the program; 0 is best.
};

// What graduates wish, each list cut to the programs that rank the graduate in
// turn, with the place in their lists beside it: whoever goes down a graduate's
// list needs no list of a program. Each list is followed by one wish for
// `no_program()`, so that a walk needs no end. Of a valid instance, whose order
// of entries is taken as it is, ties or not. Immutable. 8 bytes a wish, and 12 a
// priority while it is made.
class WishTable {
 public:
  explicit WishTable(const Instance& instance) : WishTable(instance, instance.wishes) {}
  // With other wishes than the instance's.
  WishTable(const Instance& instance, const RankedLists& wishes);

  std::span<const Wish> operator[](uint32_t graduate) const {
    return {wishes_.data() + starts_[graduate], starts_[graduate + 1] - starts_[graduate] - 1};
  }
  size_t size() const { return starts_.size() - 1; }

  // All wishes with what follows them, and where lists start among them.
  std::span<const Wish> wishes() const { return wishes_; }
  std::span<const uint32_t> starts() const { return starts_; }
  uint32_t no_program() const { return no_program_; }

 private:
  void CopyWishes(const RankedLists& wishes);
  void FillPlaces(const Instance& instance, const RankedLists& wishes);
  void DropUnanswered();

  uint32_t no_program_;
  std::vector<uint32_t> starts_;
  std::vector<Wish, HugePageAllocator<Wish>> wishes_;
};

// The place of `graduate` with who ranks for `program`; kNoRow if nobody does.
uint32_t PlaceAt(const WishTable& wishes, uint32_t graduate, uint32_t program);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_WISH_TABLE_H_
