#include "services/convert/page_token.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/testing/status_matchers.h"

namespace troupe::testing {
namespace {

using ::testing::MatchesRegex;

constexpr uint64_t kQuestion = 7;
const std::string kKey("\x01n\0\xff", 4);

TEST(PageTokenTest, GivesTheKeyBack) {
  EXPECT_THAT(ParsePageToken(FormatPageToken(kQuestion, kKey), kQuestion), IsOkAndHolds(kKey));
}

TEST(PageTokenTest, IsTextThatAnyTransportCarries) {
  EXPECT_THAT(FormatPageToken(kQuestion, kKey), MatchesRegex("[-_A-Za-z0-9]+"));
}

TEST(PageTokenTest, GoesWithItsQuestionOnly) {
  EXPECT_THAT(ParsePageToken(FormatPageToken(kQuestion, kKey), kQuestion + 1),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       ::testing::HasSubstr("page_token is of another listing")));
}

TEST(PageTokenTest, IsRefusedIfAnyCharacterOfItChanges) {
  const std::string token = FormatPageToken(kQuestion, kKey);
  for (size_t i = 0; i < token.size(); ++i) {
    std::string other = token;
    other[i] = token[i] == 'A' ? 'B' : 'A';
    EXPECT_THAT(ParsePageToken(other, kQuestion).status(),
                StatusIs(absl::StatusCode::kInvalidArgument, ::testing::_))
        << i;
  }
}

TEST(PageTokenTest, IsRefusedIfCutOrMadeUp) {
  const std::string token = FormatPageToken(kQuestion, kKey);
  for (size_t length = 0; length < token.size(); ++length) {
    EXPECT_FALSE(ParsePageToken(token.substr(0, length), kQuestion).ok()) << length;
  }
  EXPECT_FALSE(ParsePageToken(token + "=", kQuestion).ok());
  EXPECT_FALSE(ParsePageToken("next", kQuestion).ok());
}

}  // namespace
}  // namespace troupe::testing
