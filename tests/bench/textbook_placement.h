#ifndef TROUPE_TESTS_BENCH_TEXTBOOK_PLACEMENT_H_
#define TROUPE_TESTS_BENCH_TEXTBOOK_PLACEMENT_H_

#include <cstdint>
#include <queue>
#include <utility>
#include <vector>

#include "matcher/placement/instance.h"

namespace troupe::testing {

// Deferred acceptance as it is taught, written to win: flat lists, a stack of free
// graduates, a heap for each program, and no allocation while graduates propose.
// Where a graduate stands with a program is looked up in one of two ways.
class TextbookPlacement {
 public:
  enum class Lookup {
    kInProgramsList,  // By halves, in the program's list sorted by graduate.
    kBesideWish,      // Written beside each wish beforehand: most favourable to it.
  };

  TextbookPlacement(const Instance& instance, Lookup lookup);

  // What lists and lookups it needs, made once.
  void Prepare();

  // Who goes where, as GraduatesPropose.
  std::vector<uint32_t> Place();

  // How often a graduate proposed to somebody who ranks it, in the last Place().
  int64_t proposals() const { return proposals_; }

 private:
  using Held = std::pair<uint32_t, uint32_t>;  // Place and graduate.

  uint32_t PlaceAt(uint32_t graduate, uint32_t position) const;

  const Instance& instance_;
  const Lookup lookup_;
  std::vector<uint32_t> starts_;  // Of lists of programs.
  std::vector<Held> standings_;   // Graduate and place, sorted, by program.
  std::vector<uint32_t> wish_starts_;
  std::vector<uint32_t> places_;  // By wish.
  int64_t proposals_ = 0;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_BENCH_TEXTBOOK_PLACEMENT_H_
