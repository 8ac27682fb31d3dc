#ifndef TROUPE_SERVICES_BOOKING_BOOKING_TOOLS_H_
#define TROUPE_SERVICES_BOOKING_BOOKING_TOOLS_H_

#include "services/booking/agenda_writer.h"
#include "services/booking/seat_directory.h"
#include "services/rpc/resource_tools.h"

namespace troupe {

// What the methods of BookingService work with. All of it outlives the calls and
// is thread-safe.
struct BookingTools {
  ResourceTools resources;
  AgendaWriter* agendas;
  SeatDirectory* seats;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_BOOKING_BOOKING_TOOLS_H_
