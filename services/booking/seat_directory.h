#ifndef TROUPE_SERVICES_BOOKING_SEAT_DIRECTORY_H_
#define TROUPE_SERVICES_BOOKING_SEAT_DIRECTORY_H_

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "absl/time/time.h"
#include "matcher/domain/project.h"
#include "matcher/hold/seat_decision.h"
#include "services/rpc/channel_source.h"
#include "services/rpc/done.h"

namespace troupe {

// What is known of a project.
struct DescribedProject {
  std::optional<Project> project;        // None: there is none.
  std::optional<SeatDecision> decision;  // That stands about what was asked for.
};

// The seats of projects, wherever projects are kept: seat_service.proto. Every
// trouble on the way is UNAVAILABLE, reason SEATS_UNREACHABLE; the outcome is
// then unknown, and the same call may be made again. Callbacks run on a thread
// of gRPC's, or before the call returns; keep them short. Thread-safe.
class SeatDirectory {
 public:
  virtual ~SeatDirectory() = default;

  // The project as it is now, and whether `decision` has been made.
  virtual void Describe(ProjectId project, DecisionId decision, absl::Time deadline,
                        Done<DescribedProject> done) = 0;

  // The decision that stands about `request`, which is made if there is none.
  // INVALID_ARGUMENT: it cannot be written as wished.
  virtual void Decide(ProjectId project, const DecisionRequest& request, absl::Time deadline,
                      Done<SeatDecision> done) = 0;

  // Empties the seats that `hold` fills.
  virtual void Vacate(ProjectId project, HoldId hold, absl::Time deadline,
                      Done<std::monostate> done) = 0;

  // Leaves the seats that `hold` fills to its person, who was deleted: they name
  // no hold any more.
  virtual void Orphan(ProjectId project, HoldId hold, absl::Time deadline,
                      Done<std::monostate> done) = 0;

  // Takes no more calls, answers those under way, and returns when all are
  // answered. Not from a callback.
  virtual void Close() = 0;
};

// Those of the process behind `channel`. Deadlines are by the machine's clock.
// `service` is what the calls name as their service, for servers on this machine
// without TLS.
std::unique_ptr<SeatDirectory> OpenSeatDirectory(ChannelSource channel,
                                                 std::string service);

}  // namespace troupe

#endif  // TROUPE_SERVICES_BOOKING_SEAT_DIRECTORY_H_
