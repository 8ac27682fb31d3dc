#ifndef TROUPE_TESTS_SERVICES_PLACEMENT_PLACEMENT_WORLD_H_
#define TROUPE_TESTS_SERVICES_PLACEMENT_PLACEMENT_WORLD_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/convert/resource_names.h"
#include "services/log/day_ticker.h"
#include "services/operation/operation_service.h"
#include "services/placement/placement_service.h"
#include "services/records/profile_record.h"
#include "services/records/project_record.h"
#include "services/rpc/thread_pool.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/builders.h"
#include "tests/testing/live_view.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/service_calls.h"
#include "tests/testing/watched_stream.h"

namespace troupe::testing {

// Holds as BookingService would keep them, without its rules: one for each request id,
// until it is released. Thread-safe.
class FakeHolds final : public HoldDirectory {
 public:
  void PlaceHold(const OrganizationId&, v1::PlaceHoldRequest request,
                 Done<v1::Hold> done) override {
    absl::StatusOr<v1::Hold> answer;
    std::function<void()> then;
    {
      absl::MutexLock lock(&mutex_);
      ++asked_;
      if (asked_ == unreachable_at_) {
        answer = absl::UnavailableError("nobody answers");
      } else if (request.parent() == refused_) {
        answer = ErrorWithReason(absl::StatusCode::kFailedPrecondition, "DAYS_NOT_FREE", "busy");
      } else {
        v1::Hold hold;
        hold.set_name(absl::StrCat(request.parent(), "/holds/1"));
        hold.set_opening(request.opening());
        if (placed_.emplace(request.request_id(), hold.name()).second) {
          standing_[hold.name()] = request.opening();
        }
        answer = hold;
      }
      if (asked_ == pause_at_) then = std::move(paused_);
    }
    if (then != nullptr) then();
    done(std::move(answer));
  }
  void ReleaseHold(const OrganizationId&, v1::ReleaseHoldRequest request,
                   Done<v1::Hold> done) override {
    {
      absl::MutexLock lock(&mutex_);
      standing_.erase(request.name());
      ++released_;
    }
    done(v1::Hold());
  }
  void Close() override {}

  void Refuse(const std::string& profile) {
    absl::MutexLock lock(&mutex_);
    refused_ = profile;
  }
  // The `nth` call is not answered.
  void BeUnreachableAt(int nth) {
    absl::MutexLock lock(&mutex_);
    unreachable_at_ = nth;
  }
  // Calls `pause` within the `nth` call.
  void PauseAt(int nth, std::function<void()> pause) {
    absl::MutexLock lock(&mutex_);
    pause_at_ = nth;
    paused_ = std::move(pause);
  }
  // The opening of each hold that stands, by its name.
  std::map<std::string, std::string> standing() const {
    absl::MutexLock lock(&mutex_);
    return standing_;
  }
  int released() const {
    absl::MutexLock lock(&mutex_);
    return released_;
  }

 private:
  mutable absl::Mutex mutex_;
  std::map<std::string, std::string> placed_ ABSL_GUARDED_BY(mutex_);  // Name by request id.
  std::map<std::string, std::string> standing_ ABSL_GUARDED_BY(mutex_);
  std::string refused_ ABSL_GUARDED_BY(mutex_);
  int asked_ ABSL_GUARDED_BY(mutex_) = 0;
  int released_ ABSL_GUARDED_BY(mutex_) = 0;
  int unreachable_at_ ABSL_GUARDED_BY(mutex_) = 0;
  int pause_at_ ABSL_GUARDED_BY(mutex_) = 0;
  std::function<void()> paused_ ABSL_GUARDED_BY(mutex_);
};

// A PlacementService and an OperationService over a log in memory, on 2026-03-01.
class PlacementWorld : public ::testing::Test {
 protected:
  PlacementWorld() {
    Write(TodayRequest(D("2026-03-01")));
    Start();
  }

  // As after the process was started again.
  void Start() {
    service_.reset();
    operations_.reset();
    live_operations_ = std::make_unique<LiveOperations>();
    operations_ = std::make_unique<OperationService>(&live_.view(), &threads_, &live_.clock(),
                                                     live_operations_.get(), timer_.get());
    service_ = std::make_unique<PlacementService>(
        &live_.log(), &live_.view(), &threads_, &live_.clock(), &ids_, live_operations_.get(),
        &holds_, [] { return absl::OkStatus(); });
  }

  void Write(const AppendRequest& request) {
    absl::Notification shown;
    const LogPos pos = AppendOne(live_.log(), request).value();
    live_.view().WhenApplied(LogName::kTroupe, request.shard, pos.seq,
                             [&](const absl::Status&) { shown.Notify(); });
    shown.WaitForNotification();
  }
  void Have(const Profile& profile) {
    Write(Request(absl::StrCat("profile ", ++writes_),
                  {{{EntityKind::kProfile, profile.id.value()}, kAnyVersion,
                    SerializeProfile(profile)}}));
  }
  void Have(const Project& project) {
    Write(Request(absl::StrCat("project ", ++writes_),
                  {{{EntityKind::kProject, project.id.value()}, kAnyVersion,
                    SerializeProject(project)}}));
  }

  // The name of the new program.
  std::string Program(const std::string& id, int32_t capacity,
                      const std::vector<std::string>& priorities = {},
                      const std::string& rest = "") {
    v1::CreateProgramRequest request;
    *request.mutable_program() = FromText<v1::Program>(rest);
    v1::Program& program = *request.mutable_program();
    program.set_title(absl::StrCat("Program ", id));
    program.set_capacity(capacity);
    program.mutable_external_id()->set_source("test");
    program.mutable_external_id()->set_id(id);
    for (const std::string& graduate : priorities) {
      program.add_priorities()->add_graduates(graduate);
    }
    return Ask(*service_, &PlacementService::CreateProgram, request, "school").value().name();
  }

  struct Person {
    std::string id;
    std::vector<std::string> wishes;
    uint64_t profile = 0;
  };
  v1::Cohort CohortOf(const std::vector<Person>& people) {
    v1::Cohort cohort;
    cohort.set_title("Class of 2026");
    for (const Person& person : people) {
      v1::Graduate& graduate = *cohort.add_graduates();
      graduate.set_id(person.id);
      if (person.profile != 0) graduate.set_profile(FormatName(ProfileId(person.profile)));
      for (const std::string& wish : person.wishes) graduate.add_wishes()->add_programs(wish);
    }
    return cohort;
  }
  absl::StatusOr<v1::Cohort> TryCohort(const std::vector<Person>& people) {
    v1::CreateCohortRequest request;
    *request.mutable_cohort() = CohortOf(people);
    return Ask(*service_, &PlacementService::CreateCohort, request, "school");
  }
  std::string Cohort(const std::vector<Person>& people) {
    return TryCohort(people).value().name();
  }
  // Graduates of the cohort, with priorities to be set later.
  void Prefer(const std::string& program, const std::string& cohort,
              const std::vector<std::string>& graduates) {
    v1::UpdateProgramRequest request;
    request.mutable_program()->set_name(program);
    for (const std::string& graduate : graduates) {
      request.mutable_program()->add_priorities()->add_graduates(
          absl::StrCat(cohort, "/graduates/", graduate));
    }
    request.mutable_update_mask()->add_paths("priorities");
    ASSERT_THAT(Ask(*service_, &PlacementService::UpdateProgram, request, "school"), IsOk());
  }

  absl::StatusOr<v1::Round> TryRound(const std::string& cohort,
                                     const std::vector<std::string>& programs,
                                     const std::string& rest = "") {
    v1::CreateRoundRequest request;
    v1::Round& round = *request.mutable_round();
    round = FromText<v1::Round>(rest);
    round.set_title("Spring");
    if (round.mechanism() == v1::MECHANISM_UNSPECIFIED) {
      round.set_mechanism(v1::MECHANISM_GRADUATES_PROPOSE);
    }
    round.add_cohorts(cohort);
    for (const std::string& program : programs) round.add_programs(program);
    return Ask(*service_, &PlacementService::CreateRound, request, "school");
  }
  std::string Round(const std::string& cohort, const std::vector<std::string>& programs,
                    const std::string& rest = "") {
    return TryRound(cohort, programs, rest).value().name();
  }
  v1::Round GetRound(const std::string& name) {
    v1::GetRoundRequest request;
    request.set_name(name);
    return Ask(*service_, &PlacementService::GetRound, request, "school").value();
  }

  v1::Operation Wait(const absl::StatusOr<v1::Operation>& operation) {
    v1::WaitOperationRequest request;
    request.set_name(operation.value().name());
    return Ask(*operations_, &OperationService::WaitOperation, request, "school").value();
  }
  absl::StatusOr<v1::Operation> StartRun(const std::string& round,
                                         const std::string& request_id = "") {
    v1::RunRoundRequest request;
    request.set_name(round);
    request.set_request_id(request_id);
    return Ask(*service_, &PlacementService::RunRound, request, "school");
  }
  v1::Operation Run(const std::string& round) { return Wait(StartRun(round)); }
  absl::StatusOr<v1::Operation> StartPublishing(const std::string& round) {
    v1::PublishRoundRequest request;
    request.set_name(round);
    return Ask(*service_, &PlacementService::PublishRound, request, "school");
  }
  v1::Operation Publish(const std::string& round) { return Wait(StartPublishing(round)); }

  // The program of each graduate, by id; "" for the unplaced.
  std::map<std::string, std::string> Placements(const std::string& round) {
    v1::ListPlacementsRequest request;
    request.set_round(round);
    std::map<std::string, std::string> placements;
    const auto response =
        Ask(*service_, &PlacementService::ListPlacements, request, "school").value();
    for (const v1::GraduatePlacement& placement : response.placements()) {
      const std::string& name = placement.graduate();
      placements[name.substr(name.rfind('/') + 1)] = placement.program();
    }
    return placements;
  }
  v1::ExplainPlacementResponse Explain(const std::string& round, const std::string& graduate) {
    v1::ExplainPlacementRequest request;
    request.set_round(round);
    request.set_graduate(graduate);
    return Ask(*service_, &PlacementService::ExplainPlacement, request, "school").value();
  }

  int writes_ = 0;
  LiveView live_;
  ThreadPool threads_{4};
  RandomIds ids_{1};
  FakeHolds holds_;
  std::unique_ptr<RetryTimer> timer_ = OpenRetryTimer();
  std::unique_ptr<LiveOperations> live_operations_;
  std::unique_ptr<OperationService> operations_;
  std::unique_ptr<PlacementService> service_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_SERVICES_PLACEMENT_PLACEMENT_WORLD_H_
