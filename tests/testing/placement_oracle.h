#ifndef TROUPE_TESTS_TESTING_PLACEMENT_ORACLE_H_
#define TROUPE_TESTS_TESTING_PLACEMENT_ORACLE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "matcher/placement/instance.h"
#include "matcher/placement/mechanism.h"

namespace troupe::testing {

// What deploy/docs/placement.md says of one small instance, as loops over plain
// values: which placements there are, and what blocks each. Shares nothing with the
// engine but the instance, without ties unless for kLargestStable. Immutable.
class PlacementOracle {
 public:
  using ProgramOf = std::vector<uint32_t>;  // By graduate; kNoRow: unplaced.

  PlacementOracle(const Instance& instance, Mechanism mechanism);

  // Calls `visit` with every feasible placement.
  void ForEach(const std::function<void(const ProgramOf&)>& visit) const;

  bool IsFeasible(const ProgramOf& placed) const;
  bool KeepsFloors(const ProgramOf& placed, const std::vector<uint32_t>& regions) const;

  // Graduates with programs, and pairs with wishes, that block; with floors, envy.
  int Blocking(const ProgramOf& placed) const;

  // True if the graduate likes program `a` strictly better than `b`.
  bool Likes(size_t graduate, uint32_t a, uint32_t b) const {
    return WishRank(graduate, a) < WishRank(graduate, b);
  }

 private:
  uint32_t WishRank(size_t graduate, uint32_t program) const;
  uint32_t RankOf(uint32_t program, size_t graduate) const;
  bool CanGo(size_t graduate, uint32_t program) const;
  int CountAt(const ProgramOf& placed, uint32_t program) const;
  bool IsWorseThere(const ProgramOf& placed, uint32_t program, uint32_t rank) const;

  bool Blocks(const ProgramOf& placed, size_t graduate, uint32_t program) const;
  bool BlocksWithStudio(const ProgramOf& placed, size_t graduate, uint32_t program) const;
  bool BlocksUnderCap(const ProgramOf& placed, size_t graduate, uint32_t program) const;
  bool BlocksAsPair(const ProgramOf& placed, const LinkedPair& pair, const ProgramPair& wish) const;
  bool IsMember(uint32_t group, size_t graduate) const;
  std::vector<size_t> SlotChoice(uint32_t program, std::vector<size_t> from) const;
  std::vector<int64_t> Targets() const;
  void Extend(ProgramOf& placed, size_t graduate,
              const std::function<void(const ProgramOf&)>& visit) const;

  const Instance& instance_;
  const Mechanism mechanism_;
  std::vector<bool> is_paired_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_PLACEMENT_ORACLE_H_
