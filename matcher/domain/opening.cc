#include "matcher/domain/opening.h"

#include <algorithm>

namespace troupe {

int32_t Opening::OpenSeats() const {
  return static_cast<int32_t>(std::count_if(seats.begin(), seats.end(),
                                            [](const Seat& seat) { return !seat.profile; }));
}

}  // namespace troupe
