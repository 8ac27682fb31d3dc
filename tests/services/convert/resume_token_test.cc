#include "services/convert/resume_token.h"

#include <cstdint>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using ::testing::Le;
using ::testing::SizeIs;
using testing::IsOkAndHolds;

std::vector<Cursor> Everywhere(LogPos pos) {
  std::vector<Cursor> cursors;
  for (uint16_t shard = 0; shard < kShardCount; ++shard) cursors.push_back({{shard}, pos});
  return cursors;
}

TEST(ResumeTokenTest, GivesBackACursorForEveryShard) {
  std::vector<Cursor> cursors = Everywhere({});
  cursors[0].after = {3, RecordId(4)};
  cursors[255].after = {UINT64_MAX, RecordId(UINT64_MAX)};
  EXPECT_THAT(ParseResumeToken("profile", FormatResumeToken("profile", cursors)),
              IsOkAndHolds(cursors));
}

TEST(ResumeTokenTest, StaysWithinItsLimit) {
  const std::vector<Cursor> cursors = Everywhere({uint64_t{1} << 48, RecordId(UINT64_MAX)});
  const std::string token = FormatResumeToken("profile", cursors);
  EXPECT_THAT(token, SizeIs(Le(kMaxResumeTokenBytes)));
  EXPECT_THAT(ParseResumeToken("profile", token), IsOkAndHolds(cursors));
}

TEST(ResumeTokenTest, IsGoodForOneKindOnly) {
  const auto parsed = ParseResumeToken("project", FormatResumeToken("profile", {}));
  EXPECT_EQ(ViolationsOf(parsed.status()).front().field, "resume_token");
}

TEST(ResumeTokenTest, RefusesATokenWithAnyByteChanged) {
  const std::string token = FormatResumeToken("profile", {{ShardId{7}, {1, RecordId(2)}}});
  for (size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'B' ? 'C' : 'B';
    // The last character has bits that stand for nothing.
    if (i + 1 == token.size()) continue;
    EXPECT_FALSE(ParseResumeToken("profile", changed).ok()) << i;
  }
}

TEST(ResumeTokenTest, RefusesWhatIsNoToken) {
  for (const std::string& token : {std::string(""), std::string("?"), std::string("AAAA"),
                                   std::string(kMaxResumeTokenBytes + 1, 'A')}) {
    EXPECT_FALSE(ParseResumeToken("profile", token).ok());
  }
}

}  // namespace
}  // namespace troupe
