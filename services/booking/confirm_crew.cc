#include "services/booking/confirm_crew.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/field.h"
#include "services/convert/hold_conversion.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"
#include "services/rpc/resource_errors.h"
#include "services/rpc/write_identity.h"

namespace troupe {
namespace {

constexpr int kMostHolds = 200;
constexpr int kMostDates = 400;
constexpr int32_t kMostSeat = 500;

// What `wire`, a ConfirmHoldRequest or one hold of a crew, asks for.
template <typename Wire>
HoldToBook ReadHold(const Wire& wire, const Field& field) {
  HoldToBook hold{.id = ReadHoldName(field["name"], wire.name()), .seat = wire.seat()};
  if (!wire.etag().empty()) {
    const absl::StatusOr<uint64_t> revision = ParseEtag(wire.etag(), "etag");
    if (revision.ok()) {
      hold.revision = *revision;
    } else {
      field["etag"].Report("is not an etag", "give the etag as it was read");
    }
  }
  if (wire.seat() < 0 || kMostSeat < wire.seat()) {
    field["seat"].Report(absl::StrCat("is ", wire.seat()),
                         "give the number of a seat, or 0 for any");
  }
  if (wire.work_dates_size() > kMostDates) {
    field["work_dates"].Report(absl::StrCat("has ", wire.work_dates_size(), " entries"),
                               absl::StrCat("give at most ", kMostDates));
    return hold;
  }
  const Field dates = field["work_dates"];
  std::vector<Day> work;
  for (int i = 0; i < wire.work_dates_size(); ++i) {
    work.push_back(FromWire(wire.work_dates(i), dates[static_cast<size_t>(i)]));
  }
  hold.work = Days(std::move(work));
  return hold;
}

template <typename Request>
ConfirmationRequest About(const BookingTools& tools, const Call& call, const Request& request) {
  const std::string id =
      request.request_id().empty() ? tools.resources.ids->Next() : request.request_id();
  const std::string scope = request.request_id().empty() ? "once" : "";
  return {.caller = call.organization(),
          .decision = DecisionIdOf(call.organization(), absl::StrCat(scope, "/", id)),
          .body_hash = BodyHashOf(request),
          .may_be_retry = !request.request_id().empty()};
}

absl::StatusOr<ConfirmationRequest> Read(const BookingTools& tools, const Call& call,
                                         const v1::ConfirmHoldRequest& request) {
  Violations found;
  const Field message(&found);
  CheckRequestId(request.request_id(), found);
  ConfirmationRequest confirmation = About(tools, call, request);
  confirmation.holds.push_back(ReadHold(request, message));
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  return confirmation;
}

absl::StatusOr<ConfirmationRequest> Read(const BookingTools& tools, const Call& call,
                                         const v1::ConfirmCrewRequest& request) {
  Violations found;
  const Field message(&found);
  const Field list = message["holds"];
  CheckRequestId(request.request_id(), found);
  ConfirmationRequest confirmation = About(tools, call, request);
  confirmation.project = ReadProjectName(message["parent"], request.parent());
  if (request.holds().empty() || request.holds_size() > kMostHolds) {
    list.Report(absl::StrCat("has ", request.holds_size(), " entries"),
                absl::StrCat("give 1 to ", kMostHolds));
    return found.ToStatus();
  }
  absl::flat_hash_set<ProfileId> people;
  for (int i = 0; i < request.holds_size(); ++i) {
    const v1::HoldToConfirm& wire = request.holds(i);
    const Field field = list[static_cast<size_t>(i)];
    HoldToBook hold = ReadHold(wire, field);
    if (wire.etag().empty()) field["etag"].Report("is empty", "give the etag as it was read");
    if (hold.id.profile && !people.insert(hold.id.profile).second) {
      field["name"].Report("is of a person named before", "confirm one hold of each person");
    }
    confirmation.holds.push_back(std::move(hold));
  }
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  return confirmation;
}

v1::Hold Show(const StoredAgenda& booked, HoldId id) {
  return ToWire(booked.agenda, *booked.agenda.Find(id.number));
}

std::vector<HoldId> IdsOf(const ConfirmationRequest& request) {
  std::vector<HoldId> ids;
  for (const HoldToBook& hold : request.holds) ids.push_back(hold.id);
  return ids;
}

// `show` makes the response of the agendas and the holds booked on them.
template <typename Request, typename Response, typename ShowAll>
void Confirm(const BookingTools& tools, BookingCoordinator& coordinator, const Call& call,
             const Request& request, Done<Response> done, ShowAll show) {
  absl::StatusOr<ConfirmationRequest> read = Read(tools, call, request);
  if (!read.ok()) return done(read.status());
  const std::vector<HoldId> ids = IdsOf(*read);
  coordinator.Confirm(*std::move(read), call.deadline(),
                      [ids, show, done = std::move(done)](
                          const absl::StatusOr<std::vector<StoredAgenda>>& booked) {
                        if (!booked.ok()) return done(booked.status());
                        for (size_t i = 0; i < ids.size(); ++i) {
                          const bool is_there = (*booked)[i].agenda.Find(ids[i].number) != nullptr;
                          if (!is_there) return done(RecordNotFound("hold", FormatName(ids[i])));
                        }
                        done(show(*booked, ids));
                      });
}

}  // namespace

void ConfirmOneHold(const BookingTools& tools, BookingCoordinator& coordinator,
                    std::shared_ptr<const Call> call, const v1::ConfirmHoldRequest& request,
                    Done<v1::Hold> done) {
  Confirm(tools, coordinator, *call, request, std::move(done),
          [](const std::vector<StoredAgenda>& booked, const std::vector<HoldId>& ids) {
            return Show(booked[0], ids[0]);
          });
}

void ConfirmHolds(const BookingTools& tools, BookingCoordinator& coordinator,
                  std::shared_ptr<const Call> call, const v1::ConfirmCrewRequest& request,
                  Done<v1::ConfirmCrewResponse> done) {
  Confirm(tools, coordinator, *call, request, std::move(done),
          [](const std::vector<StoredAgenda>& booked, const std::vector<HoldId>& ids) {
            v1::ConfirmCrewResponse response;
            for (size_t i = 0; i < ids.size(); ++i) {
              *response.add_holds() = Show(booked[i], ids[i]);
            }
            return response;
          });
}

}  // namespace troupe
