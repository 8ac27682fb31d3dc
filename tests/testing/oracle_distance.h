#ifndef TROUPE_TESTS_TESTING_ORACLE_DISTANCE_H_
#define TROUPE_TESTS_TESTING_ORACLE_DISTANCE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "matcher/domain/gazetteer.h"

namespace troupe::testing {

// True if `place` is `ancestor` or lies within it; both are ids.
inline bool OracleIsWithin(const std::string& place, const std::string& ancestor) {
  const Gazetteer& places = ShippedPlaces();
  for (int at = places.IndexOf(place); at >= 0; at = places.places()[static_cast<size_t>(at)].parent) {
    if (places.places()[static_cast<size_t>(at)].id == ancestor) return true;
  }
  return false;
}

// 0 if one contains the other; none if either is not known.
inline std::optional<int32_t> OracleDistanceKm(const std::string& home, const std::string& place) {
  if (home.empty() || place.empty()) return std::nullopt;
  if (OracleIsWithin(home, place) || OracleIsWithin(place, home)) return 0;
  return ShippedPlaces().DistanceKm(ShippedPlaces().IndexOf(home), ShippedPlaces().IndexOf(place));
}

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_ORACLE_DISTANCE_H_
