#include "services/records/project_record.h"

#include <random>
#include <string>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/testing/builders.h"
#include "tests/testing/random_market.h"
#include "tests/testing/status_matchers.h"
#include "troupe/storage/v1/project.pb.h"

namespace troupe {
namespace {

using testing::Cny;
using testing::D;
using testing::IsOkAndHolds;
using testing::OpeningBuilder;
using testing::ProjectBuilder;
using testing::StatusIs;
using ::testing::_;

// Everything() in the bytes of the first release.
constexpr char kFirstRelease[] =
    "09010000000000000012080a04637265771001320950726f6a65637420313a0805000000000000007209"
    "0a03434e59106418057a03434e598a010808e8c40210a4c5029001c9029a011109070000000000000012"
    "06777269746572a20159080112086469726563746f721a18000000000000000009000000000000000000"
    "00000000000020022a0e0a0808e8c40210f2c402100318023a0c0a06726964696e671004180172110a01"
    "0212040828103c1a0608c00210fc02a8010c";

Project Everything() {
  Project project = ProjectBuilder()
                        .BlocksProfile(5)
                        .Attach(7, "writer")
                        .With(OpeningBuilder()
                                  .Headcount(3)
                                  .Seats(2, 9)
                                  .RunOf(2, "2026-12-01", 5)
                                  .Requires("riding", 4)
                                  .Casts({.genders = {Gender::kMale},
                                          .playing_age = IntRange{20, 30},
                                          .height_cm = IntRange{160, 190}}))
                        .Budget(Cny(100, 5))
                        .Build();
  project.dates = testing::Span("2026-12-01", 30);
  project.release_date = D("1969-07-20");
  project.last_opening_number = 12;
  return project;
}

TEST(ProjectRecordTest, KeepsRandomProjects) {
  std::mt19937_64 rng(1);
  for (size_t i = 0; i < 500; ++i) {
    const Project project = testing::RandomProject(rng, testing::MarketProjectId(i), {});
    ASSERT_THAT(ParseProject(SerializeProject(project)), IsOkAndHolds(project)) << i;
  }
}

TEST(ProjectRecordTest, KeepsWhatRandomProjectsLack) {
  EXPECT_THAT(ParseProject(SerializeProject(Everything())), IsOkAndHolds(Everything()));
}

TEST(ProjectRecordTest, KeepsWhichSeatsAreBooked) {
  Project project = Everything();
  project.openings[0].seats[1].hold = 3;
  EXPECT_THAT(ParseProject(SerializeProject(project)), IsOkAndHolds(project));
}

TEST(ProjectRecordTest, RefusesBookingsOfOtherThanItsSeats) {
  storage::v1::Project message;
  ASSERT_TRUE(message.ParseFromString(SerializeProject(Everything())));
  message.mutable_openings(0)->add_seat_holds(3);
  EXPECT_THAT(ParseProject(message.SerializeAsString()),
              StatusIs(absl::StatusCode::kDataLoss, _));
}

TEST(ProjectRecordTest, GivesEqualProjectsEqualBytes) {
  std::mt19937_64 rng(2);
  for (size_t i = 0; i < 100; ++i) {
    const std::string bytes =
        SerializeProject(testing::RandomProject(rng, testing::MarketProjectId(i), {}));
    ASSERT_EQ(SerializeProject(*ParseProject(bytes)), bytes) << i;
  }
}

TEST(ProjectRecordTest, ReadsTheBytesOfTheFirstRelease) {
  EXPECT_THAT(ParseProject(absl::HexStringToBytes(kFirstRelease)), IsOkAndHolds(Everything()));
}

TEST(ProjectRecordTest, RefusesBytesThatAreNoRecord) {
  for (const char* bytes : {"", "garbage", "\x09\x01", "\xff\xff\xff\xff"}) {
    EXPECT_EQ(ReasonOf(ParseProject(bytes).status()), "RECORD_UNREADABLE") << bytes;
  }
}

TEST(ProjectRecordTest, RefusesAStateThatDoesNotExist) {
  storage::v1::Project message;
  ASSERT_TRUE(message.ParseFromString(SerializeProject(Everything())));
  message.mutable_openings(0)->set_state(static_cast<storage::v1::Opening::State>(9));
  EXPECT_THAT(ParseProject(message.SerializeAsString()),
              StatusIs(absl::StatusCode::kDataLoss, _));
}

TEST(ProjectRecordTest, RefusesARecordWithoutAnOwner) {
  storage::v1::Project message;
  ASSERT_TRUE(message.ParseFromString(SerializeProject(Everything())));
  message.clear_ownership();
  EXPECT_THAT(ParseProject(message.SerializeAsString()),
              StatusIs(absl::StatusCode::kDataLoss, _));
}

TEST(ProjectRecordTest, SurvivesAnyFlippedByte) {
  std::string bytes = SerializeProject(Everything());
  for (size_t i = 0; i < bytes.size(); ++i) {
    for (const char flip : {'\x01', '\x80', '\x7f'}) {
      bytes[i] = static_cast<char>(bytes[i] ^ flip);
      if (const auto project = ParseProject(bytes); !project.ok()) {
        EXPECT_EQ(ReasonOf(project.status()), "RECORD_UNREADABLE");
      }
      bytes[i] = static_cast<char>(bytes[i] ^ flip);
    }
  }
}

}  // namespace
}  // namespace troupe
