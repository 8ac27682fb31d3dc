#include "services/convert/booked_seats.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace troupe {
namespace {

// Calls `visit` with each booked seat of `stored` and the seats that `next` has
// of the same opening, if it has the seat.
template <typename Visit>
void ForEachBooked(const Project& stored, Project& next, Visit visit) {
  for (const Opening& opening : stored.openings) {
    const auto kept = std::find_if(next.openings.begin(), next.openings.end(),
                                   [&](const Opening& each) { return each.number == opening.number; });
    if (kept == next.openings.end()) continue;
    for (const Seat& seat : opening.seats) {
      if (seat.hold != 0 && seat.number <= static_cast<int32_t>(kept->seats.size())) {
        visit(seat, kept->seats);
      }
    }
  }
}

Seat& SeatLike(const Seat& seat, std::vector<Seat>& seats) {
  return seats[static_cast<size_t>(seat.number) - 1];
}

}  // namespace

void KeepBookings(const Project& stored, Project& update) {
  ForEachBooked(stored, update, [](const Seat& seat, std::vector<Seat>& seats) {
    Seat& next = SeatLike(seat, seats);
    if (next.profile == seat.profile) next.hold = seat.hold;
  });
}

void KeepBookedSeats(const Project& stored, Project& import) {
  ForEachBooked(stored, import, [](const Seat& seat, std::vector<Seat>& seats) {
    Seat& next = SeatLike(seat, seats);
    const bool sits_elsewhere = std::any_of(seats.begin(), seats.end(), [&](const Seat& each) {
      return each.profile == seat.profile;
    });
    if (!next.profile && !sits_elsewhere) next.profile = seat.profile;
  });
  KeepBookings(stored, import);
}

}  // namespace troupe
