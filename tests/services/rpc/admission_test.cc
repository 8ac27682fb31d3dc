#include "services/rpc/admission.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/rpc/status_details.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using ::testing::HasSubstr;
using testing::FakeClock;
using testing::StatusIs;

class AdmissionTest : public ::testing::Test {
 protected:
  absl::Status Conclude(const absl::Status& status) {
    return FromGrpcStatus(admission_.Conclude(call_, status));
  }
  FakeClock clock_;
  Admission admission_{{}, &clock_};
  Call call_{{.number = 17, .deadline = clock_.Now() + absl::Seconds(1)}, &clock_};
};

TEST_F(AdmissionTest, PassesExpectedErrorsOn) {
  const absl::Status stale = ErrorWithReason(absl::StatusCode::kAborted, "STALE_ETAG", "changed");
  EXPECT_EQ(Conclude(stale), stale);
}

TEST_F(AdmissionTest, NamesTheCallWhereItHidesAnError) {
  EXPECT_THAT(Conclude(absl::UnknownError("secret")),
              StatusIs(absl::StatusCode::kInternal, HasSubstr("under call 17")));
}

TEST_F(AdmissionTest, CallsWorkThatStoppedAtTheDeadlineByItsName) {
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(ReasonOf(Conclude(absl::CancelledError())), "DEADLINE_EXCEEDED");
}

TEST_F(AdmissionTest, LeavesWorkThatStoppedBeforeTheDeadlineCancelled) {
  EXPECT_THAT(Conclude(absl::CancelledError()),
              StatusIs(absl::StatusCode::kCancelled, ::testing::_));
}

TEST_F(AdmissionTest, StopsACallAtItsDeadline) {
  EXPECT_FALSE(call_.stop().StopRequested());
  clock_.Advance(absl::Seconds(1));
  EXPECT_TRUE(call_.stop().StopRequested());
}

}  // namespace
}  // namespace troupe
