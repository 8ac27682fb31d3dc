#include "services/staffing/market_shape.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>

#include "matcher/staffing/network.h"

namespace troupe {
namespace {

// Roles, or rows, that are in so far, and what is needed in each.
class Side {
 public:
  Side(std::vector<int64_t> millidays, const std::vector<bool>& extra,
       const std::vector<bool>& kept)
      : millidays_(std::move(millidays)) {
    constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
    for (uint32_t i = 0; i < millidays_.size(); ++i) {
      if (millidays_[i] == 0 && !extra[i]) continue;
      // What was asked for goes last.
      if (kept[i] || extra[i]) millidays_[i] += kMost / 2;
      in_.push_back(i);
    }
  }

  void Add(uint32_t number) {
    if (std::find(in_.begin(), in_.end(), number) == in_.end()) in_.push_back(number);
    millidays_[number] = std::numeric_limits<int64_t>::max();
  }
  size_t size() const { return in_.size(); }
  int64_t Least() const { return millidays_[*LeastAt()]; }
  uint32_t RemoveLeast() {
    const auto at = LeastAt();
    const uint32_t removed = *at;
    in_.erase(at);
    return removed;
  }
  std::vector<uint32_t> Take() {
    std::sort(in_.begin(), in_.end());
    return std::move(in_);
  }

 private:
  std::vector<uint32_t>::const_iterator LeastAt() const {
    return std::min_element(in_.begin(), in_.end(), [&](uint32_t a, uint32_t b) {
      return millidays_[a] < millidays_[b];
    });
  }

  std::vector<int64_t> millidays_;
  std::vector<uint32_t> in_;
};

std::vector<uint32_t> NumbersOf(const std::vector<uint32_t>& in, size_t all) {
  std::vector<uint32_t> number_of(all, MarketShape::kNotThere);
  for (uint32_t i = 0; i < in.size(); ++i) number_of[in[i]] = i;
  return number_of;
}

}  // namespace

MarketShape::MarketShape(const staffing::DemandHistory& needed, const Wanted& extra,
                         const Wanted& kept, const WorkPlaces& places) {
  std::vector<int64_t> by_role(needed.roles), by_row(needed.cities);
  for (size_t i = 0; i < needed.millidays.size(); ++i) {
    by_role[i / needed.cities % needed.roles] += needed.millidays[i];
    by_row[i % needed.cities] += needed.millidays[i];
  }
  Side roles(std::move(by_role), extra.roles, kept.roles);
  Side rows(std::move(by_row), extra.rows, kept.rows);
  rows.Add(places.anywhere());
  while (roles.size() * (rows.size() + 1) > staffing::kMostCells) {
    const bool is_role = rows.size() <= 1 || (roles.size() > 1 && roles.Least() < rows.Least());
    if (is_role) {
      roles.RemoveLeast();
    } else {
      left_out_rows_.push_back(rows.RemoveLeast());
    }
  }
  roles_ = roles.Take();
  rows_ = rows.Take();
  role_of_ = NumbersOf(roles_, needed.roles);
  city_of_ = NumbersOf(rows_, needed.cities);
}

}  // namespace troupe
