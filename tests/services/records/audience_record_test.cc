#include "services/records/audience_record.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using testing::IsOkAndHolds;

TEST(AudienceRecordTest, KeepsToWhomARecordExists) {
  const Ownership ownership{
      OrganizationId{.slug = "moon"}, Findability::kFindable, {OrganizationId{.slug = "sun"}}};
  EXPECT_THAT(ParseAudience(SerializeAudience(ownership)), IsOkAndHolds(ownership));
}

TEST(AudienceRecordTest, ReadsTheBytesOfTheFirstRelease) {
  EXPECT_THAT(ParseAudience("\x0a\x04moon\x10\x02\x1a\x03sun"),
              IsOkAndHolds(Ownership{
                  OrganizationId{.slug = "moon"}, Findability::kHidden, {OrganizationId{.slug = "sun"}}}));
}

TEST(AudienceRecordTest, RefusesBytesThatAreNoAudience) {
  for (const char* bytes : {"", "garbage", "\x0a"}) {
    EXPECT_EQ(ReasonOf(ParseAudience(bytes).status()), "RECORD_UNREADABLE");
  }
}

}  // namespace
}  // namespace troupe
