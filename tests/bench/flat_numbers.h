#ifndef TROUPE_TESTS_BENCH_FLAT_NUMBERS_H_
#define TROUPE_TESTS_BENCH_FLAT_NUMBERS_H_

#include <bit>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "matcher/domain/gazetteer.h"
#include "matcher/domain/money.h"
#include "matcher/domain/role_taxonomy.h"

// What flat arrays hold in place of domain values.
namespace troupe::testing {

inline constexpr int32_t kUndatedDay = std::numeric_limits<int32_t>::min();
inline constexpr int64_t kUnknown = 500'000;

inline int PlaceOf(const std::string& id) { return id.empty() ? -1 : ShippedPlaces().IndexOf(id); }
inline int RoleOf(const std::string& id) { return ShippedRoles().IndexOf(id); }

inline int Distance(int home, int place) {
  const Gazetteer& places = ShippedPlaces();
  if (home < 0 || place < 0) return -1;
  if (places.IsWithin(home, place) || places.IsWithin(place, home)) return 0;
  return places.DistanceKm(home, place);
}

inline int32_t OctaveOf(const std::optional<Money>& budget) {
  if (!budget.has_value() || budget->units < 1) return -1;
  return static_cast<int32_t>(std::bit_width(static_cast<uint64_t>(budget->units))) - 1;
}

inline uint64_t Bit(int at) { return uint64_t{1} << at; }

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_BENCH_FLAT_NUMBERS_H_
