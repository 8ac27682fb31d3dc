#include "services/profile/calendar_renewal.h"

#include <vector>

#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/records/profile_record.h"
#include "tests/services/profile/profile_world.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using testing::Ada;
using testing::IsOk;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] =
    "calendar_rules { kind: KIND_BUSY start { year: 2026 month: 12 day: 5 } "
    "recurrence: 'FREQ=WEEKLY' }";

class CalendarRenewalTest : public ::testing::Test {
 protected:
  absl::Time WrittenAt(const std::string& name) {
    const auto profile = world_.Get(name);
    return absl::FromUnixSeconds(profile->update_time().seconds());
  }
  std::vector<AppendRequest> Renewals(absl::Time now) {
    std::vector<AppendRequest> all;
    for (uint16_t shard = 0; shard < kShardCount; ++shard) {
      auto found = RenewalsOf(world_.log(), {shard}, now);
      EXPECT_THAT(found, IsOk());
      for (AppendRequest& each : *found) all.push_back(std::move(each));
    }
    return all;
  }

  testing::ProfileWorld world_;
};

TEST_F(CalendarRenewalTest, RenewsWhatHasRulesBeforeTheHorizonMeetsTheirEnd) {
  const std::string name = world_.Create(Ada(kRule))->name();
  ASSERT_THAT(world_.Create(Ada()), IsOk());
  const absl::Time written = WrittenAt(name);
  EXPECT_THAT(Renewals(written + absl::Hours(24) * (kRenewAfterDays - 1)), IsEmpty());
  const absl::Time due = written + absl::Hours(24) * (kRenewAfterDays + 1);
  const std::vector<AppendRequest> renewals = Renewals(due);
  ASSERT_THAT(renewals, SizeIs(1));
  const auto renewed = ParseProfile(*renewals[0].mutations[0].value);
  ASSERT_THAT(renewed, IsOk());
  EXPECT_EQ(renewed->update_time, due);
  EXPECT_EQ(renewed->calendar_rules[0].recurrence, "FREQ=WEEKLY");
  EXPECT_LT(kCalendarHorizonDays + kRenewAfterDays, kRuleDaysAhead);
}

TEST_F(CalendarRenewalTest, ComesToNothingIfTheProfileWasWrittenMeanwhile) {
  v1::Profile ada = *world_.Create(Ada(kRule));
  const absl::Time due = WrittenAt(ada.name()) + absl::Hours(24) * (kRenewAfterDays + 1);
  std::vector<AppendRequest> renewals = Renewals(due);
  ada.set_home_place("xian");
  ASSERT_THAT(world_.Update(ada, {"home_place"}), IsOk());
  absl::Notification answered;
  absl::Status answer;
  world_.log().Append(std::move(renewals), absl::InfiniteFuture(), [&](auto answers) {
    answer = answers[0].status();
    answered.Notify();
  });
  answered.WaitForNotification();
  EXPECT_TRUE(absl::IsAborted(answer)) << answer;
  EXPECT_EQ(world_.Get(ada.name())->home_place(), "xian");
}

}  // namespace
}  // namespace troupe
