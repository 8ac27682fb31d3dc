#include "services/placement/placement_service.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/placement/place.h"
#include "services/convert/certificate_text.h"
#include "services/convert/page_token.h"
#include "services/convert/types_conversion.h"
#include "services/placement/explain_placement.h"
#include "services/placement/placement_kinds.h"
#include "services/placement/publish_round.h"
#include "services/placement/round_parts.h"
#include "services/placement/round_report.h"
#include "services/placement/run_round.h"
#include "services/rpc/create_resource.h"
#include "services/rpc/delete_resource.h"
#include "services/rpc/operation_writes.h"
#include "services/rpc/read_resources.h"
#include "services/rpc/resource_errors.h"
#include "services/rpc/resource_import.h"
#include "services/rpc/update_resource.h"
#include "spdlog/spdlog.h"

namespace troupe {
namespace {

constexpr int32_t kUsualPlacements = 1'000;
constexpr int32_t kMostPlacements = 10'000;
constexpr int32_t kMostCrossRoles = 200;
constexpr size_t kMostProblems = 1'000;
constexpr size_t kPieceBytes = 1 << 20;

// A round that was run, and what it came to.
struct RunRoundResult {
  Round round;
  PlacedRound placed;
};

absl::StatusOr<RunRoundResult> ReadRun(const ViewSnapshot& now, const OrganizationId& caller,
                                       const std::string& name, absl::string_view field) {
  TROUPE_ASSIGN_OR_RETURN(const RoundId id, ParseRoundName(name, field));
  TROUPE_ASSIGN_OR_RETURN(auto stored, FindOwned<RoundKind>(now, id, caller));
  if (!stored.has_value()) return RecordNotFound(RoundKind::kNoun, name);
  TROUPE_ASSIGN_OR_RETURN(PlacedRound placed, ReadPlacedRound(now, stored->record));
  return RunRoundResult{std::move(stored->record), std::move(placed)};
}

absl::StatusOr<v1::ListPlacementsResponse> ListOf(const ViewSnapshot& now,
                                                  const OrganizationId& caller,
                                                  const v1::ListPlacementsRequest& request) {
  const int32_t size = request.page_size() == 0 ? kUsualPlacements : request.page_size();
  if (size < 1 || kMostPlacements < size) {
    return InvalidField("page_size", absl::StrCat("is ", request.page_size()),
                        absl::StrCat("give 1 to ", kMostPlacements));
  }
  const uint64_t question = StableHash({"list placements", caller.slug, request.round(),
                                        request.unplaced_only() ? "u" : "a"});
  std::string key;
  if (!request.page_token().empty()) {
    TROUPE_ASSIGN_OR_RETURN(key, ParsePageToken(request.page_token(), question));
  }
  TROUPE_ASSIGN_OR_RETURN(const RunRoundResult run,
                          ReadRun(now, caller, request.round(), "round"));
  // Another run has another order.
  const std::string of_run = absl::StrCat(run.round.result->run, "/");
  uint32_t next = 0;
  if (!key.empty() && !(absl::StartsWith(key, of_run) &&
                        absl::SimpleAtoi(key.substr(of_run.size()), &next))) {
    return InvalidField("page_token", "is of an earlier run of the round", "begin without one");
  }
  v1::ListPlacementsResponse response;
  const std::vector<uint32_t>& program_of = run.placed.placement().program_of;
  for (; next < program_of.size(); ++next) {
    if (request.unplaced_only() && program_of[next] != kNoRow) continue;
    if (response.placements_size() == size) {
      response.set_next_page_token(FormatPageToken(question, absl::StrCat(of_run, next)));
      break;
    }
    *response.add_placements() = ToWire(run.placed, next);
  }
  return response;
}

std::string ProblemText(const PlacedRound& placed, const Breach& breach) {
  std::string text(BreachWord(breach.kind));
  if (breach.graduate < placed.profiles.size() && breach.kind != Breach::Kind::kBlockingPair) {
    absl::StrAppend(&text, ": ", FormatName(placed.NameOf(breach.graduate)));
  }
  if (breach.program < placed.programs.size()) {
    absl::StrAppend(&text, ", ", FormatName(placed.programs[breach.program].id));
  }
  if (breach.row != kNoRow) absl::StrAppend(&text, ", row ", breach.row);
  return text;
}

absl::StatusOr<v1::VerifyRoundResponse> Verify(const ViewSnapshot& now,
                                               const OrganizationId& caller,
                                               const std::string& name, const StopToken& stop) {
  TROUPE_ASSIGN_OR_RETURN(const RunRoundResult run, ReadRun(now, caller, name, "name"));
  const Certificate& certificate = run.placed.certificate;
  TROUPE_ASSIGN_OR_RETURN(std::vector<Breach> breaches,
                          troupe::Verify(certificate.instance, certificate.mechanism,
                                         certificate.seed, certificate.placement, stop));
  v1::VerifyRoundResponse response;
  response.set_admitted(static_cast<int32_t>(certificate.breaches.size()));
  response.set_certificate_sha256(CertificateHash(run.placed));
  if (response.certificate_sha256() != run.round.result->certificate_sha256) {
    response.add_problems("what is kept is not what was placed: the certificate's SHA-256 differs");
  }
  for (const Breach& breach : breaches) {
    const bool is_admitted =
        std::find(certificate.breaches.begin(), certificate.breaches.end(), breach) !=
        certificate.breaches.end();
    if (is_admitted || static_cast<size_t>(response.problems_size()) == kMostProblems) continue;
    response.add_problems(ProblemText(run.placed, breach));
  }
  response.set_verified(response.problems().empty());
  return response;
}

absl::StatusOr<v1::ExplainPlacementResponse> Explain(const ViewSnapshot& now,
                                                     const OrganizationId& caller,
                                                     const v1::ExplainPlacementRequest& request,
                                                     const StopToken& stop) {
  TROUPE_ASSIGN_OR_RETURN(const GraduateName graduate,
                          ParseGraduateName(request.graduate(), "graduate"));
  TROUPE_ASSIGN_OR_RETURN(const RunRoundResult run,
                          ReadRun(now, caller, request.round(), "round"));
  const std::optional<uint32_t> row = run.placed.Find(graduate.cohort, graduate.id);
  if (!row.has_value()) return RecordNotFound("graduate", request.graduate());
  v1::ExplainPlacementResponse response;
  *response.mutable_placement() = ToWire(run.placed, *row);
  for (v1::OutOfReach& out : OutOfReachOf(run.placed, PlacedInstance(run.placed), *row)) {
    *response.add_out_of_reach() = std::move(out);
  }
  if (request.skip_changes()) return response;
  int32_t tried = 0;
  TROUPE_ASSIGN_OR_RETURN(
      std::vector<v1::PlacementChange> changes,
      ChangesFor(now, caller, run.placed, *row, {.tried = &tried}, stop));
  for (v1::PlacementChange& change : changes) *response.add_changes() = std::move(change);
  response.set_changes_tried(tried);
  return response;
}

// The pieces of a certificate, one after the other.
struct Download {
  std::shared_ptr<ResponseSink<v1::DownloadCertificateResponse>> sink;
  std::string text;
  size_t sent = 0;
};

void SendPiece(const std::shared_ptr<Download>& download) {
  if (download->sent == download->text.size()) return download->sink->End(absl::OkStatus());
  v1::DownloadCertificateResponse response;
  response.set_piece(download->text.substr(download->sent, kPieceBytes));
  download->sent += response.piece().size();
  download->sink->Write(std::move(response), [download](const absl::Status& written) {
    if (!written.ok()) return download->sink->End(written);
    SendPiece(download);
  });
}

template <typename Response>
using Answer = std::function<absl::StatusOr<Response>(const ViewSnapshot&, const Reader&)>;

// Answers on `executor`, which may be kept.
template <typename Response>
void AnswerLong(const ResourceTools& tools, Executor& executor, std::shared_ptr<const Call> call,
                Done<Response> done, Answer<Response> answer) {
  ResourceTools on = tools;
  on.executor = &executor;
  read_resources_internal::AnswerOn<Response>(on, std::move(call), std::move(done),
                                              std::move(answer));
}

}  // namespace

PlacementService::PlacementService(ChangeLog* log, View* view, Executor* executor,
                                   const Clock* clock, RandomIds* ids, LiveOperations* live,
                                   HoldDirectory* holds, std::function<absl::Status()> caught_up)
    : writer_(log, view, executor),
      tools_{&writer_, view, executor, clock, ids, log},
      live_(live),
      holds_(holds),
      operations_(tools_, live) {
  publishing_.Run([this, caught_up = std::move(caught_up)] { GoOn(caught_up); });
}

PlacementService::~PlacementService() { Close(); }

void PlacementService::Close() {
  live_->Close();
  if (!closing_.HasBeenNotified()) closing_.Notify();
}

// With what the last process broke off.
void PlacementService::GoOn(const std::function<absl::Status()>& caught_up) {
  if (!WaitUntilCaughtUp(caught_up, closing_)) return operations_.Open();
  std::vector<std::string> methods;
  const absl::StatusOr<std::vector<BegunRound>> broken = operations_.BrokenOff(methods);
  operations_.Open();
  if (!broken.ok()) {
    return spdlog::error("operations cannot be read: {}", broken.status().ToString());
  }
  for (size_t i = 0; i < broken->size(); ++i) {
    if (methods[i] == "PublishRound") {
      Publish((*broken)[i]);
    } else {
      EndBrokenOffRun(operations_, (*broken)[i]);
    }
  }
}

void PlacementService::Publish(BegunRound begun) {
  publishing_.Run([this, begun = std::move(begun)] {
    PublishRoundToEnd(operations_, begun, *holds_);
  });
}

void PlacementService::CreateCohort(std::shared_ptr<const Call> call,
                                    const v1::CreateCohortRequest& request,
                                    Done<v1::Cohort> done) {
  CreateResource<CohortKind>(tools_, std::move(call), request, request.cohort(), std::move(done));
}

void PlacementService::GetCohort(std::shared_ptr<const Call> call,
                                 const v1::GetCohortRequest& request, Done<v1::Cohort> done) {
  GetResource<CohortKind>(tools_, std::move(call), request.name(), std::move(done));
}

void PlacementService::ListCohorts(std::shared_ptr<const Call> call,
                                   const v1::ListCohortsRequest& request,
                                   Done<v1::ListCohortsResponse> done) {
  ListResources<CohortKind>(
      tools_, std::move(call), request, &v1::ListCohortsResponse::mutable_cohorts,
      Done<v1::ListCohortsResponse>(
          [done = std::move(done)](absl::StatusOr<v1::ListCohortsResponse> response) {
            if (response.ok()) {
              for (v1::Cohort& cohort : *response->mutable_cohorts()) cohort.clear_graduates();
            }
            done(std::move(response));
          }));
}

void PlacementService::UpdateCohort(std::shared_ptr<const Call> call,
                                    const v1::UpdateCohortRequest& request,
                                    Done<v1::Cohort> done) {
  UpdateResource<CohortKind>(tools_, std::move(call), request, request.cohort(), std::move(done));
}

void PlacementService::DeleteCohort(std::shared_ptr<const Call> call,
                                    const v1::DeleteCohortRequest& request,
                                    Done<google::protobuf::Empty> done) {
  DeleteResource<CohortKind>(tools_, std::move(call), request, std::move(done));
}

void PlacementService::CreateProgram(std::shared_ptr<const Call> call,
                                     const v1::CreateProgramRequest& request,
                                     Done<v1::Program> done) {
  CreateResource<ProgramKind>(tools_, std::move(call), request, request.program(),
                              std::move(done));
}

void PlacementService::GetProgram(std::shared_ptr<const Call> call,
                                  const v1::GetProgramRequest& request, Done<v1::Program> done) {
  GetResource<ProgramKind>(tools_, std::move(call), request.name(), std::move(done));
}

void PlacementService::ListPrograms(std::shared_ptr<const Call> call,
                                    const v1::ListProgramsRequest& request,
                                    Done<v1::ListProgramsResponse> done) {
  ListResources<ProgramKind>(
      tools_, std::move(call), request, &v1::ListProgramsResponse::mutable_programs,
      Done<v1::ListProgramsResponse>(
          [done = std::move(done)](absl::StatusOr<v1::ListProgramsResponse> response) {
            if (response.ok()) {
              for (v1::Program& program : *response->mutable_programs()) {
                program.clear_priorities();
              }
            }
            done(std::move(response));
          }));
}

void PlacementService::UpdateProgram(std::shared_ptr<const Call> call,
                                     const v1::UpdateProgramRequest& request,
                                     Done<v1::Program> done) {
  UpdateResource<ProgramKind>(tools_, std::move(call), request, request.program(),
                              std::move(done));
}

void PlacementService::DeleteProgram(std::shared_ptr<const Call> call,
                                     const v1::DeleteProgramRequest& request,
                                     Done<google::protobuf::Empty> done) {
  DeleteResource<ProgramKind>(tools_, std::move(call), request, std::move(done));
}

std::unique_ptr<PlacementService::ImportHandler> PlacementService::ImportPrograms(
    std::shared_ptr<const Call> call) {
  return std::make_unique<ResourceImport<ProgramKind>>(tools_, std::move(call));
}

void PlacementService::CreateRound(std::shared_ptr<const Call> call,
                                   const v1::CreateRoundRequest& request, Done<v1::Round> done) {
  CreateResource<RoundKind>(tools_, std::move(call), request, request.round(), std::move(done));
}

void PlacementService::GetRound(std::shared_ptr<const Call> call,
                                const v1::GetRoundRequest& request, Done<v1::Round> done) {
  GetResource<RoundKind>(tools_, std::move(call), request.name(), std::move(done));
}

void PlacementService::ListRounds(std::shared_ptr<const Call> call,
                                  const v1::ListRoundsRequest& request,
                                  Done<v1::ListRoundsResponse> done) {
  ListResources<RoundKind>(
      tools_, std::move(call), request, &v1::ListRoundsResponse::mutable_rounds,
      Done<v1::ListRoundsResponse>(
          [done = std::move(done)](absl::StatusOr<v1::ListRoundsResponse> response) {
            if (response.ok()) {
              for (v1::Round& round : *response->mutable_rounds()) {
                round.clear_programs();
                round.clear_studios();
                round.clear_reserves();
                round.clear_pairs();
              }
            }
            done(std::move(response));
          }));
}

void PlacementService::UpdateRound(std::shared_ptr<const Call> call,
                                   const v1::UpdateRoundRequest& request, Done<v1::Round> done) {
  UpdateResource<RoundKind>(tools_, std::move(call), request, request.round(), std::move(done));
}

void PlacementService::DeleteRound(std::shared_ptr<const Call> call,
                                   const v1::DeleteRoundRequest& request,
                                   Done<google::protobuf::Empty> done) {
  DeleteResource<RoundKind>(tools_, std::move(call), request, std::move(done));
}

void PlacementService::RunRound(std::shared_ptr<const Call> call,
                                const v1::RunRoundRequest& request, Done<v1::Operation> done) {
  operations_.Begin(
      std::move(call), OperationRequest::Of(request), "RunRound",
      [](const ViewSnapshot&, uint32_t, Round&) { return absl::OkStatus(); },
      [this](BegunRound begun) {
        running_.Run([this, begun = std::move(begun)] { RunRoundToEnd(operations_, begun); });
      },
      std::move(done));
}

void PlacementService::ListPlacements(std::shared_ptr<const Call> call,
                                      const v1::ListPlacementsRequest& request,
                                      Done<v1::ListPlacementsResponse> done) {
  AnswerLong<v1::ListPlacementsResponse>(
      tools_, answering_, std::move(call), std::move(done),
      [&request](const ViewSnapshot& now, const Reader& reader) {
        return ListOf(now, reader.organization, request);
      });
}

void PlacementService::VerifyRound(std::shared_ptr<const Call> call,
                                   const v1::VerifyRoundRequest& request,
                                   Done<v1::VerifyRoundResponse> done) {
  AnswerLong<v1::VerifyRoundResponse>(
      tools_, answering_, call, std::move(done),
      [&request, call](const ViewSnapshot& now, const Reader& reader) {
        return Verify(now, reader.organization, request.name(), call->stop());
      });
}

void PlacementService::ExplainPlacement(std::shared_ptr<const Call> call,
                                        const v1::ExplainPlacementRequest& request,
                                        Done<v1::ExplainPlacementResponse> done) {
  AnswerLong<v1::ExplainPlacementResponse>(
      tools_, answering_, call, std::move(done),
      [&request, call](const ViewSnapshot& now, const Reader& reader) {
        return Explain(now, reader.organization, request, call->stop());
      });
}

void PlacementService::ReportRound(std::shared_ptr<const Call> call,
                                   const v1::ReportRoundRequest& request,
                                   Done<v1::RoundReport> done) {
  if (request.cross_role_for() < 0 || kMostCrossRoles < request.cross_role_for()) {
    return done(InvalidField("cross_role_for", absl::StrCat("is ", request.cross_role_for()),
                             absl::StrCat("give 0 to ", kMostCrossRoles)));
  }
  AnswerLong<v1::RoundReport>(
      tools_, answering_, call, std::move(done),
      [&request, call](const ViewSnapshot& now,
                       const Reader& reader) -> absl::StatusOr<v1::RoundReport> {
        TROUPE_ASSIGN_OR_RETURN(const RunRoundResult run,
                                ReadRun(now, reader.organization, request.name(), "name"));
        return ReportOn(now, run.round, run.placed, request, call->stop());
      });
}

void PlacementService::PublishRound(std::shared_ptr<const Call> call,
                                    const v1::PublishRoundRequest& request,
                                    Done<v1::Operation> done) {
  std::optional<absl::Time> expire_time;
  if (request.has_expire_time()) {
    Violations found;
    const Field root(&found);
    const Field field = root["expire_time"];
    expire_time = FromWire(request.expire_time(), field);
    if (found.empty() && *expire_time <= tools_.Now()) {
      field.Report("is past", "give a later time, or none");
    }
    if (!found.empty()) return done(found.ToStatus());
  }
  operations_.Begin(
      std::move(call), OperationRequest::Of(request), "PublishRound",
      [expire_time](const ViewSnapshot& now, uint32_t number, Round& round) -> absl::Status {
        TROUPE_ASSIGN_OR_RETURN(const PlacedRound placed, ReadPlacedRound(now, round));
        TROUPE_RETURN_IF_ERROR(CheckPublishable(placed));
        round.state = Round::State::kPublishing;
        round.publication = RoundPublication{.expire_time = expire_time, .run = number};
        return absl::OkStatus();
      },
      [this](BegunRound begun) { Publish(std::move(begun)); }, std::move(done));
}

void PlacementService::DownloadCertificate(
    std::shared_ptr<const Call> call, const v1::DownloadCertificateRequest& request,
    std::shared_ptr<ResponseSink<v1::DownloadCertificateResponse>> sink) {
  answering_.Run([this, call = std::move(call), &request, sink = std::move(sink)] {
    const absl::StatusOr<RunRoundResult> run =
        ReadRun(*tools_.view->Now(), call->organization(), request.name(), "name");
    if (!run.ok()) return sink->End(run.status());
    const auto download = std::make_shared<Download>(Download{.sink = sink});
    WriteCertificate(run->placed.certificate, [&](absl::string_view piece) {
      download->text.append(piece.data(), piece.size());
    });
    SendPiece(download);
  });
}

}  // namespace troupe
