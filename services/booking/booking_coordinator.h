#ifndef TROUPE_SERVICES_BOOKING_BOOKING_COORDINATOR_H_
#define TROUPE_SERVICES_BOOKING_BOOKING_COORDINATOR_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "matcher/base/ids.h"
#include "matcher/hold/confirm_hold.h"
#include "services/booking/agenda_writer.h"
#include "services/booking/seat_directory.h"
#include "services/rpc/done.h"
#include "services/rpc/protocol_steps.h"
#include "services/rpc/retry_timer.h"

namespace troupe {

// A hold that is to be booked.
struct HoldToBook {
  HoldId id;
  std::optional<uint64_t> revision;  // As the client has read it; none: any.
  int32_t seat = 0;                  // 0: any.
  Days work;                         // Empty: the earliest.

  friend bool operator==(const HoldToBook&, const HoldToBook&) = default;
};

// What a client asks to confirm.
struct ConfirmationRequest {
  OrganizationId caller;
  std::optional<ProjectId> project;  // None: that of the first hold.
  std::vector<HoldToBook> holds;     // At least one; each profile once.
  DecisionId decision;               // Of the caller and its request id.
  uint64_t body_hash = 0;            // Of what the client sent. Not 0.
  bool may_be_retry = false;         // The client named the request.
};

// The decision that a request id of `caller` stands for. Stored: never change it.
DecisionId DecisionIdOf(const OrganizationId& caller, absl::string_view request_id);

// Takes bookings through the steps that make them hold in two processes or in
// none: intents on the agendas, the decision beside the seats, and what follows
// from it on the agendas ("a confirmation" in deploy/docs/life-of-a-request.md).
// Each step may be made again; what a dead process left is taken up by Recover.
// What it has begun it goes on with after its caller is answered, until it is
// closed. No thread waits. Thread-safe.
class BookingCoordinator {
 public:
  // All of them outlive it; `steps` may be null.
  struct Tools {
    AgendaWriter* agendas;
    View* view;
    SeatDirectory* seats;
    RetryTimer* timer;
    Executor* executor;
    ProtocolSteps* steps = nullptr;
  };
  explicit BookingCoordinator(const Tools& tools) : tools_(tools) {}
  ~BookingCoordinator();

  // Books all holds of `request` or none, and answers their agendas, in order,
  // once that is so everywhere. Made again with the same decision it comes to
  // the same: what an earlier try had begun, though it was broken off, is decided
  // and taken back, or done, before this one is answered. Errors as ConfirmCrew's (booking_service.proto); UNAVAILABLE,
  // reason SEATS_UNREACHABLE: not decided yet, and will be.
  void Confirm(ConfirmationRequest request, absl::Time deadline,
               Done<std::vector<StoredAgenda>> done);

  // Empties the seat of `hold`, a cancelled booking, until it is known to be
  // empty. Answers after the first try, whatever it came to.
  void Vacate(HoldId hold, Done<std::monostate> done);

  // Goes on with what `profile` is undecided about, has to vacate, or left to be
  // told when it was deleted, unless that is under way. Aborts what is not decided.
  void Recover(ProfileId profile);

  // Answers who waits for a process that is away, and returns when nothing is
  // under way any more. What is not finished, the next process takes up.
  void Close();

  ProtocolSteps* steps() const { return tools_.steps; }

 private:
  class Work;
  class Confirmation;
  class Vacating;

  // Somebody works on `holds` from now on, until LetGo, and is there until End;
  // false if nobody may. `alone`: if nobody else works on them.
  bool Take(const std::vector<HoldId>& holds, bool alone);
  void LetGo(const std::vector<HoldId>& holds);
  void End();
  void RecoverNow(ProfileId profile);

  // Tries of one confirmation write their intents one after the other, so that who
  // is answered finds none of an earlier try later on. Calls `start` once nobody
  // else has the turn; EndTurn gives it on.
  void AwaitTurn(DecisionId decision, std::function<void()> start);
  void EndTurn(DecisionId decision);

  const Tools tools_;
  mutable absl::Mutex mutex_;
  absl::flat_hash_map<HoldId, int> in_hand_ ABSL_GUARDED_BY(mutex_);
  // Who waits for a turn, for each decision of which somebody has it.
  absl::flat_hash_map<DecisionId, std::deque<std::function<void()>>> turns_
      ABSL_GUARDED_BY(mutex_);
  int under_way_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closing_ ABSL_GUARDED_BY(mutex_) = false;
};

// When Recover has something to do for `agenda`; nullopt: never.
std::optional<absl::Time> RecoveryDue(const Agenda& agenda);

}  // namespace troupe

#endif  // TROUPE_SERVICES_BOOKING_BOOKING_COORDINATOR_H_
