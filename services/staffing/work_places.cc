#include "services/staffing/work_places.h"

#include <cstddef>

namespace troupe {

WorkPlaces::WorkPlaces(const Gazetteer& gazetteer) {
  const auto places = gazetteer.places();
  row_of_.resize(places.size());
  for (size_t i = 0; i < places.size(); ++i) {
    const Place& place = places[i];
    if (place.kind == PlaceKind::kProvince || place.kind == PlaceKind::kCity) {
      row_of_[i] = named();
      const bool has_province = place.parent != Place::kNoParent;
      regions_.push_back(has_province ? row_of_[static_cast<size_t>(place.parent)] : named());
      places_.push_back(static_cast<PlaceIndex>(i));
    } else {
      row_of_[i] = row_of_[static_cast<size_t>(place.parent)];
    }
  }
  regions_.push_back(anywhere());
  regions_.push_back(nowhere());
}

}  // namespace troupe
