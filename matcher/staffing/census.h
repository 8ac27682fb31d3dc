#ifndef TROUPE_MATCHER_STAFFING_CENSUS_H_
#define TROUPE_MATCHER_STAFFING_CENSUS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "matcher/base/day.h"
#include "matcher/staffing/market.h"

namespace troupe::staffing {

// What of a profile counts in a market. Who makes these out of profiles decides what a
// craft's productivity is; few values make few types.
struct Person {
  uint32_t reach = 0;
  std::span<const Craft> crafts;                // By role.
  int64_t acceptance_millionths = kMillionths;  // How likely an offer is accepted.
  std::span<const uint8_t> free_days;           // By week: 0 to 7.
  uint32_t group = 0;                           // PeopleType::group.
};

// Days of each week from `start` on that no span of `busy` covers: what a calendar's
// BusySpans() leave. `busy` is sorted and disjoint.
std::vector<uint8_t> FreeDaysByWeek(std::span<const DaySpan> busy, Day start, uint32_t weeks);

// Gathers single people into types. What people of a type are expected to supply is
// summed in millionths of a day and rounded down once. Thread-compatible.
//
//   Census census(market.weeks);
//   for (const Profile& profile : profiles) census.Add(PersonOf(profile));
//   market.people = census.Types(&type_of);
class Census {
 public:
  explicit Census(uint32_t weeks) : weeks_(weeks) {}

  void Add(const Person& person);

  // By reach, crafts and group, whatever the order in which people came. `type_of`, unless it
  // is null, becomes each person's type, in that order.
  std::vector<PeopleType> Types(std::vector<uint32_t>* type_of) const;

 private:
  struct Key {
    uint32_t reach;
    std::vector<Craft> crafts;
    uint32_t group;
  };
  struct View {  // What a look-up needs no copy for.
    uint32_t reach;
    std::span<const Craft> crafts;
    uint32_t group;
  };
  struct Hash {
    using is_transparent = void;
    size_t operator()(const Key& key) const { return (*this)(View{key.reach, key.crafts, key.group}); }
    size_t operator()(const View& view) const;
  };
  struct Equal {
    using is_transparent = void;
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const {
      return a.reach == b.reach && a.group == b.group &&
             std::equal(a.crafts.begin(), a.crafts.end(), b.crafts.begin(), b.crafts.end());
    }
  };

  uint32_t weeks_;
  absl::flat_hash_map<Key, uint32_t, Hash, Equal> rows_;
  std::vector<int64_t> people_;           // By row.
  std::vector<int64_t> days_millionths_;  // By row, then week.
  std::vector<uint32_t> row_of_;          // By person.
};

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_CENSUS_H_
