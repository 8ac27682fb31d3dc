#ifndef TROUPE_SERVICES_CONVERT_BOOKED_SEATS_H_
#define TROUPE_SERVICES_CONVERT_BOOKED_SEATS_H_

#include "matcher/domain/project.h"

namespace troupe {

// Lets the seats of `update` be booked that are so in `stored` and whose person
// stays: clients do not say by which hold somebody sits where.
void KeepBookings(const Project& stored, Project& update);

// The same, and lets those whom an import leaves out keep their booked seats.
void KeepBookedSeats(const Project& stored, Project& import);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_BOOKED_SEATS_H_
