#include "services/outcome/outcome_writer.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/index/profile_row.h"
#include "matcher/rank/eligibility.h"
#include "services/convert/outcome_conversion.h"
#include "services/convert/resource_names.h"
#include "services/log/append_rules.h"
#include "services/log/log_errors.h"
#include "services/records/audience_record.h"
#include "services/records/outcome_record.h"
#include "services/rpc/resource_errors.h"
#include "services/rpc/write_identity.h"
#include "services/rpc/write_resource.h"

namespace troupe {
namespace {

constexpr absl::string_view kNoun = "outcome";
constexpr int kMostProfiles = 1'000;

// One call that records, read from its request.
struct Recording {
  OpeningId opening;
  std::vector<Outcome> outcomes;  // Alike but for the person.
  bool is_now = false;            // The time is that of the writing.
  std::string log_request_id;
  absl::Status refusal;  // Why it cannot be written now, if it is no retry.
};

std::vector<ProfileId> ReadProfiles(const v1::RecordOutcomeRequest& request, const Field& list) {
  std::vector<ProfileId> profiles;
  if (request.profiles().empty()) list.Report("is empty", "name at least one person");
  if (request.profiles_size() > kMostProfiles) {
    list.Report(absl::StrCat("has ", request.profiles_size(), " entries"), "give at most 1,000");
    return profiles;
  }
  absl::flat_hash_set<ProfileId> seen;
  for (const std::string& name : request.profiles()) {
    const Field field = list[profiles.size()];
    profiles.push_back(ReadProfileName(field, name));
    if (profiles.back() && !seen.insert(profiles.back()).second) {
      field.Report("is named twice", "name each person once");
    }
  }
  return profiles;
}

absl::StatusOr<Recording> Read(const ResourceTools& tools, const Call& call,
                               const v1::RecordOutcomeRequest& request) {
  Violations found;
  const Field message(&found);
  Recording recording{.opening = ReadOpeningName(message["opening"], request.opening()),
                      .is_now = !request.has_time()};
  const Outcome alike = OutcomeFromWire(request, message, tools.Now());
  for (ProfileId profile : ReadProfiles(request, message["profiles"])) {
    recording.outcomes.push_back(alike);
    recording.outcomes.back().profile = profile;
  }
  CheckRequestId(request.request_id(), found);
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  recording.log_request_id =
      request.request_id().empty()
          ? LogRequestId(call.organization(), kNoun, "record-once", tools.ids->Next())
          : LogRequestId(call.organization(), kNoun, "record", request.request_id());
  return recording;
}

// The caller's opening.
absl::StatusOr<const Demand*> OwnOpening(const ViewSnapshot& now, const OrganizationId& caller,
                                         OpeningId opening) {
  const Demand* demand = now.pool().FindOpening(opening);
  const Term asker = OrganizationTerm(caller);
  if (demand == nullptr || !IsVisibleTo(*demand, asker)) {
    return RecordNotFound("opening", FormatName(opening));
  }
  if (demand->scalars.owner == asker) return demand;
  const bool is_draft = static_cast<Opening::State>(demand->scalars.state) == Opening::State::kDraft;
  return is_draft ? RecordNotFound("opening", FormatName(opening)) : NotOwner("project");
}

absl::Status CheckProfiles(const ViewSnapshot& now, const OrganizationId& caller,
                           const Recording& recording) {
  for (const Outcome& outcome : recording.outcomes) {
    if (Exists(now, caller, outcome.profile)) continue;
    return RecordNotFound("profile", FormatName(outcome.profile));
  }
  return absl::OkStatus();
}

absl::Status NothingRecorded(absl::string_view of_what) {
  return ErrorWithReason(absl::StatusCode::kNotFound, "OUTCOME_NOT_FOUND",
                         absl::StrCat("nothing is recorded of ", of_what,
                                      ": `troupe outcome list` shows what is"));
}

absl::Status Full() {
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "OUTCOMES_FULL",
                         absl::StrCat("the opening has ", OutcomeHistory::kMostOutcomes,
                                      " outcomes: delete those of people who do not matter any "
                                      "more"));
}

absl::StatusOr<AppendRequest> RecordingOf(const ResourceTools& tools,
                                          const OrganizationId& caller,
                                          const v1::RecordOutcomeRequest& request,
                                          const ViewSnapshot& now, const Recording& recording) {
  TROUPE_ASSIGN_OR_RETURN(const Demand* demand, OwnOpening(now, caller, recording.opening));
  TROUPE_RETURN_IF_ERROR(CheckProfiles(now, caller, recording));
  TROUPE_ASSIGN_OR_RETURN(const auto stored, FindOutcomes(now, caller, recording.opening));
  OutcomeHistory next = stored.has_value() ? stored->history : OutcomeHistory();
  const absl::Time time = tools.Now();
  if (!stored.has_value()) {
    next.owner = caller;
    next.opening = recording.opening;
    next.create_time = time;
  }
  next.role = ShippedRoles().roles()[static_cast<size_t>(demand->scalars.role)].id;
  next.update_time = time;
  for (Outcome outcome : recording.outcomes) {
    if (recording.is_now) outcome.time = time;
    next.Add(outcome);
  }
  if (next.outcomes.size() > OutcomeHistory::kMostOutcomes) return Full();
  return ReplaceOutcomes(stored, next, recording.log_request_id, BodyHashOf(request));
}

// What cannot be written now may be a retry of what was: the log knows.
absl::StatusOr<RecordWriter::Planned> PlanRecording(const ResourceTools& tools, const Call& call,
                                                    const v1::RecordOutcomeRequest& request,
                                                    const ViewSnapshot& now,
                                                    Recording& recording) {
  TROUPE_RETURN_IF_ERROR(CheckWanted(call));
  absl::StatusOr<AppendRequest> append =
      RecordingOf(tools, call.organization(), request, now, recording);
  if (append.ok()) {
    recording.refusal = absl::OkStatus();
    return RecordWriter::Planned{.append = *std::move(append), .replan = true};
  }
  if (request.request_id().empty() || absl::IsDataLoss(append.status())) return append.status();
  recording.refusal = append.status();
  const EntityKey entity = OutcomesEntity(call.organization(), recording.opening);
  return RecordWriter::Planned{
      .append = AppendRequest{.shard = ShardOf(entity.id),
                              .request_id = recording.log_request_id,
                              .mutations = {{.entity = entity,
                                             .expected_version = kImpossibleVersion}},
                              .body_hash = BodyHashOf(request)}};
}

// How many outcomes ListOutcomes shows.
int32_t CountShown(const ViewSnapshot& now, const OrganizationId& caller, OpeningId opening) {
  const auto stored = FindOutcomes(now, caller, opening);
  if (!stored.ok() || !stored->has_value()) return 0;
  const std::vector<Outcome>& outcomes = (*stored)->history.outcomes;
  return static_cast<int32_t>(
      std::count_if(outcomes.begin(), outcomes.end(), [&](const Outcome& outcome) {
        return Exists(now, caller, outcome.profile);
      }));
}

absl::StatusOr<RecordWriter::Planned> PlanDeletion(const ResourceTools& tools, const Call& call,
                                                   const v1::DeleteOutcomesRequest& request,
                                                   const ViewSnapshot& now) {
  TROUPE_RETURN_IF_ERROR(CheckWanted(call));
  TROUPE_ASSIGN_OR_RETURN(const OpeningId opening, ParseOpeningName(request.opening(), "opening"));
  ProfileId profile;
  if (!request.profile().empty()) {
    TROUPE_ASSIGN_OR_RETURN(profile, ParseProfileName(request.profile(), "profile"));
  }
  TROUPE_ASSIGN_OR_RETURN(const auto stored, FindOutcomes(now, call.organization(), opening));
  if (!stored.has_value()) return NothingRecorded(request.opening());
  if (profile && !Exists(now, call.organization(), profile)) {
    return NothingRecorded(request.profile());
  }
  OutcomeHistory next = stored->history;
  next.update_time = tools.Now();
  const size_t erased = std::erase_if(next.outcomes, [&](const Outcome& outcome) {
    return !profile || outcome.profile == profile;
  });
  if (erased == 0) return NothingRecorded(request.profile());
  return RecordWriter::Planned{
      .append = ReplaceOutcomes(stored, next,
                                LogRequestId(call.organization(), kNoun, "delete-once",
                                             tools.ids->Next()),
                                BodyHashOf(request)),
      .replan = true};
}

}  // namespace

bool Exists(const ViewSnapshot& now, const OrganizationId& caller, ProfileId profile) {
  const std::optional<ProfileView> view = now.pool().FindProfile(profile);
  return view.has_value() && IsVisibleTo(*view, OrganizationTerm(caller));
}

AppendRequest ReplaceOutcomes(const std::optional<StoredOutcomes>& stored,
                              const OutcomeHistory& next, std::string log_request_id,
                              uint64_t body_hash) {
  const EntityKey entity = OutcomesEntity(next.owner, next.opening);
  Mutation mutation{.entity = entity};
  if (stored.has_value()) {
    mutation.expected_version = stored->version;
    mutation.audience_before = SerializeAudience(stored->history.ownership());
  }
  if (!next.outcomes.empty()) mutation.value = SerializeOutcomes(next);
  return {.shard = ShardOf(entity.id),
          .request_id = std::move(log_request_id),
          .mutations = {std::move(mutation)},
          .body_hash = body_hash};
}

void RecordOutcome(const ResourceTools& tools, std::shared_ptr<const Call> call,
                   const v1::RecordOutcomeRequest& request,
                   Done<v1::RecordOutcomeResponse> done) {
  absl::StatusOr<Recording> read = Read(tools, *call, request);
  if (!read.ok()) return done(read.status());
  const auto recording = std::make_shared<Recording>(*std::move(read));
  tools.writer->Change(
      [tools, call, &request, recording](const ViewSnapshot& now) {
        return PlanRecording(tools, *call, request, now, *recording);
      },
      call->deadline(), [tools, call, recording, done = std::move(done)](const auto& written) {
        if (!written.ok()) {
          if (!StaleVersionOf(written.status()).has_value()) return done(written.status());
          return done(recording->refusal.ok() ? StaleEtag(kNoun) : recording->refusal);
        }
        v1::RecordOutcomeResponse response;
        response.set_outcomes(
            CountShown(*tools.view->Now(), call->organization(), recording->opening));
        done(std::move(response));
      });
}

void DeleteOutcomes(const ResourceTools& tools, std::shared_ptr<const Call> call,
                    const v1::DeleteOutcomesRequest& request,
                    Done<google::protobuf::Empty> done) {
  tools.writer->Change(
      [tools, call, &request](const ViewSnapshot& now) {
        return PlanDeletion(tools, *call, request, now);
      },
      call->deadline(), [done = std::move(done)](const auto& written) {
        if (written.ok()) return done(google::protobuf::Empty());
        const bool was_stale = StaleVersionOf(written.status()).has_value();
        done(was_stale ? StaleEtag(kNoun) : written.status());
      });
}

}  // namespace troupe
