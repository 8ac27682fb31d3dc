#include "tests/services/cli/fake_troupe.h"

#include <grpcpp/server_builder.h>
#include <grpcpp/server_context.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/violation.h"
#include "services/rpc/status_details.h"

namespace troupe::testing {
namespace {

using google::protobuf::util::MessageDifferencer;

std::string CallerOf(const grpc::ServerContext& context) {
  const auto at = context.client_metadata().find("troupe-organization");
  if (at == context.client_metadata().end()) return "";
  return std::string(at->second.data(), at->second.size());
}

grpc::Status NotFound(const std::string& name) {
  return ToGrpcStatus(
      ErrorWithReason(absl::StatusCode::kNotFound, "NOT_FOUND", "there is no " + name));
}

const std::string& TitleOf(const v1::Profile& profile) { return profile.display_name(); }
const std::string& TitleOf(const v1::Project& project) { return project.title(); }
const std::string& TitleOf(const v1::Program& program) { return program.title(); }
const auto& RecordsOf(const v1::ImportProfilesRequest& request) { return request.profiles(); }
const auto& RecordsOf(const v1::ImportProjectsRequest& request) { return request.projects(); }
const auto& RecordsOf(const v1::ImportProgramsRequest& request) { return request.programs(); }

template <typename Record>
v1::ImportResult Store(const std::string& kind, Record record, int64_t item,
                       std::map<std::string, Record>& records) {
  v1::ImportResult result;
  result.set_item(item);
  if (TitleOf(record) == "reject me") {
    result.set_outcome(v1::IMPORT_OUTCOME_REJECTED);
    result.mutable_error()->set_code(3);
    result.mutable_error()->set_reason("INVALID_FIELD");
    v1::FieldViolation& violation = *result.mutable_error()->add_violations();
    violation.set_field("display_name");
    violation.set_problem("is a test's");
    violation.set_fix("give another");
    return result;
  }
  const uint64_t id = StableHash({record.external_id().source(), record.external_id().id()});
  record.set_name(absl::StrFormat("%s/%016x", kind, id));
  result.set_name(record.name());
  const auto [at, is_new] = records.try_emplace(record.name(), record);
  if (is_new) {
    result.set_outcome(v1::IMPORT_OUTCOME_CREATED);
  } else if (MessageDifferencer::Equals(at->second, record)) {
    result.set_outcome(v1::IMPORT_OUTCOME_UNCHANGED);
  } else {
    result.set_outcome(v1::IMPORT_OUTCOME_UPDATED);
    at->second = record;
  }
  return result;
}

template <typename Record, typename Request, typename Response>
grpc::Status Import(const std::string& kind, FakeStore<Record>& store,
                    grpc::ServerReaderWriter<Response, Request>* stream) {
  Request request;
  while (stream->Read(&request)) {
    store.first_items.push_back(request.first_item());
    store.request_ids.push_back(request.request_id());
    Response response;
    int64_t item = request.first_item();
    bool broken = false;
    for (const Record& record : RecordsOf(request)) {
      *response.add_results() = Store(kind, record, item++, store.records);
      broken = ++store.answers == store.break_after;
      if (broken) break;
    }
    stream->Write(response);
    if (!broken) continue;
    store.break_after.reset();
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "Socket closed");
  }
  return grpc::Status::OK;
}

// A page of two, so that listings take several.
template <typename Record, typename Add>
std::string Page(const std::map<std::string, Record>& records, const std::string& after,
                 int32_t size, const Add& add) {
  int32_t taken = 0;
  auto at = records.upper_bound(after);
  for (; at != records.end() && taken < std::min(size, 2); ++at, ++taken) add(at->second);
  return at == records.end() ? "" : std::prev(at)->first;
}

}  // namespace

class FakeTroupe::Profiles final : public v1::ProfileService::Service {
 public:
  explicit Profiles(FakeTroupe& fake) : fake_(fake) {}
  FakeStore<v1::Profile> store;

  grpc::Status GetProfile(grpc::ServerContext* context, const v1::GetProfileRequest* request,
                          v1::Profile* response) override {
    fake_.organization = CallerOf(*context);
    const auto at = store.records.find(request->name());
    if (at == store.records.end()) return NotFound(request->name());
    *response = at->second;
    return grpc::Status::OK;
  }
  grpc::Status BatchGetProfiles(grpc::ServerContext*, const v1::BatchGetProfilesRequest* request,
                                v1::BatchGetProfilesResponse* response) override {
    for (const std::string& name : request->names()) {
      const auto at = store.records.find(name);
      if (at == store.records.end()) return NotFound(name);
      *response->add_profiles() = at->second;
    }
    return grpc::Status::OK;
  }
  grpc::Status ListProfiles(grpc::ServerContext*, const v1::ListProfilesRequest* request,
                            v1::ListProfilesResponse* response) override {
    response->set_next_page_token(
        Page(store.records, request->page_token(), request->page_size(),
             [&](const v1::Profile& profile) { *response->add_profiles() = profile; }));
    return grpc::Status::OK;
  }
  grpc::Status CreateProfile(grpc::ServerContext*, const v1::CreateProfileRequest* request,
                             v1::Profile* response) override {
    *response = request->profile();
    response->set_name("profiles/0000000000000abc");
    store.records[response->name()] = *response;
    return grpc::Status::OK;
  }
  grpc::Status UpdateProfile(grpc::ServerContext*, const v1::UpdateProfileRequest* request,
                             v1::Profile* response) override {
    if (request->update_mask().paths_size() == 0) return NotFound("mask");
    *response = request->profile();
    store.records[response->name()] = *response;
    return grpc::Status::OK;
  }
  grpc::Status DeleteProfile(grpc::ServerContext*, const v1::DeleteProfileRequest* request,
                             google::protobuf::Empty*) override {
    return store.records.erase(request->name()) > 0 ? grpc::Status::OK
                                                    : NotFound(request->name());
  }
  grpc::Status ImportCalendar(grpc::ServerContext*, const v1::ImportCalendarRequest* request,
                              v1::ImportCalendarResponse* response) override {
    fake_.calendar_imports.push_back(*request);
    *response = fake_.calendar_import;
    return grpc::Status::OK;
  }
  grpc::Status ExportCalendar(grpc::ServerContext*, const v1::ExportCalendarRequest* request,
                              v1::ExportCalendarResponse* response) override {
    response->set_calendar("BEGIN:VCALENDAR\r\nX-NAME:" + request->name() +
                           request->without_source() + "\r\nEND:VCALENDAR\r\n");
    return grpc::Status::OK;
  }
  grpc::Status ImportProfiles(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::ImportProfilesResponse, v1::ImportProfilesRequest>* stream)
      override {
    fake_.organization = CallerOf(*context);
    return Import("profiles", store, stream);
  }
  grpc::Status WatchProfiles(grpc::ServerContext*, const v1::WatchProfilesRequest* request,
                             grpc::ServerWriter<v1::WatchProfilesResponse>* writer) override {
    fake_.watch_requests.push_back(*request);
    const size_t watch = fake_.watch_requests.size();
    if (watch <= fake_.watches.size()) {
      for (const v1::WatchProfilesResponse& response : fake_.watches[watch - 1]) {
        writer->Write(response);
      }
    }
    fake_.interrupted = watch >= fake_.watches.size();
    return {grpc::StatusCode::UNAVAILABLE, "the server stops"};
  }

 private:
  FakeTroupe& fake_;
};

class FakeTroupe::Projects final : public v1::ProjectService::Service {
 public:
  explicit Projects(FakeTroupe& fake) : fake_(fake) {}
  FakeStore<v1::Project> store;

  grpc::Status GetProject(grpc::ServerContext*, const v1::GetProjectRequest* request,
                          v1::Project* response) override {
    const auto at = store.records.find(request->name());
    if (at == store.records.end()) return NotFound(request->name());
    *response = at->second;
    return grpc::Status::OK;
  }
  grpc::Status ListProjects(grpc::ServerContext*, const v1::ListProjectsRequest* request,
                            v1::ListProjectsResponse* response) override {
    response->set_next_page_token(
        Page(store.records, request->page_token(), request->page_size(),
             [&](const v1::Project& project) { *response->add_projects() = project; }));
    return grpc::Status::OK;
  }
  grpc::Status ImportProjects(
      grpc::ServerContext*,
      grpc::ServerReaderWriter<v1::ImportProjectsResponse, v1::ImportProjectsRequest>* stream)
      override {
    return Import("projects", store, stream);
  }
  grpc::Status UpdateProject(grpc::ServerContext*, const v1::UpdateProjectRequest* request,
                             v1::Project* response) override {
    fake_.project_updates.push_back(*request);
    *response = request->project();
    int number = 0;
    for (v1::Opening& opening : *response->mutable_openings()) {
      opening.set_name(absl::StrFormat("%s/openings/%d", response->name(), ++number));
    }
    store.records[response->name()] = *response;
    return grpc::Status::OK;
  }

 private:
  FakeTroupe& fake_;
};

class FakeTroupe::Matches final : public v1::MatchService::Service {
 public:
  explicit Matches(FakeTroupe& fake) : fake_(fake) {}

  grpc::Status FindProfiles(grpc::ServerContext* context, const v1::FindProfilesRequest* request,
                            v1::FindProfilesResponse* response) override {
    fake_.organization = CallerOf(*context);
    fake_.people_requests.push_back(*request);
    *response = fake_.people;
    return ToGrpcStatus(fake_.error);
  }
  grpc::Status FindOpenings(grpc::ServerContext*, const v1::FindOpeningsRequest* request,
                            v1::FindOpeningsResponse* response) override {
    fake_.openings_requests.push_back(*request);
    *response = fake_.openings;
    return ToGrpcStatus(fake_.error);
  }
  grpc::Status FindFreeWindows(grpc::ServerContext*, const v1::FindFreeWindowsRequest* request,
                               v1::FindFreeWindowsResponse* response) override {
    fake_.windows_requests.push_back(*request);
    *response = fake_.windows;
    return ToGrpcStatus(fake_.error);
  }
  grpc::Status ExplainMatch(grpc::ServerContext*, const v1::ExplainMatchRequest* request,
                            v1::ExplainMatchResponse* response) override {
    fake_.explain_requests.push_back(*request);
    *response = fake_.explanation;
    return ToGrpcStatus(fake_.error);
  }
  grpc::Status GetPoolStatistics(grpc::ServerContext* context,
                                 const v1::GetPoolStatisticsRequest*,
                                 v1::PoolStatistics* response) override {
    fake_.organization = CallerOf(*context);
    *response = fake_.statistics;
    return ToGrpcStatus(fake_.error);
  }

 private:
  FakeTroupe& fake_;
};

class FakeTroupe::Bookings final : public v1::BookingService::Service {
 public:
  explicit Bookings(FakeTroupe& fake) : fake_(fake) {}

  grpc::Status PlaceHold(grpc::ServerContext*, const v1::PlaceHoldRequest* request,
                         v1::Hold* response) override {
    fake_.place_requests.push_back(*request);
    if (!fake_.hold_error.ok()) return ToGrpcStatus(fake_.hold_error);
    response->set_name(request->parent() + "/holds/1");
    response->set_opening(request->opening());
    response->set_state(v1::Hold::STATE_OFFERED);
    *response->mutable_terms() = request->terms();
    fake_.holds[response->name()] = *response;
    return grpc::Status::OK;
  }
  grpc::Status GetHold(grpc::ServerContext*, const v1::GetHoldRequest* request,
                       v1::Hold* response) override {
    const auto at = fake_.holds.find(request->name());
    if (at == fake_.holds.end()) return NotFound(request->name());
    *response = at->second;
    return grpc::Status::OK;
  }
  grpc::Status ListHolds(grpc::ServerContext*, const v1::ListHoldsRequest* request,
                         v1::ListHoldsResponse* response) override {
    fake_.list_holds_requests.push_back(*request);
    response->set_next_page_token(
        Page(fake_.holds, request->page_token(), request->page_size(),
             [&](const v1::Hold& hold) { *response->add_holds() = hold; }));
    return grpc::Status::OK;
  }
  grpc::Status AcceptHold(grpc::ServerContext* context, const v1::AcceptHoldRequest* request,
                          v1::Hold* response) override {
    fake_.organization = CallerOf(*context);
    return Become(v1::Hold::STATE_ACCEPTED, *request, response);
  }
  grpc::Status DeclineHold(grpc::ServerContext*, const v1::DeclineHoldRequest* request,
                           v1::Hold* response) override {
    return End(v1::Hold::STATE_DECLINED, *request, response);
  }
  grpc::Status ReleaseHold(grpc::ServerContext*, const v1::ReleaseHoldRequest* request,
                           v1::Hold* response) override {
    return End(v1::Hold::STATE_RELEASED, *request, response);
  }
  grpc::Status ChallengeHold(grpc::ServerContext*, const v1::ChallengeHoldRequest* request,
                             v1::Hold* response) override {
    return Become(v1::Hold::STATE_ACCEPTED, *request, response);
  }
  grpc::Status CounterOffer(grpc::ServerContext*, const v1::CounterOfferRequest* request,
                            v1::Hold* response) override {
    fake_.counter_requests.push_back(*request);
    const auto at = fake_.holds.find(request->name());
    return Become(at->second.state(), *request, response);
  }
  grpc::Status ConfirmHold(grpc::ServerContext*, const v1::ConfirmHoldRequest* request,
                           v1::Hold* response) override {
    fake_.confirm_requests.push_back(*request);
    return Become(v1::Hold::STATE_BOOKED, *request, response);
  }
  grpc::Status ConfirmCrew(grpc::ServerContext*, const v1::ConfirmCrewRequest* request,
                           v1::ConfirmCrewResponse* response) override {
    fake_.crew_requests.push_back(*request);
    if (!fake_.hold_error.ok()) return ToGrpcStatus(fake_.hold_error);
    for (const v1::HoldToConfirm& one : request->holds()) {
      const grpc::Status booked = Become(v1::Hold::STATE_BOOKED, one, response->add_holds());
      if (!booked.ok()) return booked;
    }
    return grpc::Status::OK;
  }
  grpc::Status CancelBooking(grpc::ServerContext*, const v1::CancelBookingRequest* request,
                             v1::Hold* response) override {
    return End(v1::Hold::STATE_CANCELLED, *request, response);
  }
  grpc::Status ReplaceDropout(grpc::ServerContext*, const v1::ReplaceDropoutRequest* request,
                              v1::ReplaceDropoutResponse* response) override {
    *response = fake_.replacements;
    return End(v1::Hold::STATE_CANCELLED, *request, response->mutable_hold());
  }
  grpc::Status WatchHolds(grpc::ServerContext*, const v1::WatchHoldsRequest* request,
                          grpc::ServerWriter<v1::WatchHoldsResponse>* writer) override {
    fake_.watch_holds_requests.push_back(*request);
    if (!fake_.hold_error.ok()) return ToGrpcStatus(fake_.hold_error);
    for (const v1::WatchHoldsResponse& response : fake_.hold_news) writer->Write(response);
    fake_.interrupted = true;
    return {grpc::StatusCode::UNAVAILABLE, "the server stops"};
  }

 private:
  template <typename Request>
  grpc::Status Become(v1::Hold::State state, const Request& request, v1::Hold* response) {
    if (!fake_.hold_error.ok()) return ToGrpcStatus(fake_.hold_error);
    const auto at = fake_.holds.find(request.name());
    if (at == fake_.holds.end()) return NotFound(request.name());
    if (!request.etag().empty() && request.etag() != at->second.etag()) {
      return ToGrpcStatus(
          ErrorWithReason(absl::StatusCode::kAborted, "STALE_ETAG", "read it again"));
    }
    at->second.set_state(state);
    at->second.set_etag(at->second.etag() + "+");
    *response = at->second;
    return grpc::Status::OK;
  }
  template <typename Request>
  grpc::Status End(v1::Hold::State state, const Request& request, v1::Hold* response) {
    const grpc::Status ended = Become(state, request, response);
    if (ended.ok()) response->mutable_end()->set_text(request.text());
    return ended;
  }

  FakeTroupe& fake_;
};

class FakeTroupe::Placements final : public v1::PlacementService::Service {
 public:
  explicit Placements(FakeTroupe& fake) : fake_(fake) {}
  FakeStore<v1::Program> store;

  grpc::Status CreateCohort(grpc::ServerContext*, const v1::CreateCohortRequest* request,
                            v1::Cohort* response) override {
    fake_.calls.push_back("CreateCohort");
    if (!fake_.placement_error.ok()) return ToGrpcStatus(fake_.placement_error);
    *response = request->cohort();
    return Store("cohorts", fake_.cohorts, response);
  }
  grpc::Status GetCohort(grpc::ServerContext*, const v1::GetCohortRequest* request,
                         v1::Cohort* response) override {
    return Get(fake_.cohorts, request->name(), response);
  }
  grpc::Status ListCohorts(grpc::ServerContext*, const v1::ListCohortsRequest* request,
                           v1::ListCohortsResponse* response) override {
    response->set_next_page_token(Page(fake_.cohorts, request->page_token(), request->page_size(),
                                       [&](const v1::Cohort& cohort) {
                                         v1::Cohort& listed = *response->add_cohorts();
                                         listed = cohort;
                                         listed.clear_graduates();
                                       }));
    return grpc::Status::OK;
  }
  grpc::Status UpdateCohort(grpc::ServerContext*, const v1::UpdateCohortRequest* request,
                            v1::Cohort* response) override {
    fake_.calls.push_back("UpdateCohort");
    *response = request->cohort();
    return Store("cohorts", fake_.cohorts, response);
  }
  grpc::Status ListPrograms(grpc::ServerContext*, const v1::ListProgramsRequest* request,
                            v1::ListProgramsResponse* response) override {
    response->set_next_page_token(
        Page(store.records, request->page_token(), request->page_size(),
             [&](const v1::Program& program) { *response->add_programs() = program; }));
    return grpc::Status::OK;
  }
  grpc::Status ImportPrograms(
      grpc::ServerContext*,
      grpc::ServerReaderWriter<v1::ImportProgramsResponse, v1::ImportProgramsRequest>* stream)
      override {
    fake_.calls.push_back("ImportPrograms");
    return Import("programs", store, stream);
  }
  grpc::Status CreateRound(grpc::ServerContext*, const v1::CreateRoundRequest* request,
                           v1::Round* response) override {
    fake_.calls.push_back("CreateRound");
    *response = request->round();
    return Store("rounds", fake_.rounds, response);
  }
  grpc::Status GetRound(grpc::ServerContext*, const v1::GetRoundRequest* request,
                        v1::Round* response) override {
    return Get(fake_.rounds, request->name(), response);
  }
  grpc::Status ListRounds(grpc::ServerContext*, const v1::ListRoundsRequest* request,
                          v1::ListRoundsResponse* response) override {
    response->set_next_page_token(
        Page(fake_.rounds, request->page_token(), request->page_size(),
             [&](const v1::Round& round) { *response->add_rounds() = round; }));
    return grpc::Status::OK;
  }
  grpc::Status UpdateRound(grpc::ServerContext*, const v1::UpdateRoundRequest* request,
                           v1::Round* response) override {
    fake_.calls.push_back("UpdateRound");
    *response = request->round();
    if (request->update_mask().paths(0) != "*") {
      *response = fake_.rounds[request->round().name()];
      response->set_seed(request->round().seed());
    }
    return Store("rounds", fake_.rounds, response);
  }
  grpc::Status RunRound(grpc::ServerContext*, const v1::RunRoundRequest* request,
                        v1::Operation* response) override {
    fake_.calls.push_back("RunRound");
    if (!fake_.placement_error.ok()) return ToGrpcStatus(fake_.placement_error);
    return fake_.Begin("RunRound", request->name(), response);
  }
  grpc::Status PublishRound(grpc::ServerContext*, const v1::PublishRoundRequest* request,
                            v1::Operation* response) override {
    fake_.publish_requests.push_back(*request);
    return fake_.Begin("PublishRound", request->name(), response);
  }
  grpc::Status ListPlacements(grpc::ServerContext*, const v1::ListPlacementsRequest* request,
                              v1::ListPlacementsResponse* response) override {
    std::map<std::string, v1::GraduatePlacement> by_graduate;
    for (const v1::GraduatePlacement& placement : fake_.placements) {
      if (request->unplaced_only() && !placement.program().empty()) continue;
      by_graduate[placement.graduate()] = placement;
    }
    std::string last;
    const bool more =
        !Page(by_graduate, request->page_token(), request->page_size(),
              [&](const v1::GraduatePlacement& placement) {
                *response->add_placements() = placement;
                last = placement.graduate();
              }).empty();
    if (more) response->set_next_page_token(last);
    return grpc::Status::OK;
  }
  grpc::Status VerifyRound(grpc::ServerContext*, const v1::VerifyRoundRequest*,
                           v1::VerifyRoundResponse* response) override {
    *response = fake_.verdict;
    return ToGrpcStatus(fake_.placement_error);
  }
  grpc::Status ExplainPlacement(grpc::ServerContext*, const v1::ExplainPlacementRequest* request,
                                v1::ExplainPlacementResponse* response) override {
    return Get(fake_.explanations, request->graduate(), response);
  }
  grpc::Status ReportRound(grpc::ServerContext*, const v1::ReportRoundRequest* request,
                           v1::RoundReport* response) override {
    fake_.report_requests.push_back(*request);
    *response = fake_.report;
    return ToGrpcStatus(fake_.placement_error);
  }
  grpc::Status DownloadCertificate(
      grpc::ServerContext*, const v1::DownloadCertificateRequest*,
      grpc::ServerWriter<v1::DownloadCertificateResponse>* writer) override {
    v1::DownloadCertificateResponse response;
    for (const std::string& piece : fake_.certificate) {
      response.set_piece(piece);
      writer->Write(response);
    }
    return ToGrpcStatus(fake_.placement_error);
  }

 private:
  template <typename Record>
  grpc::Status Get(const std::map<std::string, Record>& records, const std::string& name,
                   Record* response) {
    const auto at = records.find(name);
    if (at == records.end()) return NotFound(name);
    *response = at->second;
    return grpc::Status::OK;
  }
  template <typename Record>
  grpc::Status Store(const std::string& kind, std::map<std::string, Record>& records,
                     Record* record) {
    if (record->name().empty()) {
      const uint64_t id = StableHash({record->external_id().id()});
      record->set_name(absl::StrFormat("%s/%016x", kind, id));
    }
    record->set_etag(absl::StrFormat("e%d", ++etags_));
    records[record->name()] = *record;
    return grpc::Status::OK;
  }

  FakeTroupe& fake_;
  int etags_ = 0;
};

class FakeTroupe::Staffing final : public v1::StaffingService::Service {
 public:
  explicit Staffing(FakeTroupe& fake) : fake_(fake) {}

  grpc::Status AnalyzeGaps(grpc::ServerContext*, const v1::AnalyzeGapsRequest* request,
                           v1::AnalyzeGapsResponse* response) override {
    fake_.gap_requests.push_back(*request);
    *response = fake_.gaps;
    return grpc::Status::OK;
  }
  grpc::Status WatchGaps(grpc::ServerContext*, const v1::WatchGapsRequest* request,
                         grpc::ServerWriter<v1::WatchGapsResponse>* writer) override {
    fake_.gap_watch_requests.push_back(*request);
    const size_t watch = fake_.gap_watch_requests.size();
    if (watch <= fake_.gap_watches.size()) {
      for (const v1::WatchGapsResponse& response : fake_.gap_watches[watch - 1]) {
        writer->Write(response);
      }
    }
    fake_.interrupted = watch >= fake_.gap_watches.size();
    return {grpc::StatusCode::UNAVAILABLE, "the server stops"};
  }
  grpc::Status SuggestShadowing(grpc::ServerContext*, const v1::SuggestShadowingRequest* request,
                                v1::SuggestShadowingResponse* response) override {
    fake_.shadowing_requests.push_back(*request);
    *response = fake_.shadowing;
    return grpc::Status::OK;
  }
  grpc::Status CreateTrainingPlan(grpc::ServerContext*,
                                  const v1::CreateTrainingPlanRequest* request,
                                  v1::TrainingPlan* response) override {
    fake_.calls.push_back("CreateTrainingPlan");
    *response = request->training_plan();
    response->set_name(
        absl::StrFormat("trainingPlans/%016x", StableHash({response->external_id().id()})));
    return Store(response);
  }
  grpc::Status GetTrainingPlan(grpc::ServerContext*, const v1::GetTrainingPlanRequest* request,
                               v1::TrainingPlan* response) override {
    const auto at = fake_.plans.find(request->name());
    if (at == fake_.plans.end()) return NotFound(request->name());
    *response = at->second;
    return grpc::Status::OK;
  }
  grpc::Status ListTrainingPlans(grpc::ServerContext*, const v1::ListTrainingPlansRequest* request,
                                 v1::ListTrainingPlansResponse* response) override {
    response->set_next_page_token(Page(fake_.plans, request->page_token(), request->page_size(),
                                       [&](const v1::TrainingPlan& plan) {
                                         v1::TrainingPlan& listed = *response->add_training_plans();
                                         listed = plan;
                                         listed.clear_result();
                                         listed.clear_simulation();
                                       }));
    return grpc::Status::OK;
  }
  grpc::Status UpdateTrainingPlan(grpc::ServerContext*,
                                  const v1::UpdateTrainingPlanRequest* request,
                                  v1::TrainingPlan* response) override {
    fake_.calls.push_back("UpdateTrainingPlan");
    *response = request->training_plan();
    return Store(response);
  }
  grpc::Status DeleteTrainingPlan(grpc::ServerContext*,
                                  const v1::DeleteTrainingPlanRequest* request,
                                  google::protobuf::Empty*) override {
    return fake_.plans.erase(request->name()) > 0 ? grpc::Status::OK : NotFound(request->name());
  }
  grpc::Status PlanTraining(grpc::ServerContext*, const v1::PlanTrainingRequest* request,
                            v1::Operation* response) override {
    fake_.calls.push_back("PlanTraining");
    return fake_.Begin("PlanTraining", request->name(), response);
  }
  grpc::Status SimulateTraining(grpc::ServerContext*, const v1::SimulateTrainingRequest* request,
                                v1::Operation* response) override {
    fake_.trial_requests.push_back(*request);
    if (!fake_.training_error.ok()) return ToGrpcStatus(fake_.training_error);
    return fake_.Begin("SimulateTraining", request->name(), response);
  }

 private:
  grpc::Status Store(v1::TrainingPlan* plan) {
    if (!fake_.training_error.ok()) return ToGrpcStatus(fake_.training_error);
    plan->set_etag(absl::StrFormat("e%d", ++etags_));
    plan->set_state(v1::TRAINING_PLAN_STATE_DRAFT);
    fake_.plans[plan->name()] = *plan;
    return grpc::Status::OK;
  }

  FakeTroupe& fake_;
  int etags_ = 0;
};

class FakeTroupe::Operations final : public v1::OperationService::Service {
 public:
  explicit Operations(FakeTroupe& fake) : fake_(fake) {}

  grpc::Status WaitOperation(grpc::ServerContext*, const v1::WaitOperationRequest* request,
                             v1::Operation* response) override {
    v1::Operation& operation = Find(request->name());
    if (fake_.interrupts_waits && fake_.on_interrupt != nullptr) {
      fake_.interrupts_waits = false;
      fake_.on_interrupt();
    } else if (waits_ < fake_.progress.size()) {
      *operation.mutable_progress() = fake_.progress[waits_++];
    } else if (operation.state() == v1::Operation::STATE_RUNNING) {
      End(operation);
    }
    *response = operation;
    return grpc::Status::OK;
  }
  grpc::Status ListOperations(grpc::ServerContext*, const v1::ListOperationsRequest*,
                              v1::ListOperationsResponse* response) override {
    for (const v1::Operation& operation : fake_.operations) {
      *response->add_operations() = operation;
    }
    return grpc::Status::OK;
  }
  grpc::Status CancelOperation(grpc::ServerContext*, const v1::CancelOperationRequest* request,
                               v1::Operation* response) override {
    fake_.calls.push_back("CancelOperation");
    v1::Operation& operation = Find(request->name());
    *response = operation;
    operation.set_state(v1::Operation::STATE_CANCELLED);
    return grpc::Status::OK;
  }

 private:
  v1::Operation& Find(const std::string& name) {
    for (v1::Operation& operation : fake_.operations) {
      if (operation.name() == name) return operation;
    }
    return fake_.operations.emplace_back();
  }
  void End(v1::Operation& operation) {
    operation.clear_progress();
    if (fake_.operation_error.code() != 0) {
      operation.set_state(v1::Operation::STATE_FAILED);
      *operation.mutable_error() = fake_.operation_error;
      return;
    }
    operation.set_state(v1::Operation::STATE_SUCCEEDED);
    const std::string parent = operation.name().substr(0, operation.name().find("/operations/"));
    if (operation.method() == "PlanTraining") {
      fake_.plans[parent].set_state(v1::TRAINING_PLAN_STATE_PLANNED);
      *fake_.plans[parent].mutable_result() = fake_.training;
    } else if (operation.method() == "SimulateTraining") {
      *fake_.plans[parent].mutable_simulation() = fake_.trial;
    } else {
      fake_.rounds[parent].set_state(v1::ROUND_STATE_PLACED);
      *fake_.rounds[parent].mutable_result() = fake_.result;
    }
  }

  FakeTroupe& fake_;
  size_t waits_ = 0;
};

FakeTroupe::FakeTroupe()
    : profile_service_(std::make_unique<Profiles>(*this)),
      project_service_(std::make_unique<Projects>(*this)),
      match_service_(std::make_unique<Matches>(*this)),
      booking_service_(std::make_unique<Bookings>(*this)),
      placement_service_(std::make_unique<Placements>(*this)),
      operation_service_(std::make_unique<Operations>(*this)),
      staffing_service_(std::make_unique<Staffing>(*this)),
      server_(grpc::ServerBuilder()
                  .RegisterService(profile_service_.get())
                  .RegisterService(project_service_.get())
                  .RegisterService(match_service_.get())
                  .RegisterService(booking_service_.get())
                  .RegisterService(placement_service_.get())
                  .RegisterService(operation_service_.get())
                  .RegisterService(staffing_service_.get())
                  .BuildAndStart()) {}

grpc::Status FakeTroupe::Begin(const std::string& method, const std::string& parent,
                               v1::Operation* response) {
  response->set_name(absl::StrFormat("%s/operations/%d", parent, operations.size() + 1));
  response->set_method(method);
  response->set_state(v1::Operation::STATE_RUNNING);
  operations.insert(operations.begin(), *response);
  return grpc::Status::OK;
}

FakeTroupe::~FakeTroupe() { server_->Shutdown(); }

std::shared_ptr<grpc::Channel> FakeTroupe::NewChannel() { return server_->InProcessChannel({}); }

FakeStore<v1::Profile>& FakeTroupe::profiles() { return profile_service_->store; }
FakeStore<v1::Project>& FakeTroupe::projects() { return project_service_->store; }
FakeStore<v1::Program>& FakeTroupe::programs() { return placement_service_->store; }

}  // namespace troupe::testing
