#include "services/records/day_record.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using testing::IsOkAndHolds;

TEST(DayRecordTest, KeepsEveryDay) {
  for (const int32_t day : {-36'525, -1, 0, 1, 20'780, INT32_MAX}) {
    EXPECT_THAT(ParseDay(SerializeDay(Day(day))), IsOkAndHolds(Day(day)));
  }
}

TEST(DayRecordTest, ReadsTheBytesOfTheFirstRelease) {
  EXPECT_THAT(ParseDay("\x08\xd8\xc4\x02"), IsOkAndHolds(Day(20'780)));
}

TEST(DayRecordTest, RefusesBytesThatAreNoRecord) {
  for (const char* bytes : {"", "garbage", "\x08"}) {
    EXPECT_EQ(ReasonOf(ParseDay(bytes).status()), "RECORD_UNREADABLE");
  }
}

}  // namespace
}  // namespace troupe
