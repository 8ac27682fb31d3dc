#include "services/booking/seat_directory.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/violation.h"
#include "services/records/project_record.h"
#include "services/rpc/remote_calls.h"
#include "services/rpc/status_details.h"
#include "troupe/seat/v1/seat_service.grpc.pb.h"

namespace troupe {
namespace {

// How long a server that is away is waited for, if the caller would wait longer.
constexpr absl::Duration kPatience = absl::Seconds(3);

absl::Status Unreachable(absl::string_view cause) {
  return ErrorWithReason(
      absl::StatusCode::kUnavailable, "SEATS_UNREACHABLE",
      absl::StrCat("the process that keeps projects cannot be asked (", cause,
                   "): retry with the same request_id"));
}

absl::Status ErrorOf(const grpc::Status& status) {
  const absl::Status error = FromGrpcStatus(status);
  if (absl::IsInvalidArgument(error)) return error;
  return Unreachable(error.message());
}

void ToMessage(const SeatWish& wish, seat::v1::SeatWish& message) {
  message.set_opening(wish.opening);
  message.set_seat(wish.seat);
  message.set_profile(wish.hold.profile.value());
  message.set_hold(wish.hold.number);
}

seat::v1::DecideRequest ToMessage(ProjectId project, const DecisionRequest& request) {
  seat::v1::DecideRequest message;
  message.set_project(project.value());
  message.set_decision(request.id.value());
  message.set_commit(request.wanted == Decision::kCommit);
  message.set_organization(request.caller.slug);
  message.set_deadline_micros(absl::ToUnixMicros(request.deadline));
  message.set_body_hash(request.body_hash);
  for (const SeatWish& wish : request.seats) ToMessage(wish, *message.add_seats());
  return message;
}

SeatDecision FromMessage(DecisionId id, const seat::v1::DecideResponse& message) {
  SeatDecision decision{.id = id,
                        .outcome = message.committed() ? Decision::kCommit : Decision::kAbort,
                        .body_hash = message.body_hash(),
                        .reason = message.reason()};
  for (const seat::v1::SeatWish& wish : message.seats()) {
    decision.seats.push_back(
        {.opening = wish.opening(),
         .seat = wish.seat(),
         .hold = {.profile = ProfileId(wish.profile()), .number = wish.hold()}});
  }
  return decision;
}

class RemoteSeats final : public SeatDirectory {
 public:
  RemoteSeats(ChannelSource channel, std::string service)
      : calls_(std::move(channel), std::move(service)) {}

  void Describe(ProjectId project, DecisionId decision, absl::Time deadline,
                Done<DescribedProject> done) override {
    seat::v1::DescribeProjectRequest request;
    request.set_project(project.value());
    request.set_decision(decision.value());
    calls_.Ask(
        &Stub::DescribeProject, std::move(request), {deadline, kPatience},
        [decision, done = std::move(done)](const grpc::Status& status,
                                           const seat::v1::DescribeProjectResponse& response) {
          if (!status.ok()) return done(ErrorOf(status));
          DescribedProject described;
          if (response.has_decision()) {
            described.decision = FromMessage(decision, response.decision());
          }
          if (!response.has_project()) return done(std::move(described));
          absl::StatusOr<Project> parsed = ParseProject(response.project());
          if (!parsed.ok()) return done(parsed.status());
          described.project = *std::move(parsed);
          done(std::move(described));
        });
  }

  void Decide(ProjectId project, const DecisionRequest& request, absl::Time deadline,
              Done<SeatDecision> done) override {
    calls_.Ask(
        &Stub::Decide, ToMessage(project, request), {deadline, kPatience},
        [id = request.id, done = std::move(done)](const grpc::Status& status,
                                                  const seat::v1::DecideResponse& response) {
          if (!status.ok()) return done(ErrorOf(status));
          done(FromMessage(id, response));
        });
  }

  void Vacate(ProjectId project, HoldId hold, absl::Time deadline,
              Done<std::monostate> done) override {
    Empty(project, hold, /*orphaned=*/false, deadline, std::move(done));
  }

  void Orphan(ProjectId project, HoldId hold, absl::Time deadline,
              Done<std::monostate> done) override {
    Empty(project, hold, /*orphaned=*/true, deadline, std::move(done));
  }

  void Close() override { calls_.Close(); }

 private:
  using Stub = RemoteCalls<seat::v1::SeatService>::Stub;

  void Empty(ProjectId project, HoldId hold, bool orphaned, absl::Time deadline,
             Done<std::monostate> done) {
    seat::v1::VacateSeatRequest request;
    request.set_project(project.value());
    request.set_profile(hold.profile.value());
    request.set_hold(hold.number);
    request.set_orphaned(orphaned);
    calls_.Ask(
        &Stub::VacateSeat, std::move(request), {deadline, kPatience},
        [done = std::move(done)](const grpc::Status& status, const seat::v1::VacateSeatResponse&) {
          if (!status.ok()) return done(ErrorOf(status));
          done(std::monostate());
        });
  }

  RemoteCalls<seat::v1::SeatService> calls_;
};

}  // namespace

std::unique_ptr<SeatDirectory> OpenSeatDirectory(ChannelSource channel,
                                                 std::string service) {
  return std::make_unique<RemoteSeats>(std::move(channel), std::move(service));
}

}  // namespace troupe
