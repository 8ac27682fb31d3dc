#ifndef TROUPE_MATCHER_PLACEMENT_INSTANCE_H_
#define TROUPE_MATCHER_PLACEMENT_INSTANCE_H_

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "matcher/placement/ranked_lists.h"

namespace troupe {

// No row: unplaced, or under no studio, or in no region.
inline constexpr uint32_t kNoRow = ~uint32_t{0};
inline constexpr int32_t kNoCap = std::numeric_limits<int32_t>::max();

// Where graduates can be placed.
struct ProgramRow {
  std::string id;
  int32_t capacity = 0;     // Seats, reserved ones included.
  uint32_t studio = kNoRow;  // Whose capacity and preferences bind it, too.
  uint32_t region = kNoRow;
};

// Who offers several programs and ranks graduates for all of them.
struct Studio {
  std::string id;
  int32_t capacity = 0;  // Graduates, over its programs.
};

// Programs that together take no fewer graduates than the floor and no more than
// the cap. No two regions share a program.
struct Region {
  std::string id;
  int32_t cap = kNoCap;
  int32_t floor = 0;
};

// Graduates for whom seats can be reserved. Groups may overlap.
struct Group {
  std::string id;
  std::vector<uint32_t> members;
};

// Seats of a program for which members of a group come first.
struct Reserve {
  uint32_t program = kNoRow;
  uint32_t group = kNoRow;
  int32_t seats = 0;
  bool before_open = true;  // Filled before the program's open seats, else after.
  bool reverts = true;      // What no member takes is for anybody.
};

// One program for each of a pair.
struct ProgramPair {
  uint32_t first = kNoRow;
  uint32_t second = kNoRow;

  friend bool operator==(const ProgramPair&, const ProgramPair&) = default;
};

// Two graduates who go together or not at all: only to what `wishes`, best first
// and without ties, lists. What they wish each alone counts for nothing then.
struct LinkedPair {
  uint32_t first = kNoRow;
  uint32_t second = kNoRow;
  std::vector<ProgramPair> wishes;
};

// What a placement round is decided from. Rows refer to each other by number.
// Mechanisms take instances that ValidateInstance lets through.
struct Instance {
  std::vector<std::string> graduates;  // Their ids.
  RankedLists wishes;                  // Of programs, by graduate.
  std::vector<ProgramRow> programs;
  RankedLists priorities;  // Of graduates, by program; empty under a studio, which ranks.
  std::vector<Studio> studios;
  RankedLists studio_priorities;  // Of graduates, by studio.
  std::vector<Region> regions;
  std::vector<Group> groups;
  std::vector<Reserve> reserves;  // Of one program: in the order in which they are filled.
  std::vector<LinkedPair> pairs;
};

// Who ranks graduates for a program: the program, or its studio.
struct Ranker {
  const RankedLists* lists = nullptr;
  uint32_t row = kNoRow;
};
inline Ranker RankerOf(const Instance& instance, uint32_t program) {
  const uint32_t studio = instance.programs[program].studio;
  if (studio == kNoRow) return {&instance.priorities, program};
  return {&instance.studio_priorities, studio};
}

inline bool HasTies(const Instance& instance) {
  return instance.wishes.HasTies() || instance.priorities.HasTies() ||
         instance.studio_priorities.HasTies();
}

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_INSTANCE_H_
