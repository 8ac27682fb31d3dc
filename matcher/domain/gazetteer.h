#ifndef TROUPE_MATCHER_DOMAIN_GAZETTEER_H_
#define TROUPE_MATCHER_DOMAIN_GAZETTEER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace troupe {

// What a place is, the widest first; a place lies within one of a wider kind.
enum class PlaceKind : uint8_t { kProvince, kCity, kDistrict, kSite };

// A node of province > city > district > site where people live and shoot.
// Municipalities and special regions (Beijing, Hong Kong) are cities without a
// province; counties and county-level cities are districts.
struct Place {
  static constexpr int kNoParent = -1;

  std::string id;  // A slug, stable for ever: records and requests hold it.
  PlaceKind kind = PlaceKind::kCity;
  int parent = kNoParent;  // Its index in the gazetteer.
  std::string name_zh;     // Without 市, 区, ...: "西安".
  std::string name_en;
  double latitude = 0;  // Degrees; a province's are those of its capital.
  double longitude = 0;
};

// Every place there is, in the order of the data file, parents before what lies
// within them. Immutable. An index is below 1000 and belongs to this gazetteer:
// another release may order places otherwise, so it is never stored.
class Gazetteer {
 public:
  static constexpr size_t kMostPlaces = 1000;

  // Reads a table with the columns id,kind,parent,name_zh,name_en,latitude,
  // longitude. INVALID_ARGUMENT, naming the line, for a malformed row, a
  // repeated id, a parent that is not an earlier and wider place, or a name
  // that means two places.
  static absl::StatusOr<Gazetteer> Parse(absl::string_view table);

  // The place with exactly this id; nullptr if there is none.
  const Place* Find(absl::string_view id) const;

  // The place that `name` means: an id or a name, in any case, outer space
  // ignored, a Chinese one also with its kind (西安市, 临平区, 浙江省); nullptr if
  // there is none.
  const Place* FindByName(absl::string_view name) const;

  // The position of the place in places(); -1 if there is none.
  int IndexOf(absl::string_view id) const;

  // True if `place` is `ancestor` or lies within it. Both are indices; an
  // unknown place, -1, is within none and holds none.
  // Looked up, so it may be asked per candidate.
  bool IsWithin(int place, int ancestor) const {
    if (place < 0 || ancestor < 0) return false;
    const Span within = spans_[static_cast<size_t>(ancestor)];
    const int16_t at = spans_[static_cast<size_t>(place)].first;
    return within.first <= at && at < within.limit;
  }

  // The great-circle distance in whole kilometres, the same both ways. Looked
  // up, so it may be asked per candidate. Both are indices of known places.
  int32_t DistanceKm(int from, int to) const {
    return distances_km_[static_cast<size_t>(from) * places_.size() +
                         static_cast<size_t>(to)];
  }

  // How far one has to come from one place to another: the distance, but 0 where
  // one lies within the other. Looked up likewise; from a place to all of them.
  int32_t WayKm(int from, int to) const { return WaysKm(from)[static_cast<size_t>(to)]; }
  absl::Span<const int16_t> WaysKm(int from) const {
    return {&ways_km_[static_cast<size_t>(from) * places_.size()], places_.size()};
  }

  absl::Span<const Place> places() const { return places_; }

 private:
  // A place and all that lies within it, by a number of each that is next to
  // those of its neighbours.
  struct Span {
    int16_t first = 0;  // The place itself.
    int16_t limit = 0;
  };

  Gazetteer() = default;
  void MeasureDistances();
  void NumberByNesting();
  void MeasureWays();

  std::vector<Place> places_;
  std::vector<Span> spans_;            // By place.
  // Row by row, one row a place. None is beyond half round the earth.
  std::vector<int16_t> distances_km_;
  std::vector<int16_t> ways_km_;  // Likewise.
  absl::flat_hash_map<std::string, int> by_id_;
  absl::flat_hash_map<std::string, int> by_name_;  // Keys are in lower case.
};

// The gazetteer this build ships. A constant of the build rather than state; it
// is never destroyed, so that it outlives every user at exit.
const Gazetteer& ShippedPlaces();

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_GAZETTEER_H_
