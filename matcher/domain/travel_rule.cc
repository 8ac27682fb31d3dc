#include "matcher/domain/travel_rule.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/data_table.h"
#include "matcher/domain/domain_data.h"

namespace troupe {
namespace {

constexpr absl::string_view kColumns[] = {"up_to_km", "days_each_way"};
constexpr int32_t kHalfRoundTheEarthKm = 20'038;

// The days between any two places of the gazetteer, row by row.
std::vector<uint8_t> MeasureWays() {
  const Gazetteer& places = ShippedPlaces();
  const int count = static_cast<int>(places.places().size());
  std::vector<uint8_t> days;
  days.reserve(static_cast<size_t>(count) * static_cast<size_t>(count));
  for (int home = 0; home < count; ++home) {
    for (int place = 0; place < count; ++place) {
      const int32_t way = places.WayKm(home, place);
      days.push_back(static_cast<uint8_t>(ShippedTravelRule().DaysEachWay(way)));
    }
  }
  return days;
}

}  // namespace

absl::StatusOr<TravelRule> TravelRule::Parse(absl::string_view table) {
  TROUPE_ASSIGN_OR_RETURN(const std::vector<DataRow> rows,
                          ReadDataTable("travel_days", table, kColumns));
  TravelRule rule;
  for (const DataRow& row : rows) {
    Band band;
    if (!absl::SimpleAtoi(row.cells[0], &band.up_to_km) ||
        !absl::SimpleAtoi(row.cells[1], &band.days_each_way)) {
      return row.Error("up_to_km and days_each_way must be whole numbers");
    }
    const Band before = rule.bands_.empty() ? Band{.up_to_km = -1} : rule.bands_.back();
    if (band.up_to_km <= before.up_to_km) return row.Error("up_to_km must rise");
    if (band.days_each_way < before.days_each_way || band.days_each_way > kMostTravelDays) {
      return row.Error(absl::StrCat("days_each_way must not fall, and be 0 to ", kMostTravelDays));
    }
    rule.bands_.push_back(band);
  }
  if (rule.bands_.empty() || rule.bands_.back().up_to_km < kHalfRoundTheEarthKm) {
    return ErrorWithReason(
        absl::StatusCode::kInvalidArgument, "INVALID_DATA",
        absl::StrCat("travel_days: the last line must reach ", kHalfRoundTheEarthKm, " km"));
  }
  return rule;
}

int32_t TravelRule::DaysEachWay(int32_t distance_km) const {
  const auto band =
      std::find_if(bands_.begin(), bands_.end(),
                   [&](const Band& one) { return distance_km <= one.up_to_km; });
  return band == bands_.end() ? bands_.back().days_each_way : band->days_each_way;
}

const TravelRule& ShippedTravelRule() {
  // A test proves that the shipped table parses.
  static const auto* const kShipped = new TravelRule(TravelRule::Parse(data::kTravelDays).value());
  return *kShipped;
}

int32_t TravelDays(int home, int place) {
  static const auto* const kWays = new std::vector<uint8_t>(MeasureWays());  // Constant data.
  if (home < 0 || place < 0) return 0;
  return (*kWays)[static_cast<size_t>(home) * ShippedPlaces().places().size() +
                  static_cast<size_t>(place)];
}

int32_t TravelDays(absl::string_view home, absl::string_view place) {
  return TravelDays(ShippedPlaces().IndexOf(home), ShippedPlaces().IndexOf(place));
}

}  // namespace troupe
