#ifndef TROUPE_SERVICES_BOOKING_AGENDA_WRITER_H_
#define TROUPE_SERVICES_BOOKING_AGENDA_WRITER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "matcher/base/clock.h"
#include "matcher/base/executor.h"
#include "matcher/domain/profile.h"
#include "matcher/hold/agenda.h"
#include "matcher/hold/hold_event.h"
#include "matcher/hold/moment.h"
#include "services/log/change_log.h"
#include "services/log/record_writer.h"
#include "services/log/view.h"
#include "services/rpc/done.h"

namespace troupe {

// A person's agenda with the profile beside which it is kept.
struct StoredAgenda {
  Profile profile;
  uint64_t profile_version = kNoVersion;
  Agenda agenda;                         // Empty if nothing was ever held.
  uint64_t agenda_version = kNoVersion;
};

// The agenda of `profile`, whoever may see it; nullopt if there is no such
// profile. Blocks on disk.
absl::StatusOr<std::optional<StoredAgenda>> FindAgenda(const ViewSnapshot& now, ProfileId profile);

// What the deleted profiles of that name left to be done: FindAgenda does not show
// it unless there is such a profile again. Blocks on disk.
absl::StatusOr<std::vector<OrphanedSeat>> FindOrphans(const ViewSnapshot& now,
                                                      ProfileId profile);

// When a command about `profile` takes place.
Moment MomentOf(const Profile& profile, absl::Time now, Day today);

// Changes agendas: the ladder, the calendar of its profile and the profile's
// counts in one record of the log, each over the version that was read. No
// thread waits. Thread-safe; it outlives its changes. Callbacks run on the
// executor.
class AgendaWriter {
 public:
  // All of them outlive it.
  AgendaWriter(ChangeLog* log, View* view, Executor* executor, const Clock* clock)
      : writer_(log, view, executor), view_(view), clock_(clock) {}

  // What is to become of an agenda. May be tried several times, on newer states.
  // An error leaves all as it was.
  using Command = std::function<absl::StatusOr<Notices>(const StoredAgenda& stored, Agenda& agenda,
                                                        const Moment& moment)>;
  struct Change {
    ProfileId profile;
    // Of the log: not empty, unique over all organizations, and `body_hash` what
    // the client asked for, not 0.
    std::string log_request_id;
    uint64_t body_hash = 0;
    Command command;
    // The client named the request: if the command fails, the log is asked
    // whether it has been done before. Then it succeeds as a repeat.
    bool may_be_retry = false;
  };
  struct Changed {
    StoredAgenda now;        // As it is after the change; perhaps newer.
    bool is_repeat = false;  // The request id was used before: nothing was written now.
  };

  // Applies `change.command` to the newest state, again if somebody else writes
  // in between. A command that changes nothing writes nothing. Errors: the
  // command's; NOT_FOUND, reason PROFILE_NOT_FOUND; those of ChangeLog::Append.
  void Apply(Change change, absl::Time deadline, Done<Changed> done);

  // Notes that the seat which `hold` left behind, whose person was deleted, is told.
  // Errors: those of ChangeLog::Append.
  void ForgetOrphan(HoldId hold, absl::Time deadline, Done<std::monostate> done);

  // To the microsecond, as records keep it.
  absl::Time Now() const { return absl::FromUnixMicros(absl::ToUnixMicros(clock_->Now())); }

 private:
  RecordWriter writer_;
  View* const view_;
  const Clock* const clock_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_BOOKING_AGENDA_WRITER_H_
