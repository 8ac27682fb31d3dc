#include "services/seat/seat_wiring.h"

#include "troupe/seat/v1/seat_service.grpc.pb.h"

namespace troupe {

std::unique_ptr<WiredService> WireSeatService(SeatService* seats, Admission* admission) {
  auto wired =
      std::make_unique<WiredService>(seat::v1::SeatService::service_full_name(), admission);
  wired->Unary("DescribeProject", seats, &SeatService::DescribeProject);
  wired->Unary("Decide", seats, &SeatService::Decide);
  wired->Unary("VacateSeat", seats, &SeatService::VacateSeat);
  return wired;
}

}  // namespace troupe
