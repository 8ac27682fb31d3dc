#ifndef TROUPE_SERVICES_BOOKING_HOLD_COMMAND_H_
#define TROUPE_SERVICES_BOOKING_HOLD_COMMAND_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/field.h"
#include "matcher/domain/field_rules.h"
#include "matcher/hold/hold_rules.h"
#include "services/booking/booking_tools.h"
#include "services/booking/hold_errors.h"
#include "services/booking/hold_sides.h"
#include "services/convert/hold_conversion.h"
#include "services/convert/resource_names.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/resource_errors.h"
#include "services/rpc/write_identity.h"

// What all methods that change one hold have in common.
namespace troupe {

// How the log knows `request`, which may state no id of its own. `method`:
// "accept".
template <typename Request>
std::string HoldRequestId(const BookingTools& tools, const Call& call, absl::string_view method,
                          const Request& request) {
  if (!request.request_id().empty()) {
    return LogRequestId(call.organization(), "hold", method, request.request_id());
  }
  return LogRequestId(call.organization(), "hold", absl::StrCat(method, "-once"),
                      tools.resources.ids->Next());
}

// Changes one hold: the sides that the caller is, the hold as it stands, and
// what is to become of its agenda.
using HoldCommand = std::function<absl::StatusOr<Notices>(
    const HoldSides& sides, const Hold& hold, const StoredAgenda& stored, Agenda& agenda,
    const Moment& moment)>;

// Applies `command` to the hold that `request` names, if it has the etag that
// `request` states, and answers with it as it is then. `text` is what the
// request says to the other side; empty if it has no such field. `request` lives
// until `done` is called.
template <typename Request>
void ChangeHold(const BookingTools& tools, std::shared_ptr<const Call> call,
                absl::string_view method, const Request& request, absl::string_view text,
                HoldCommand command, Done<v1::Hold> done) {
  Violations found;
  const Field message(&found);
  CheckRequestId(request.request_id(), found);
  CheckText(message["text"], text, kMostReasonBytes);
  const absl::StatusOr<HoldId> id = ParseHoldName(request.name(), "name");
  absl::Status bad = id.ok() ? found.ToStatus() : id.status();
  if (bad.ok() && !request.etag().empty()) bad = ParseEtag(request.etag(), "etag").status();
  if (!bad.ok()) return done(std::move(bad));
  AgendaWriter::Change change{
      .profile = id->profile,
      .log_request_id = HoldRequestId(tools, *call, method, request),
      .body_hash = BodyHashOf(request),
      .command = [call, &request, id = *id, command = std::move(command)](
                     const StoredAgenda& stored, Agenda& agenda,
                     const Moment& moment) -> absl::StatusOr<Notices> {
        TROUPE_RETURN_IF_ERROR(CheckWanted(*call));
        TROUPE_ASSIGN_OR_RETURN(const Hold* hold, FindHold(call->organization(), stored, id));
        TROUPE_RETURN_IF_ERROR(CheckEtag(request.etag(), *hold));
        return command(SidesOf(call->organization(), stored, *hold), *hold, stored, agenda,
                       moment);
      },
      .may_be_retry = !request.request_id().empty()};
  tools.agendas->Apply(
      std::move(change), call->deadline(),
      [call, id = *id,
       done = std::move(done)](const absl::StatusOr<AgendaWriter::Changed>& changed) {
        if (!changed.ok()) {
          const bool is_gone = ReasonOf(changed.status()) == "PROFILE_NOT_FOUND";
          return done(is_gone ? HoldNotFound(id) : changed.status());
        }
        const absl::StatusOr<const Hold*> hold =
            FindHold(call->organization(), changed->now, id);
        if (!hold.ok()) return done(hold.status());
        done(ToWire(changed->now.agenda, **hold));
      });
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_BOOKING_HOLD_COMMAND_H_
