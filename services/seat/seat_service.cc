#include "services/seat/seat_service.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/hold/seat_decision.h"
#include "services/log/log_errors.h"
#include "services/records/audience_record.h"
#include "services/records/decisions_record.h"
#include "services/records/project_record.h"

namespace troupe {
namespace {

constexpr int kMostSeats = 500;
constexpr int64_t kLastMicros = 253'402'300'799'999'999;  // Of the year 9999.

EntityKey ProjectKey(ProjectId id) { return {EntityKind::kProject, id.value()}; }
EntityKey DecisionsKey(ProjectId id) { return {EntityKind::kDecisions, id.value()}; }

// What a plan is made from, and changes.
struct Stored {
  bool has_project = false;
  Project project;
  uint64_t project_version = kNoVersion;
  ProjectDecisions decisions;
  uint64_t decisions_version = kNoVersion;
};

absl::StatusOr<Stored> Find(const ViewSnapshot& now, ProjectId id) {
  TROUPE_ASSIGN_OR_RETURN(const auto records, now.MultiGet({ProjectKey(id), DecisionsKey(id)}));
  Stored stored;
  stored.has_project = records[0].has_value();
  stored.decisions.project = id;
  if (records[0].has_value()) {
    TROUPE_ASSIGN_OR_RETURN(stored.project, ParseProject(records[0]->bytes));
    stored.project_version = records[0]->version;
  }
  if (records[1].has_value()) {
    TROUPE_ASSIGN_OR_RETURN(stored.decisions, ParseDecisions(records[1]->bytes));
    stored.decisions_version = records[1]->version;
  }
  return stored;
}

absl::StatusOr<ProjectId> ProjectOf(uint64_t id) {
  if (id == 0) return InvalidField("project", "is 0", "give the id of a project");
  return ProjectId(id);
}

absl::StatusOr<SeatWish> FromMessage(const seat::v1::SeatWish& wish, absl::string_view field) {
  if (wish.opening() == 0 || wish.profile() == 0 || wish.hold() == 0) {
    return InvalidField(field, "lacks opening, profile or hold", "give all of them");
  }
  if (wish.seat() < 0) return InvalidField(field, "names a seat below 0", "give 0 for any");
  return SeatWish{.opening = wish.opening(),
                  .seat = wish.seat(),
                  .hold = {.profile = ProfileId(wish.profile()), .number = wish.hold()}};
}

absl::StatusOr<DecisionRequest> FromMessage(const seat::v1::DecideRequest& message) {
  if (message.decision() == 0) return InvalidField("decision", "is 0", "give its id");
  if (!IsOrganizationSlug(message.organization())) {
    return InvalidField("organization", "is no organization", "say who confirms");
  }
  if (message.seats_size() > kMostSeats) {
    return InvalidField("seats", absl::StrCat("has ", message.seats_size(), " entries"),
                        absl::StrCat("give at most ", kMostSeats));
  }
  if (message.deadline_micros() < 0 || message.deadline_micros() > kLastMicros) {
    return InvalidField("deadline_micros", "is no time from 1970 to 9999",
                        "give microseconds since the epoch");
  }
  DecisionRequest request{.id = DecisionId(message.decision()),
                          .wanted = message.commit() ? Decision::kCommit : Decision::kAbort,
                          .caller = {message.organization()},
                          .deadline = absl::FromUnixMicros(message.deadline_micros()),
                          .body_hash = message.body_hash()};
  absl::flat_hash_set<ProfileId> seen;
  for (int i = 0; i < message.seats_size(); ++i) {
    const std::string field = absl::StrCat("seats[", i, "]");
    TROUPE_ASSIGN_OR_RETURN(const SeatWish wish, FromMessage(message.seats(i), field));
    if (!seen.insert(wish.hold.profile).second) {
      return InvalidField(field, "is of a person named before", "name each person once");
    }
    request.seats.push_back(wish);
  }
  if (message.commit() && request.seats.empty()) {
    return InvalidField("seats", "is empty", "give what is to be booked");
  }
  return request;
}

seat::v1::DecideResponse ToMessage(const SeatDecision& decision) {
  seat::v1::DecideResponse message;
  message.set_committed(decision.outcome == Decision::kCommit);
  message.set_body_hash(decision.body_hash);
  message.set_reason(decision.reason);
  for (const SeatWish& seat : decision.seats) {
    seat::v1::SeatWish& wish = *message.add_seats();
    wish.set_opening(seat.opening);
    wish.set_seat(seat.seat);
    wish.set_profile(seat.hold.profile.value());
    wish.set_hold(seat.hold.number);
  }
  return message;
}

// To the microsecond, as records keep it.
absl::Time NowOf(const Clock& clock) {
  return absl::FromUnixMicros(absl::ToUnixMicros(clock.Now()));
}

Mutation PutProject(Project& project, uint64_t version, absl::Time now) {
  project.update_time = now;
  return {.entity = ProjectKey(project.id),
          .expected_version = version,
          .value = SerializeProject(project),
          .audience_before = SerializeAudience(project.ownership)};
}

// No organization's request id begins like this.
std::string LogRequestIdOf(absl::string_view method, uint64_t a, uint64_t b) {
  return absl::StrCat("_seat/", method, "/", absl::Hex(a), "/", absl::Hex(b));
}

absl::StatusOr<RecordWriter::Planned> PlanDecision(ProjectId id, const DecisionRequest& request,
                                                   absl::Time time, const ViewSnapshot& now,
                                                   SeatDecision& planned) {
  TROUPE_ASSIGN_OR_RETURN(Stored stored, Find(now, id));
  const Decided decided = troupe::Decide(
      request, time, stored.has_project ? &stored.project : nullptr, stored.decisions);
  planned = decided.decision;
  if (!decided.is_new) return RecordWriter::Planned{};
  AppendRequest append{.shard = ShardOf(id.value()),
                       .request_id = LogRequestIdOf("decide", id.value(), request.id.value()),
                       .mutations = {{.entity = DecisionsKey(id),
                                      .expected_version = stored.decisions_version,
                                      .value = SerializeDecisions(stored.decisions)}},
                       // Whoever was first has decided.
                       .body_hash = request.id.value()};
  if (decided.decision.outcome == Decision::kCommit) {
    append.mutations.push_back(PutProject(stored.project, stored.project_version, time));
  }
  return RecordWriter::Planned{.append = std::move(append), .replan = true};
}

absl::StatusOr<RecordWriter::Planned> PlanVacating(ProjectId id, HoldId hold, bool orphaned,
                                                   absl::Time time, const ViewSnapshot& now) {
  TROUPE_ASSIGN_OR_RETURN(Stored stored, Find(now, id));
  if (!stored.has_project) return RecordWriter::Planned{};
  const bool is_changed =
      orphaned ? OrphanSeats(hold, stored.project) : VacateSeats(hold, stored.project);
  if (!is_changed) return RecordWriter::Planned{};
  // By the version: a hold of that number may fill a seat again, if its person is
  // deleted and comes back.
  const std::string method = absl::StrCat(orphaned ? "orphan/" : "vacate/",
                                          absl::Hex(stored.project_version));
  return RecordWriter::Planned{
      .append = AppendRequest{.shard = ShardOf(id.value()),
                              .request_id = LogRequestIdOf(method, hold.profile.value(),
                                                           hold.number),
                              .mutations = {PutProject(stored.project, stored.project_version,
                                                       time)},
                              .body_hash = 1},
      .replan = true};
}

}  // namespace

void SeatService::DescribeProject(std::shared_ptr<const Call> /*call*/,
                                  const seat::v1::DescribeProjectRequest& request,
                                  Done<seat::v1::DescribeProjectResponse> done) {
  const absl::StatusOr<ProjectId> id = ProjectOf(request.project());
  if (!id.ok()) return done(id.status());
  executor_->Run([this, id = *id, decision = DecisionId(request.decision()),
                  done = std::move(done)] {
    const auto stored = view_->Now()->MultiGet({ProjectKey(id), DecisionsKey(id)});
    if (!stored.ok()) return done(stored.status());
    const std::optional<StoredRecord>& project = (*stored)[0];
    const std::optional<StoredRecord>& made = (*stored)[1];
    seat::v1::DescribeProjectResponse response;
    if (project.has_value()) response.set_project(project->bytes);
    if (decision && made.has_value()) {
      const absl::StatusOr<ProjectDecisions> decisions = ParseDecisions(made->bytes);
      if (!decisions.ok()) return done(decisions.status());
      const SeatDecision* const stands = decisions->Find(decision);
      if (stands != nullptr) *response.mutable_decision() = ToMessage(*stands);
    }
    Reach(steps_, "project described");
    done(std::move(response));
  });
}

void SeatService::Decide(std::shared_ptr<const Call> call, const seat::v1::DecideRequest& request,
                         Done<seat::v1::DecideResponse> done) {
  const absl::StatusOr<ProjectId> id = ProjectOf(request.project());
  if (!id.ok()) return done(id.status());
  absl::StatusOr<DecisionRequest> decision = FromMessage(request);
  if (!decision.ok()) return done(decision.status());
  Reach(steps_, "decision asked for");
  DecideNow(std::move(call), *id, *std::move(decision), std::move(done));
}

void SeatService::DecideNow(std::shared_ptr<const Call> call, ProjectId id,
                            DecisionRequest request, Done<seat::v1::DecideResponse> done) {
  const auto planning = std::make_shared<SeatDecision>();
  writer_.Change(
      [this, id, request, planning](const ViewSnapshot& now) {
        return PlanDecision(id, request, NowOf(*clock_), now, *planning);
      },
      call->deadline(),
      [this, call, id, request, planning, done = std::move(done)](
          const absl::StatusOr<std::optional<RecordWriter::Written>>& written) {
        // Others decide about the same project: one of them got through.
        if (StaleVersionOf(written.status()).has_value()) return DecideNow(call, id, request, done);
        if (!written.ok()) return done(written.status());
        Reach(steps_, "decision written");
        // Several may ask for this decision at once, under one request id, and only the
        // first of them is written: what stands counts, not what was planned here.
        if (written->has_value()) {
          const auto stands = PlanDecision(id, request, NowOf(*clock_), *view_->Now(), *planning);
          if (!stands.ok()) return done(stands.status());
        }
        done(ToMessage(*planning));
      });
}

void SeatService::VacateSeat(std::shared_ptr<const Call> call,
                             const seat::v1::VacateSeatRequest& request,
                             Done<seat::v1::VacateSeatResponse> done) {
  const absl::StatusOr<ProjectId> id = ProjectOf(request.project());
  if (!id.ok()) return done(id.status());
  const HoldId hold{.profile = ProfileId(request.profile()), .number = request.hold()};
  if (!hold.profile || hold.number == 0) {
    return done(InvalidField("hold", "is 0", "give the profile and the number of its hold"));
  }
  Reach(steps_, "vacating asked for");
  writer_.Change(
      [this, id = *id, hold, orphaned = request.orphaned()](const ViewSnapshot& now) {
        return PlanVacating(id, hold, orphaned, NowOf(*clock_), now);
      },
      call->deadline(), [this, done = std::move(done)](const auto& written) {
        if (!written.ok()) return done(written.status());
        Reach(steps_, "seat vacated");
        done(seat::v1::VacateSeatResponse());
      });
}

}  // namespace troupe
