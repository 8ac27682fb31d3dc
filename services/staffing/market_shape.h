#ifndef TROUPE_SERVICES_STAFFING_MARKET_SHAPE_H_
#define TROUPE_SERVICES_STAFFING_MARKET_SHAPE_H_

#include <cstdint>
#include <vector>

#include "matcher/staffing/forecast.h"
#include "services/staffing/work_places.h"

namespace troupe {

// Which roles of the taxonomy and rows of WorkPlaces a market is made of, and as which of
// its roles and cities: those in which something is needed, and one city more, elsewhere,
// where everybody else lives. Immutable once made.
class MarketShape {
 public:
  static constexpr uint32_t kNotThere = ~uint32_t{0};

  // Roles and rows by number of the taxonomy and of WorkPlaces.
  struct Wanted {
    std::vector<bool> roles;
    std::vector<bool> rows;
  };

  // Of what `needed` says and `extra` adds. If these are too many cells for a market,
  // roles and rows with the least work are left out; of `kept` only when nothing else is
  // left. Work from anywhere always has a row.
  MarketShape(const staffing::DemandHistory& needed, const Wanted& extra, const Wanted& kept,
              const WorkPlaces& places);

  const std::vector<uint32_t>& roles() const { return roles_; }  // By role of the market.
  const std::vector<uint32_t>& rows() const { return rows_; }    // By city, elsewhere not.
  // In which something is needed, but which did not fit.
  const std::vector<uint32_t>& left_out_rows() const { return left_out_rows_; }
  uint32_t elsewhere() const { return static_cast<uint32_t>(rows_.size()); }
  uint32_t cities() const { return elsewhere() + 1; }

  // kNotThere, if it has none.
  uint32_t RoleOf(uint32_t role) const { return role_of_[role]; }
  uint32_t CityOf(uint32_t row) const { return city_of_[row]; }
  // Where people of `row` live.
  uint32_t HomeOf(uint32_t row) const {
    return city_of_[row] == kNotThere ? elsewhere() : city_of_[row];
  }

 private:
  std::vector<uint32_t> roles_, rows_, left_out_rows_, role_of_, city_of_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_MARKET_SHAPE_H_
