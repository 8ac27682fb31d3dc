#include "services/booking/place_hold.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/field.h"
#include "matcher/domain/project.h"
#include "matcher/domain/travel.h"
#include "matcher/hold/place_hold.h"
#include "services/booking/hold_command.h"
#include "services/convert/opening_conversion.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

// A call under way.
struct Placing {
  BookingTools tools;
  std::shared_ptr<const Call> call;
  const v1::PlaceHoldRequest* request;
  ProfileId profile;
  OpeningId opening;
  std::optional<Window> window;  // None: the opening's.
  HoldTerms terms;
  std::optional<absl::Time> expires;
  // Of the project, as its owner's process keeps it; nullopt: there is none.
  std::optional<Project> project;
  std::string log_request_id;
};

absl::Status Read(const v1::PlaceHoldRequest& request, Placing& placing) {
  Violations found;
  const Field message(&found);
  CheckRequestId(request.request_id(), found);
  if (request.has_window()) {
    const size_t before = found.found().size();
    placing.window = FromWire(request.window(), message["window"]);
    if (found.found().size() == before) CheckWindowDays(*placing.window, found);
  }
  placing.terms = FromWire(request.terms(), message["terms"]);
  if (request.has_expire_time()) {
    placing.expires = FromWire(request.expire_time(), message["expire_time"]);
  }
  if (request.opening().empty()) {
    found.Add("opening", "is empty", "name the opening that the days are for");
  } else {
    placing.opening = ReadOpeningName(message["opening"], request.opening());
  }
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  TROUPE_ASSIGN_OR_RETURN(placing.profile, ParseProfileName(request.parent(), "parent"));
  return absl::OkStatus();
}

// The opening, if days can be held for it.
absl::StatusOr<const Opening*> FindOpening(const Placing& placing) {
  const OrganizationId& caller = placing.call->organization();
  const std::string& name = placing.request->opening();
  if (!placing.project.has_value() || !placing.project->ownership.IsVisibleTo(caller)) {
    return RecordNotFound("opening", name);
  }
  const Opening* const opening = placing.project->FindOpening(placing.opening.number);
  const bool owns = placing.project->ownership.owner == caller;
  const bool exists = opening != nullptr && (owns || opening->state != Opening::State::kDraft);
  if (!exists) return RecordNotFound("opening", name);
  if (!owns) return NotOwner("project");
  if (opening->state == Opening::State::kDraft) return OpeningNotOpen("is a draft");
  if (opening->state == Opening::State::kClosed) return OpeningNotOpen("is closed");
  if (opening->IsFilled()) return OpeningNotOpen("is filled");
  return opening;
}

absl::StatusOr<Notices> Place(Placing& placing, const StoredAgenda& stored, Agenda& agenda,
                              const Moment& moment) {
  TROUPE_RETURN_IF_ERROR(CheckWanted(*placing.call));
  const Profile& profile = stored.profile;
  const OrganizationId& caller = placing.call->organization();
  if (!profile.ownership.IsVisibleTo(caller)) {
    return RecordNotFound("profile", placing.request->parent());
  }
  TROUPE_ASSIGN_OR_RETURN(const Opening* opening, FindOpening(placing));
  const std::optional<Window>& window = placing.window.has_value() ? placing.window
                                                                   : opening->window;
  if (!window.has_value()) {
    return InvalidField("window", "is not given, and the opening has none",
                        "say which days are to be held");
  }
  if (placing.expires.has_value() && *placing.expires <= moment.now) {
    return InvalidField("expire_time", "is past", "give a later time, or none");
  }
  TROUPE_ASSIGN_OR_RETURN(
      Notices notices,
      PlaceHold(agenda,
                {.opening = placing.opening,
                 .holder = caller,
                 .role = opening->role,
                 .place = placing.project->PlaceOf(*opening),
                 .window = *window,
                 .travel_days = TravelDays(profile, *placing.project, *opening),
                 .terms = placing.terms,
                 .deadline = placing.expires},
                profile.pre_acceptances, OwnBusyDays(profile, moment.today), moment));
  agenda.Find(agenda.last_number)->request = StableHash(placing.log_request_id);
  return notices;
}

// The hold that the request placed, now or when it was first made; nullptr if it
// is gone, with its profile.
const Hold* PlacedHold(const Placing& placing, const Agenda& agenda) {
  const uint64_t request = StableHash(placing.log_request_id);
  for (const Hold& hold : agenda.holds) {
    if (hold.request == request && hold.opening == placing.opening) return &hold;
  }
  return nullptr;
}

void Answer(const Placing& placing, const absl::StatusOr<AgendaWriter::Changed>& changed,
            const Done<v1::Hold>& done) {
  if (!changed.ok()) {
    const bool is_gone = ReasonOf(changed.status()) == "PROFILE_NOT_FOUND";
    return done(is_gone ? RecordNotFound("profile", placing.request->parent())
                        : changed.status());
  }
  const Agenda& agenda = changed->now.agenda;
  const Hold* const hold = PlacedHold(placing, agenda);
  if (hold == nullptr) return done(RecordNotFound("profile", placing.request->parent()));
  done(ToWire(agenda, *hold));
}

void Write(const std::shared_ptr<Placing>& placing, Done<v1::Hold> done) {
  const BookingTools& tools = placing->tools;
  const v1::PlaceHoldRequest& request = *placing->request;
  tools.agendas->Apply(
      {.profile = placing->profile,
       .log_request_id = placing->log_request_id,
       .body_hash = BodyHashOf(request),
       .command = [placing](const StoredAgenda& stored, Agenda& agenda, const Moment& moment) {
         return Place(*placing, stored, agenda, moment);
       },
       .may_be_retry = !request.request_id().empty()},
      placing->call->deadline(),
      [placing, done = std::move(done)](const absl::StatusOr<AgendaWriter::Changed>& changed) {
        Answer(*placing, changed, done);
      });
}

}  // namespace

void PlaceHoldFor(const BookingTools& tools, std::shared_ptr<const Call> call,
                  const v1::PlaceHoldRequest& request, Done<v1::Hold> done) {
  const auto placing = std::make_shared<Placing>(
      Placing{.tools = tools, .call = std::move(call), .request = &request});
  if (absl::Status read = Read(request, *placing); !read.ok()) return done(std::move(read));
  placing->log_request_id = HoldRequestId(tools, *placing->call, "place", request);
  tools.seats->Describe(
      placing->opening.project, DecisionId(), placing->call->deadline(),
      [placing, done = std::move(done)](absl::StatusOr<DescribedProject> described) {
        if (!described.ok()) return done(described.status());
        placing->project = std::move(described->project);
        Write(placing, done);
      });
}

}  // namespace troupe
