#include "services/booking/booking_wiring.h"

#include "troupe/v1/booking_service.grpc.pb.h"

namespace troupe {

std::unique_ptr<WiredService> WireBookingService(BookingService* bookings, Admission* admission) {
  auto wired =
      std::make_unique<WiredService>(v1::BookingService::service_full_name(), admission);
  wired->Unary("PlaceHold", bookings, &BookingService::PlaceHold);
  wired->Unary("GetHold", bookings, &BookingService::GetHold);
  wired->Unary("ListHolds", bookings, &BookingService::ListHolds);
  wired->Unary("AcceptHold", bookings, &BookingService::AcceptHold);
  wired->Unary("DeclineHold", bookings, &BookingService::DeclineHold);
  wired->Unary("ReleaseHold", bookings, &BookingService::ReleaseHold);
  wired->Unary("ChallengeHold", bookings, &BookingService::ChallengeHold);
  wired->Unary("CounterOffer", bookings, &BookingService::CounterOffer);
  wired->Unary("ConfirmHold", bookings, &BookingService::ConfirmHold);
  wired->Unary("ConfirmCrew", bookings, &BookingService::ConfirmCrew);
  wired->Unary("CancelBooking", bookings, &BookingService::CancelBooking);
  wired->Unary("ReplaceDropout", bookings, &BookingService::ReplaceDropout);
  wired->ServerStream("WatchHolds", bookings, &BookingService::WatchHolds);
  return wired;
}

}  // namespace troupe
