#ifndef TROUPE_TESTS_SERVICES_CLI_FAKE_TROUPE_H_
#define TROUPE_TESTS_SERVICES_CLI_FAKE_TROUPE_H_

#include <grpcpp/channel.h>
#include <grpcpp/server.h>
#include <grpcpp/support/status.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "troupe/v1/booking_service.grpc.pb.h"
#include "troupe/v1/match_service.grpc.pb.h"
#include "troupe/v1/operation_service.grpc.pb.h"
#include "troupe/v1/placement_service.grpc.pb.h"
#include "troupe/v1/profile_service.grpc.pb.h"
#include "troupe/v1/project_service.grpc.pb.h"
#include "troupe/v1/staffing_service.grpc.pb.h"

namespace troupe::testing {

// Records of one kind by resource name, and what was asked about them. Imports
// update by external id, as the real service does.
template <typename Record>
struct FakeStore {
  std::map<std::string, Record> records;
  std::vector<int64_t> first_items;  // Of every import message.
  std::vector<std::string> request_ids;
  std::optional<int64_t> break_after;  // Breaks the stream after so many answers, once.
  int64_t answers = 0;
};

// A server in this process that stores profiles and projects in memory and gives
// the answers it is told to. Rejects imported records named "reject me".
class FakeTroupe {
 public:
  FakeTroupe();
  ~FakeTroupe();

  std::shared_ptr<grpc::Channel> NewChannel();

  FakeStore<v1::Profile>& profiles();
  FakeStore<v1::Project>& projects();

  // What it answers, and what it was asked.
  v1::FindProfilesResponse people;
  v1::FindOpeningsResponse openings;
  v1::ExplainMatchResponse explanation;
  v1::FindFreeWindowsResponse windows;
  v1::PoolStatistics statistics;
  absl::Status error;  // Instead of any answer of MatchService, unless it is OK.
  std::vector<v1::FindProfilesRequest> people_requests;
  std::vector<v1::FindOpeningsRequest> openings_requests;
  std::vector<v1::ExplainMatchRequest> explain_requests;
  std::vector<v1::FindFreeWindowsRequest> windows_requests;
  std::string organization;  // Of the last request.
  v1::ImportCalendarResponse calendar_import;  // Its answer to each of these.
  std::vector<v1::ImportCalendarRequest> calendar_imports;
  // What each watch of profiles is answered, after which it ends as if the
  // server stopped; with the last, the user interrupts the client.
  std::vector<std::vector<v1::WatchProfilesResponse>> watches;
  std::vector<v1::WatchProfilesRequest> watch_requests;
  std::atomic<bool> interrupted = false;

  // Holds by name. A hold that is acted on becomes as it was asked, and its etag
  // one letter longer; `hold_error` is answered instead, unless it is OK.
  std::map<std::string, v1::Hold> holds;
  absl::Status hold_error;
  v1::ReplaceDropoutResponse replacements;
  std::vector<v1::WatchHoldsResponse> hold_news;  // Of one watch, which then ends.
  std::vector<v1::PlaceHoldRequest> place_requests;
  std::vector<v1::CounterOfferRequest> counter_requests;
  std::vector<v1::ConfirmHoldRequest> confirm_requests;
  std::vector<v1::ConfirmCrewRequest> crew_requests;
  std::vector<v1::ListHoldsRequest> list_holds_requests;
  std::vector<v1::WatchHoldsRequest> watch_holds_requests;

  // Cohorts, programs and rounds by name. A round that is run is placed as `result` says
  // once its operation was waited for as often as it has `progress`; it fails with
  // `operation_error` if that has a code. `placement_error` is answered instead of
  // anything, unless it is OK.
  std::map<std::string, v1::Cohort> cohorts;
  FakeStore<v1::Program>& programs();
  std::map<std::string, v1::Round> rounds;
  v1::RoundResult result;
  std::vector<v1::OperationProgress> progress;
  v1::OperationError operation_error;
  absl::Status placement_error;
  v1::VerifyRoundResponse verdict;
  std::map<std::string, v1::ExplainPlacementResponse> explanations;  // By graduate.
  v1::RoundReport report;
  std::vector<v1::GraduatePlacement> placements;
  std::vector<std::string> certificate;  // In pieces.
  std::vector<v1::ReportRoundRequest> report_requests;
  std::vector<v1::PublishRoundRequest> publish_requests;
  // What gaps there are.
  v1::AnalyzeGapsResponse gaps;
  std::vector<v1::AnalyzeGapsRequest> gap_requests;
  // What each watch of gaps is answered, after which it ends as `watches` do.
  std::vector<std::vector<v1::WatchGapsResponse>> gap_watches;
  std::vector<v1::WatchGapsRequest> gap_watch_requests;
  // Who could learn beside whom.
  v1::SuggestShadowingResponse shadowing;
  std::vector<v1::SuggestShadowingRequest> shadowing_requests;
  std::vector<v1::UpdateProjectRequest> project_updates;

  // Plans by name. One that is made, or tried, comes to `training` or `trial` as a round
  // that is run does. `training_error` is answered to whoever stores or tries one, unless it
  // is OK.
  std::map<std::string, v1::TrainingPlan> plans;
  v1::TrainingResult training;
  v1::TrainingSimulation trial;
  absl::Status training_error;
  std::vector<v1::SimulateTrainingRequest> trial_requests;

  // Of placement, training and operations.
  std::vector<std::string> calls;         // The methods that were called, in order.
  std::vector<v1::Operation> operations;  // The newest first.

  bool interrupts_waits = false;          // The user interrupts the client when it waits.
  std::function<void()> on_interrupt;     // Of the client.

 private:
  class Placements;
  class Operations;
  class Staffing;
  class Profiles;
  class Projects;
  class Matches;
  class Bookings;

  // Answers with an operation that `method` began on the resource `parent`.
  grpc::Status Begin(const std::string& method, const std::string& parent,
                     v1::Operation* response);

  std::unique_ptr<Profiles> profile_service_;
  std::unique_ptr<Projects> project_service_;
  std::unique_ptr<Matches> match_service_;
  std::unique_ptr<Bookings> booking_service_;
  std::unique_ptr<Placements> placement_service_;
  std::unique_ptr<Operations> operation_service_;
  std::unique_ptr<Staffing> staffing_service_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_SERVICES_CLI_FAKE_TROUPE_H_
