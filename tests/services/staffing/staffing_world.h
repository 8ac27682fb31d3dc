#ifndef TROUPE_TESTS_SERVICES_STAFFING_STAFFING_WORLD_H_
#define TROUPE_TESTS_SERVICES_STAFFING_STAFFING_WORLD_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "services/log/day_ticker.h"
#include "services/operation/operation_service.h"
#include "services/records/profile_record.h"
#include "services/records/project_record.h"
#include "services/rpc/random_ids.h"
#include "services/rpc/thread_pool.h"
#include "services/staffing/staffing_service.h"
#include "tests/testing/builders.h"
#include "tests/testing/live_view.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/manual_timer.h"

namespace troupe::testing {

// A StaffingService and an OperationService over a log in memory, on Monday 2026-03-02. What is written is shown at
// once; the timer goes off when a test says so.
class StaffingWorld {
 public:
  StaffingWorld() {
    Write(TodayRequest(D("2026-03-02")));
    Start();
  }

  // As after the process was started again, with a view that has `caught_up`.
  void Start(std::function<absl::Status()> caught_up = [] { return absl::OkStatus(); }) {
    service_.reset();
    operations_.reset();
    live_operations_ = std::make_unique<LiveOperations>();
    operations_ = std::make_unique<OperationService>(&live_.view(), &threads_, &live_.clock(),
                                                     live_operations_.get(), wait_timer_.get());
    service_ = std::make_unique<StaffingService>(
        &live_.log(), &live_.view(), &threads_, &live_.clock(), &ids_, live_operations_.get(),
        &timer_, std::move(caught_up));
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

  ProfileBuilder NextPerson() { return ProfileBuilder().Id(++people_).Owner("agency"); }
  Project NextProject(const OpeningBuilder& opening, const std::string& owner = "crew") {
    return ProjectBuilder().Id(++projects_).Owner(owner).With(opening).Build();
  }
  // A project of "crew" with one opening for directors in `place`, all days.
  void HaveOpening(const std::string& place, int32_t seats, const std::string& start = "2026-03-02",
                   int32_t days = 7) {
    Have(NextProject(OpeningBuilder().Headcount(seats).AllDays(start, days).Place(place)));
  }

  StaffingService& service() { return *service_; }
  OperationService& operations() { return *operations_; }
  LiveOperations& live_operations() { return *live_operations_; }
  FakeClock& clock() { return live_.clock(); }
  ManualTimer& timer() { return timer_; }
  View& view() { return live_.view(); }

 private:
  int writes_ = 0;
  uint64_t people_ = 0;
  uint64_t projects_ = 0;
  LiveView live_;
  ManualTimer timer_;
  ThreadPool threads_{4};
  RandomIds ids_{1};
  std::unique_ptr<RetryTimer> wait_timer_ = OpenRetryTimer();
  std::unique_ptr<LiveOperations> live_operations_;
  std::unique_ptr<OperationService> operations_;
  std::unique_ptr<StaffingService> service_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_SERVICES_STAFFING_STAFFING_WORLD_H_
