#include "services/rpc/decoded_size.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "echo.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/rpc/limits.h"
#include "services/rpc/message_codec.h"
#include "tests/services/rpc/raw_call.h"
#include "tests/testing/status_matchers.h"

namespace troupe::testing {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Le;

size_t SizeOf(const std::string& bytes, size_t limit = kMaxDecodedBytes) {
  return DecodedSize(bytes, *test::EchoRequest::descriptor(), limit);
}

std::string Repeated(absl::string_view bytes, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) absl::StrAppend(&all, bytes);
  return all;
}

TEST(DecodedSizeTest, CountsTextAboutAsItIs) {
  test::EchoRequest request;
  request.set_text(std::string(100'000, 'x'));
  EXPECT_THAT(SizeOf(request.SerializeAsString()), AllOf(Ge(100'000u), Le(101'000u)));
}

TEST(DecodedSizeTest, CountsEmptyMessagesAsTheMemoryThatTheyTake) {
  const std::string parts = Repeated(absl::string_view("\x12\x00", 2), 1000);
  EXPECT_GE(SizeOf(parts), 1000 * sizeof(test::EchoPart) / 2);
}

TEST(DecodedSizeTest, CountsWhatLiesInMessages) {
  EXPECT_GE(SizeOf(absl::StrCat("\x12\x0a", Repeated(absl::string_view("\x12\x00", 2), 5))),
            5 * sizeof(std::string));
}

TEST(DecodedSizeTest, StopsPastTheLimit) {
  const std::string parts = Repeated(absl::string_view("\x12\x00", 2), 1'000'000);
  EXPECT_LE(SizeOf(parts, 1000), 1200u);
}

TEST(DecodedSizeTest, EndsWhereTheBytesAreMalformed) {
  EXPECT_LE(SizeOf("\x12\x7f"), 1000u);
}

TEST(DecodeTest, RefusesARequestThatWouldTakeTooMuchMemory) {
  test::EchoRequest request;
  DecodeBudget budget(kDecodedBytes);
  const absl::Status status =
      Decode(BytesOf(Repeated(absl::string_view("\x12\x00", 2), 7 << 20)), budget, request)
          .status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(status), "REQUEST_TOO_LARGE");
}

TEST(DecodeTest, TakesALargeHonestRequest) {
  test::EchoRequest sent, request;
  for (int i = 0; i < 100; ++i) sent.add_parts()->set_blob(std::string(100'000, 'x'));
  DecodeBudget budget(kDecodedBytes);
  EXPECT_THAT(Decode(BytesOf(sent.SerializeAsString()), budget, request), IsOk());
}

TEST(DecodeTest, TakesNoMoreTogetherThanTheBudgetHas) {
  const grpc::ByteBuffer bytes = BytesOf(Repeated(absl::string_view("\x12\x00", 2), 5'000));
  DecodeBudget budget(600'000);
  test::EchoRequest first, second;
  absl::StatusOr<DecodeBudget::Share> share = Decode(bytes, budget, first);
  ASSERT_THAT(share, IsOk());
  const absl::Status refused = Decode(bytes, budget, second).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(refused), "OVERLOADED");
  EXPECT_EQ(second.parts_size(), 0);
  *share = nullptr;  // Given back.
  EXPECT_THAT(Decode(bytes, budget, second), IsOk());
}

TEST(DecodeTest, TakesASmallRequestWhateverIsLeft) {
  test::EchoRequest sent, request;
  sent.set_text("small");
  DecodeBudget budget(0);
  EXPECT_THAT(Decode(BytesOf(sent.SerializeAsString()), budget, request), IsOk());
}

TEST(DecodeTest, GivesBackWhatMalformedBytesTook) {
  const grpc::ByteBuffer bytes = BytesOf(Repeated("\x12", 5'001));
  DecodeBudget budget(1'000'000);
  for (int i = 0; i < 10; ++i) {
    test::EchoRequest request;
    EXPECT_EQ(ReasonOf(Decode(bytes, budget, request).status()), "UNDECODABLE_REQUEST");
  }
}

}  // namespace
}  // namespace troupe::testing
