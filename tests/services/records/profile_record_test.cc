#include "services/records/profile_record.h"

#include <random>
#include <string>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/testing/builders.h"
#include "tests/testing/random_market.h"
#include "tests/testing/status_matchers.h"
#include "troupe/storage/v1/profile.pb.h"

namespace troupe {
namespace {

using testing::Cny;
using testing::IsOkAndHolds;
using testing::Labels;
using testing::ProfileBuilder;
using testing::StatusIs;
using testing::Worked;
using ::testing::_;
using ::testing::HasSubstr;
using ::testing::Lt;
using ::testing::Not;

// Everything() in the bytes of the first release.
constexpr char kFirstRelease[] =
    "09010000000000000012080a0463726577100128ffffffffffffffffff01320950726f66696c6520313a"
    "090a01651201701a016d420673747564696f4a066167656e63799201270a1b0a08746d64623a36303318"
    "015000580162090a03434e591007180912086469726563746f729a010c0801120808e8c40210eec402a2"
    "01021800";

Profile Everything() {
  Credit credit = Worked("tmdb:603", "director", "1969-12-31");
  credit.cast_order = 0;
  credit.budget = Cny(7, 9);
  Profile profile = ProfileBuilder().Owner("crew").With(credit).Busy("2026-12-01", 3).Build();
  profile.contact = {.email = "e", .phone = "p", .messenger = "m"};
  profile.contact_consents = {{.slug = "studio"}};
  profile.agency = "agency";
  profile.casting = {.height_cm = 0};
  profile.update_time = absl::FromUnixMicros(-1);
  return profile;
}

// What the first release did not have.
Profile EverythingSince() {
  Profile profile = Everything();
  profile.hold_counts = {.placed = 5, .booked = 1, .declined = 2, .released = 3, .expired = 4};
  profile.pre_acceptances = {{.roles = {"director"}},
                             {.pay_floor = Cny(900, 1),
                              .places = {"xian"},
                              .dates = DaySpan{.start = Day(-1), .limit = Day(5)}}};
  std::vector<CalendarEntry> entries = profile.calendar.entries();
  entries.push_back({.kind = CalendarEntry::Kind::kPending,
                     .days = {.start = Day(1), .limit = Day(2)},
                     .project = ProjectId(9),
                     .hold = 3});
  profile.calendar = Calendar(std::move(entries));
  return profile;
}

TEST(ProfileRecordTest, KeepsRandomProfiles) {
  std::mt19937_64 rng(1);
  for (size_t i = 0; i < 500; ++i) {
    const Profile profile = testing::RandomProfile(rng, testing::MarketProfileId(i), {});
    ASSERT_THAT(ParseProfile(SerializeProfile(profile)), IsOkAndHolds(profile)) << i;
  }
}

TEST(ProfileRecordTest, KeepsWhatRandomProfilesLack) {
  EXPECT_THAT(ParseProfile(SerializeProfile(Everything())), IsOkAndHolds(Everything()));
  EXPECT_THAT(ParseProfile(SerializeProfile(EverythingSince())), IsOkAndHolds(EverythingSince()));
}

TEST(ProfileRecordTest, GivesEqualProfilesEqualBytes) {
  std::mt19937_64 rng(2);
  for (size_t i = 0; i < 100; ++i) {
    const std::string bytes =
        SerializeProfile(testing::RandomProfile(rng, testing::MarketProfileId(i), {}));
    ASSERT_EQ(SerializeProfile(*ParseProfile(bytes)), bytes) << i;
  }
}

TEST(ProfileRecordTest, KeepsTimesToTheMicrosecond) {
  Profile profile = Everything();
  profile.create_time = absl::FromUnixNanos(1'999);
  EXPECT_EQ(ParseProfile(SerializeProfile(profile))->create_time, absl::FromUnixMicros(1));
}

TEST(ProfileRecordTest, KeepsCreditsApartThatShareTheirWords) {
  Credit one = Worked("tmdb:1", "actor");
  one.genres = {{.id = "a", .name = "A"}, {.id = "a", .name = ""}, {}};
  one.countries = {"CN", ""};
  Credit other = Worked("tmdb:2", "director");
  other.genres = {{.id = "a", .name = ""}};
  other.job = "CN";
  const Profile profile = ProfileBuilder().With(one).With(other).Build();
  EXPECT_THAT(ParseProfile(SerializeProfile(profile)), IsOkAndHolds(profile));
}

TEST(ProfileRecordTest, SpendsFewBytesOnACreditWithKnownWords) {
  ProfileBuilder builder;
  Credit credit = Worked("tmdb:1000", "director-of-photography", "2020-05-05");
  credit.tags = Labels({"a-tag-of-some-length", "another-tag-of-some-length"});
  const size_t one = SerializeProfile(builder.With(credit).Build()).size();
  const size_t two = SerializeProfile(builder.With(credit).Build()).size();
  EXPECT_THAT(two - one, Lt(30u));
}

TEST(ProfileRecordTest, ReadsTheBytesOfTheFirstRelease) {
  EXPECT_THAT(ParseProfile(absl::HexStringToBytes(kFirstRelease)), IsOkAndHolds(Everything()));
}

TEST(ProfileRecordTest, RefusesBytesThatAreNoRecord) {
  for (const char* bytes : {"", "garbage", "\x09\x01", "\xff\xff\xff\xff"}) {
    EXPECT_EQ(ReasonOf(ParseProfile(bytes).status()), "RECORD_UNREADABLE") << bytes;
  }
}

TEST(ProfileRecordTest, RefusesARecordCutShortWithoutShowingIt) {
  const std::string bytes = SerializeProfile(ProfileBuilder().Named("Ada Secret").Build());
  EXPECT_THAT(ParseProfile(bytes.substr(0, bytes.size() - 1)),
              StatusIs(absl::StatusCode::kDataLoss, Not(HasSubstr("Ada"))));
}

TEST(ProfileRecordTest, RefusesAWordThatTheRecordDoesNotHave) {
  storage::v1::Profile message;
  ASSERT_TRUE(message.ParseFromString(SerializeProfile(Everything())));
  message.mutable_credits()->mutable_credits(0)->set_role(9);
  EXPECT_THAT(ParseProfile(message.SerializeAsString()),
              StatusIs(absl::StatusCode::kDataLoss, _));
}

TEST(ProfileRecordTest, RefusesAKindOfDayThatDoesNotExist) {
  storage::v1::Profile message;
  ASSERT_TRUE(message.ParseFromString(SerializeProfile(Everything())));
  message.mutable_calendar(0)->set_kind(static_cast<storage::v1::CalendarEntry::Kind>(9));
  EXPECT_THAT(ParseProfile(message.SerializeAsString()),
              StatusIs(absl::StatusCode::kDataLoss, _));
}

TEST(ProfileRecordTest, SurvivesAnyFlippedByte) {
  std::string bytes = SerializeProfile(Everything());
  for (size_t i = 0; i < bytes.size(); ++i) {
    for (const char flip : {'\x01', '\x80', '\x7f'}) {
      bytes[i] = static_cast<char>(bytes[i] ^ flip);
      if (const auto profile = ParseProfile(bytes); !profile.ok()) {
        EXPECT_EQ(ReasonOf(profile.status()), "RECORD_UNREADABLE");
      }
      bytes[i] = static_cast<char>(bytes[i] ^ flip);
    }
  }
}

}  // namespace
}  // namespace troupe
