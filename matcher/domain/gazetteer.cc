#include "matcher/domain/gazetteer.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "matcher/base/status_macros.h"
#include "matcher/domain/data_table.h"
#include "matcher/domain/domain_data.h"

namespace troupe {
namespace {

constexpr absl::string_view kColumns[] = {
    "id", "kind", "parent", "name_zh", "name_en", "latitude", "longitude"};
constexpr absl::string_view kKindNames[] = {"province", "city", "district", "site"};
constexpr double kEarthRadiusKm = 6371.0088;  // IUGG mean radius.
constexpr double kRadiansPerDegree = 3.14159265358979323846 / 180;

std::string Normalized(absl::string_view name) {
  return absl::AsciiStrToLower(absl::StripAsciiWhitespace(name));
}

std::optional<PlaceKind> KindNamed(absl::string_view name) {
  const auto* found = std::find(std::begin(kKindNames), std::end(kKindNames), name);
  if (found == std::end(kKindNames)) return std::nullopt;
  return static_cast<PlaceKind>(found - std::begin(kKindNames));
}

// False where the ending contradicts the kind: 吉林市 is not the province 吉林.
bool IsEndingOf(absl::string_view ending, PlaceKind kind) {
  if (ending == "省") return kind == PlaceKind::kProvince;
  if (ending == "市") return kind == PlaceKind::kCity || kind == PlaceKind::kDistrict;
  return kind == PlaceKind::kDistrict;
}

// Haversine: exact to well below a kilometre, also for places close together.
int32_t GreatCircleKm(const Place& a, const Place& b) {
  const double lat_a = a.latitude * kRadiansPerDegree;
  const double lat_b = b.latitude * kRadiansPerDegree;
  const double half_lat = std::sin((lat_b - lat_a) / 2);
  const double half_lon = std::sin((b.longitude - a.longitude) * kRadiansPerDegree / 2);
  const double h = half_lat * half_lat +
                   std::cos(lat_a) * std::cos(lat_b) * half_lon * half_lon;
  return static_cast<int32_t>(
      std::lround(2 * kEarthRadiusKm * std::asin(std::sqrt(std::min(1.0, h)))));
}

bool ReadDegrees(absl::string_view cell, double most, double* degrees) {
  return absl::SimpleAtod(cell, degrees) && std::abs(*degrees) <= most;
}

absl::StatusOr<Place> ReadPlace(const DataRow& row) {
  Place place{.id = row.cells[0], .name_zh = row.cells[3], .name_en = row.cells[4]};
  if (!IsSlug(place.id)) {
    return row.Error(absl::StrCat("id \"", place.id, "\" is not a lower-case slug"));
  }
  const std::optional<PlaceKind> kind = KindNamed(row.cells[1]);
  if (!kind.has_value()) {
    return row.Error("kind must be province, city, district or site");
  }
  place.kind = *kind;
  if (place.name_zh.empty() || place.name_en.empty()) {
    return row.Error("give a Chinese and an English name");
  }
  if (!ReadDegrees(row.cells[5], 90, &place.latitude) ||
      !ReadDegrees(row.cells[6], 180, &place.longitude)) {
    return row.Error("latitude and longitude must be degrees");
  }
  return place;
}

// `parent` is null where the row names no earlier place.
absl::Status CheckParent(const DataRow& row, const Place& place, const Place* parent) {
  const absl::string_view name = row.cells[2];
  if (name.empty()) {
    if (place.kind <= PlaceKind::kCity) return absl::OkStatus();
    return row.Error("a district or site needs a parent");
  }
  if (parent == nullptr) {
    return row.Error(absl::StrCat("parent \"", name, "\" is on no earlier line"));
  }
  if (parent->kind >= place.kind) {
    return row.Error(absl::StrCat("parent \"", name, "\" is no wider kind of place"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Gazetteer> Gazetteer::Parse(absl::string_view table) {
  TROUPE_ASSIGN_OR_RETURN(const std::vector<DataRow> rows,
                          ReadDataTable("places", table, kColumns));
  Gazetteer gazetteer;
  for (const DataRow& row : rows) {
    TROUPE_ASSIGN_OR_RETURN(Place place, ReadPlace(row));
    TROUPE_RETURN_IF_ERROR(CheckParent(row, place, gazetteer.Find(row.cells[2])));
    place.parent = gazetteer.IndexOf(row.cells[2]);
    const int index = static_cast<int>(gazetteer.places_.size());
    if (gazetteer.places_.size() == kMostPlaces) return row.Error("too many places");
    if (!gazetteer.by_id_.emplace(place.id, index).second) {
      return row.Error(absl::StrCat("id \"", place.id, "\" is repeated"));
    }
    for (const std::string& name : {place.id, place.name_zh, place.name_en}) {
      if (gazetteer.by_name_.emplace(Normalized(name), index).first->second != index) {
        return row.Error(absl::StrCat("name \"", name, "\" already means another place"));
      }
    }
    gazetteer.places_.push_back(std::move(place));
  }
  gazetteer.MeasureDistances();
  gazetteer.NumberByNesting();
  gazetteer.MeasureWays();
  return gazetteer;
}

void Gazetteer::MeasureDistances() {
  const size_t n = places_.size();
  distances_km_.resize(n * n);
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = 0; j < i; ++j) {
      distances_km_[i * n + j] = distances_km_[j * n + i] =
          static_cast<int16_t>(GreatCircleKm(places_[i], places_[j]));
    }
  }
}

void Gazetteer::NumberByNesting() {
  std::vector<int16_t> sizes(places_.size(), 1);  // With all that is within.
  for (size_t i = places_.size(); i-- > 0;) {
    const int parent = places_[i].parent;
    if (parent != Place::kNoParent) sizes[static_cast<size_t>(parent)] += sizes[i];
  }
  spans_.resize(places_.size());
  std::vector<int16_t> next(places_.size());  // For the next place within each.
  int16_t next_outermost = 0;
  for (size_t i = 0; i < places_.size(); ++i) {  // Parents come first.
    const int parent = places_[i].parent;
    int16_t& at = parent == Place::kNoParent ? next_outermost : next[static_cast<size_t>(parent)];
    spans_[i] = {at, static_cast<int16_t>(at + sizes[i])};
    next[i] = static_cast<int16_t>(at + 1);
    at = spans_[i].limit;
  }
}

void Gazetteer::MeasureWays() {
  const int count = static_cast<int>(places_.size());
  ways_km_ = distances_km_;
  auto way = ways_km_.begin();
  for (int from = 0; from < count; ++from) {
    for (int to = 0; to < count; ++to, ++way) {
      if (IsWithin(from, to) || IsWithin(to, from)) *way = 0;
    }
  }
}

const Place* Gazetteer::Find(absl::string_view id) const {
  const int index = IndexOf(id);
  return index < 0 ? nullptr : &places_[static_cast<size_t>(index)];
}

const Place* Gazetteer::FindByName(absl::string_view name) const {
  const std::string key = Normalized(name);
  if (const auto found = by_name_.find(key); found != by_name_.end()) {
    return &places_[static_cast<size_t>(found->second)];
  }
  for (absl::string_view ending : {"省", "市", "区", "县"}) {
    if (!absl::EndsWith(key, ending)) continue;
    const auto found = by_name_.find(absl::StripSuffix(key, ending));
    if (found == by_name_.end()) return nullptr;
    const Place& place = places_[static_cast<size_t>(found->second)];
    return IsEndingOf(ending, place.kind) ? &place : nullptr;
  }
  return nullptr;
}

int Gazetteer::IndexOf(absl::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? -1 : found->second;
}

const Gazetteer& ShippedPlaces() {
  // A test proves that the shipped table parses.
  static const auto* const kShipped =
      new Gazetteer(Gazetteer::Parse(data::kPlaces).value());
  return *kShipped;
}

}  // namespace troupe
