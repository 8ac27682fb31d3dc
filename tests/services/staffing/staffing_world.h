#ifndef TROUPE_TESTS_SERVICES_STAFFING_STAFFING_WORLD_H_
#define TROUPE_TESTS_SERVICES_STAFFING_STAFFING_WORLD_H_

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "services/log/day_ticker.h"
#include "services/records/profile_record.h"
#include "services/records/project_record.h"
#include "services/staffing/staffing_service.h"
#include "tests/testing/builders.h"
#include "tests/testing/live_view.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/manual_timer.h"

namespace troupe::testing {

// A StaffingService over a log in memory, on Monday 2026-03-02. What is written is shown at
// once; the timer goes off when a test says so.
class StaffingWorld {
 public:
  StaffingWorld() { Write(TodayRequest(D("2026-03-02"))); }

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

  StaffingService& service() { return service_; }
  FakeClock& clock() { return live_.clock(); }
  ManualTimer& timer() { return timer_; }
  View& view() { return live_.view(); }

 private:
  void Write(const AppendRequest& request) {
    absl::Notification shown;
    const LogPos pos = AppendOne(live_.log(), request).value();
    live_.view().WhenApplied(LogName::kTroupe, request.shard, pos.seq,
                             [&](const absl::Status&) { shown.Notify(); });
    shown.WaitForNotification();
  }

  int writes_ = 0;
  LiveView live_;
  ManualTimer timer_;
  StaffingService service_{&live_.view(), &live_.clock(), &timer_};
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_SERVICES_STAFFING_STAFFING_WORLD_H_
