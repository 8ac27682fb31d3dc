#include "services/rpc/invalid_utf8.h"

#include <string>

#include "echo.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace troupe {
namespace {

using ::testing::Eq;
using ::testing::Optional;

constexpr char kBad[] = "\xc3(";

std::optional<std::string> PathIn(const test::EchoRequest& request) {
  return PathOfInvalidUtf8(request.SerializeAsString(), *test::EchoRequest::descriptor());
}

TEST(PathOfInvalidUtf8Test, FindsNoneInGoodText) {
  test::EchoRequest request;
  request.set_text("\xe5\xbd\xb1\xe8\xa7\x86 \xf0\x9f\x8e\xac");
  EXPECT_EQ(PathIn(request), std::nullopt);
}

TEST(PathOfInvalidUtf8Test, NamesATopLevelField) {
  test::EchoRequest request;
  request.set_text(kBad);
  EXPECT_THAT(PathIn(request), Optional(Eq("text")));
}

TEST(PathOfInvalidUtf8Test, CountsTheElementsOfRepeatedFields) {
  test::EchoRequest request;
  request.add_parts()->add_words("good");
  request.add_parts()->add_words("good");
  request.mutable_parts(1)->add_words(kBad);
  EXPECT_THAT(PathIn(request), Optional(Eq("parts[1].words[1]")));
}

TEST(PathOfInvalidUtf8Test, NamesAMapByItsField) {
  test::EchoRequest request;
  (*request.mutable_weights())[kBad] = 1;
  EXPECT_THAT(PathIn(request), Optional(Eq("weights")));
}

TEST(PathOfInvalidUtf8Test, LeavesBytesAlone) {
  test::EchoRequest request;
  request.add_parts()->set_blob(kBad);
  EXPECT_EQ(PathIn(request), std::nullopt);
}

TEST(PathOfInvalidUtf8Test, PassesOverFieldsItDoesNotKnow) {
  const std::string unknown = "\x7a\x02\xff\xff\x78\x05";  // Field 15: bytes, then a number.
  EXPECT_THAT(PathOfInvalidUtf8(unknown + "\x0a\x01\xff", *test::EchoRequest::descriptor()),
              Optional(Eq("text")));
}

TEST(PathOfInvalidUtf8Test, EndsWhereTheEncodingBreaks) {
  for (const char* broken : {"\x0a\x05\xff", "\x12\x7f", "\x0a", "\x08", "\xff\xff"}) {
    EXPECT_EQ(PathOfInvalidUtf8(broken, *test::EchoRequest::descriptor()), std::nullopt);
  }
}

}  // namespace
}  // namespace troupe
