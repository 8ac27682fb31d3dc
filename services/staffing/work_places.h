#ifndef TROUPE_SERVICES_STAFFING_WORK_PLACES_H_
#define TROUPE_SERVICES_STAFFING_WORK_PLACES_H_

#include <cstdint>
#include <vector>

#include "matcher/domain/gazetteer.h"
#include "matcher/index/profile_view.h"

namespace troupe {

// Where work is needed and people live, as rows: every city of a gazetteer, and every
// province for what names no more than that, in its order; then a row for work that is
// done from anywhere, and one for people who say no home. Immutable.
class WorkPlaces {
 public:
  explicit WorkPlaces(const Gazetteer& places);

  uint32_t rows() const { return static_cast<uint32_t>(places_.size()) + 2; }
  uint32_t named() const { return static_cast<uint32_t>(places_.size()); }  // The first rows.
  uint32_t anywhere() const { return named(); }
  uint32_t nowhere() const { return named() + 1; }

  // The city that `place` is or lies in, or the province; nowhere() for kNone.
  uint32_t RowOf(PlaceIndex place) const {
    return place == kNone ? nowhere() : row_of_[static_cast<size_t>(place)];
  }
  PlaceIndex PlaceAt(uint32_t row) const { return places_[row]; }  // Of a named row.
  // A number that rows of one province share; of other rows their own.
  uint32_t RegionOf(uint32_t row) const { return regions_[row]; }

 private:
  std::vector<PlaceIndex> places_;  // By named row.
  std::vector<uint32_t> regions_;   // By row.
  std::vector<uint32_t> row_of_;    // By place.
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_WORK_PLACES_H_
