#ifndef TROUPE_TESTS_BENCH_FLAT_ASKED_H_
#define TROUPE_TESTS_BENCH_FLAT_ASKED_H_

#include <array>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "matcher/base/ids.h"
#include "matcher/domain/casting.h"
#include "matcher/domain/opening.h"
#include "tests/bench/flat_matcher.h"

namespace troupe::testing {

// A question in numbers, with all that does not depend on the profile.
struct FlatMatcher::Asked {
  const Question* question;
  int role;
  int owner;
  bool trainees, remote;
  int currency;  // -1: no ceiling, -2: one that no rate is in.
  int64_t ceiling_units = 0;
  int32_t ceiling_nanos = 0;
  int place;
  uint64_t languages = 0, credentials = 0, blocked = 0;
  bool impossible = false;  // Asks for a word that nobody has.
  uint8_t genders = 0;
  IntRange ages{-1, -1}, heights{-1, -1};
  Window::Rule rule{};
  int32_t from = 0, to = 0, days = 0;  // From today; rule 0: none.
  std::vector<std::pair<int, WantedSkill>> skills;
  std::array<std::vector<int>, 4> traits;  // Genres, tags, companies, countries.
  std::array<std::vector<int64_t>, 4> rarities;
  std::vector<uint64_t> genre_bits;  // By position; 0: nobody declares it.
  uint64_t genres = 0, styles = 0;
  int64_t style_count = 0;
  std::vector<int64_t> near;  // By home place, and at the end for none.
  std::vector<int32_t> travel;  // Likewise: days each way.
  std::vector<int8_t> kind_of, position_of;  // By trait; kind -1: not asked.
  std::vector<int64_t> weight_of;
  int64_t all_weights = 0, all_tags = 0;
  int language = -1;
  int64_t language_weight = 0;
  int32_t octave = -1;
  int budget_currency = -1;
  std::vector<ProfileId> attached, excluded;  // Sorted.
  // By production: colleague number, and whether in a role of now.
  std::map<uint32_t, std::vector<std::pair<uint32_t, bool>>> colleagues;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_BENCH_FLAT_ASKED_H_
