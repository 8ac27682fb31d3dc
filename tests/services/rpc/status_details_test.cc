#include "services/rpc/status_details.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/rpc/limits.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using testing::IsOk;
using testing::StatusIs;

google::rpc::Status DetailsOf(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  return details;
}

google::rpc::ErrorInfo InfoOf(const grpc::Status& status) {
  google::rpc::ErrorInfo info;
  EXPECT_TRUE(DetailsOf(status).details(0).UnpackTo(&info));
  return info;
}

absl::Status TwoViolations() {
  Violations found;
  found.Add("roles[2].level", "is 9", "give 1 to 5: see Role");
  found.Add("name", "is unset", "give one");
  return found.ToStatus();
}

TEST(ToGrpcStatusTest, KeepsOk) { EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok()); }

TEST(ToGrpcStatusTest, KeepsCodeAndMessage) {
  const grpc::Status status = ToGrpcStatus(absl::NotFoundError("no such profile"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(status.error_message(), "no such profile");
  EXPECT_EQ(DetailsOf(status).code(), 5);
  EXPECT_EQ(DetailsOf(status).message(), "no such profile");
}

TEST(ToGrpcStatusTest, StatesTheReasonAndWhoDefinesIt) {
  const auto info = InfoOf(
      ToGrpcStatus(ErrorWithReason(absl::StatusCode::kAborted, "STALE_ETAG", "it changed")));
  EXPECT_EQ(info.reason(), "STALE_ETAG");
  EXPECT_EQ(info.domain(), "troupe.dev");
}

TEST(ToGrpcStatusTest, ListsWhatIsInTheWayOfTheStateApart) {
  absl::Status booked =
      ErrorWithReason(absl::StatusCode::kFailedPrecondition, "PROFILE_BOOKED", "booked");
  TwoViolations().ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    if (!booked.GetPayload(url).has_value()) booked.SetPayload(url, payload);
  });
  google::rpc::PreconditionFailure failure;
  ASSERT_TRUE(DetailsOf(ToGrpcStatus(booked)).details(1).UnpackTo(&failure));
  EXPECT_EQ(failure.violations(0).type(), "PROFILE_BOOKED");
  EXPECT_EQ(failure.violations(0).subject(), "roles[2].level");
  EXPECT_EQ(failure.violations(0).description(), "is 9: give 1 to 5: see Role");
  EXPECT_EQ(ViolationsOf(FromGrpcStatus(ToGrpcStatus(booked))), ViolationsOf(TwoViolations()));
}

TEST(ToGrpcStatusTest, GivesTheNameOfTheCodeWhereThereIsNoReason) {
  EXPECT_EQ(InfoOf(ToGrpcStatus(absl::UnavailableError("later"))).reason(), "UNAVAILABLE");
}

TEST(ToGrpcStatusTest, ListsViolationsAsProblemAndFix) {
  google::rpc::BadRequest bad;
  ASSERT_TRUE(DetailsOf(ToGrpcStatus(TwoViolations())).details(1).UnpackTo(&bad));
  EXPECT_EQ(bad.field_violations(0).field(), "roles[2].level");
  EXPECT_EQ(bad.field_violations(0).description(), "is 9: give 1 to 5: see Role");
}

TEST(ToGrpcStatusTest, CutsAMessageBetweenCharacters) {
  std::string text;
  while (text.size() < 2 * kMaxErrorMessageBytes) text += "\xe5\xbd\xb1";
  const std::string message = ToGrpcStatus(absl::UnknownError(text)).error_message();
  EXPECT_LE(message.size(), kMaxErrorMessageBytes);
  EXPECT_THAT(message, EndsWith("\xe5\xbd\xb1..."));
}

TEST(ToGrpcStatusTest, CutsDetailsToWhatClientsAccept) {
  for (const size_t length : {10u, 300u, 5000u}) {
    Violations many;
    for (int i = 0; i < 1000; ++i) many.Add(absl::StrCat(i), std::string(length, 'x'), "mend");
    EXPECT_LE(ToGrpcStatus(many.ToStatus()).error_details().size(), kMaxErrorDetailsBytes);
  }
}

TEST(FromGrpcStatusTest, ReturnsWhatWasSent) {
  const absl::Status sent = TwoViolations();
  EXPECT_EQ(FromGrpcStatus(ToGrpcStatus(sent)), sent);
}

TEST(FromGrpcStatusTest, ReturnsTheReasonOfAnyCode) {
  const absl::Status sent =
      ErrorWithReason(absl::StatusCode::kUnauthenticated, "CALLER_UNKNOWN", "say who");
  EXPECT_EQ(FromGrpcStatus(ToGrpcStatus(sent)), sent);
}

TEST(FromGrpcStatusTest, KeepsOk) { EXPECT_THAT(FromGrpcStatus(grpc::Status::OK), IsOk()); }

TEST(FromGrpcStatusTest, KeepsCodeAndMessageOfForeignErrors) {
  EXPECT_THAT(FromGrpcStatus(grpc::Status(grpc::StatusCode::UNAVAILABLE, "no route", "\xff\xff")),
              StatusIs(absl::StatusCode::kUnavailable, "no route"));
}

}  // namespace
}  // namespace troupe
