#include "services/convert/types_conversion.h"

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/values.h"

namespace troupe {
namespace {

using google::protobuf::Timestamp;
using testing::FieldsOf;
using testing::FromText;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// What reading `wire` as the field "f" finds.
template <typename Wire>
std::vector<std::string> Found(const Wire& wire) {
  Violations found;
  const Field message(&found);
  FromWire(wire, message["f"]);
  return FieldsOf(found);
}

template <typename Wire>
auto Read(const Wire& wire) {
  Violations found;
  const Field message(&found);
  const auto value = FromWire(wire, message["f"]);
  EXPECT_THAT(FieldsOf(found), IsEmpty());
  return value;
}

TEST(DateConversionTest, KeepsEveryDayFrom1870To2200) {
  const Day last(absl::CivilDay(2200, 12, 31));
  for (Day day(absl::CivilDay(1870, 1, 1)); day <= last; day = day + 1) {
    ASSERT_EQ(Read(ToWire(day)), day) << day.ToString();
  }
}

TEST(DateConversionTest, NamesThePartThatIsWrong) {
  EXPECT_THAT(Found(FromText<v1::Date>("year: 1869 month: 1 day: 1")), ElementsAre("f.year"));
  EXPECT_THAT(Found(FromText<v1::Date>("year: 2201 month: 1 day: 1")), ElementsAre("f.year"));
  EXPECT_THAT(Found(FromText<v1::Date>("year: 2026 month: 13 day: 1")), ElementsAre("f.month"));
  EXPECT_THAT(Found(FromText<v1::Date>("year: 2026 day: 1")), ElementsAre("f.month"));
  EXPECT_THAT(Found(FromText<v1::Date>("year: 2026 month: 2 day: 30")), ElementsAre("f.day"));
  EXPECT_THAT(Found(FromText<v1::Date>("year: 2026 month: 2 day: 29")), ElementsAre("f.day"));
  EXPECT_THAT(Found(FromText<v1::Date>("year: 2026 month: 4 day: 31")), ElementsAre("f.day"));
  EXPECT_THAT(Found(FromText<v1::Date>("year: 2026 month: 4")), ElementsAre("f.day"));
  EXPECT_THAT(Found(FromText<v1::Date>("year: 2026 month: 4 day: -2147483648")),
              ElementsAre("f.day"));
}

TEST(DateConversionTest, AsksForBothEndsOfARange) {
  EXPECT_THAT(Found(v1::DateRange()), ElementsAre("f.start", "f.limit"));
  EXPECT_THAT(Found(FromText<v1::DateRange>("start {} limit { year: 2026 month: 1 day: 1 }")),
              ElementsAre("f.start.year"));
}

TEST(TimeConversionTest, KeepsMicroseconds) {
  for (const int64_t micros : {int64_t{0}, int64_t{-1}, int64_t{1'700'000'000'123'456}}) {
    EXPECT_EQ(Read(ToWire(absl::FromUnixMicros(micros))), absl::FromUnixMicros(micros));
  }
}

TEST(TimeConversionTest, CutsOffWhatIsFinerThanAMicrosecond) {
  EXPECT_EQ(ToWire(absl::FromUnixNanos(1'999)).nanos(), 1'000);
  EXPECT_EQ(Read(FromText<Timestamp>("nanos: 1999")), absl::FromUnixMicros(1));
}

TEST(TimeConversionTest, RefusesWhatIsNoTimestamp) {
  for (const char* text : {"nanos: -1", "nanos: 1000000000", "seconds: 253402300800",
                           "seconds: -62135596801", "seconds: 9223372036854775807"}) {
    EXPECT_THAT(Found(FromText<Timestamp>(text)), ElementsAre("f")) << text;
  }
}

TEST(EnumConversionTest, RefusesNumbersThatStandForNothing) {
  EXPECT_THAT(Found(static_cast<v1::Gender>(4)), ElementsAre("f"));
  EXPECT_THAT(Found(static_cast<v1::Findability>(-1)), ElementsAre("f"));
}

TEST(EnumConversionTest, LeavesUnspecifiedToValidation) {
  EXPECT_EQ(Read(v1::FINDABILITY_UNSPECIFIED), Findability::kUnspecified);
  EXPECT_EQ(Read(v1::GENDER_UNSPECIFIED), Gender::kUnspecified);
}

TEST(EnumConversionTest, GivesEachValueItsOwn) {
  EXPECT_EQ(Read(v1::GENDER_FEMALE), Gender::kFemale);
  EXPECT_EQ(Read(v1::GENDER_MALE), Gender::kMale);
  EXPECT_EQ(Read(v1::GENDER_NON_BINARY), Gender::kNonBinary);
  EXPECT_EQ(Read(v1::FINDABILITY_FINDABLE), Findability::kFindable);
  EXPECT_EQ(Read(v1::FINDABILITY_HIDDEN), Findability::kHidden);
}

TEST(AttachedConversionTest, AsksForAProfilesName) {
  EXPECT_THAT(Found(FromText<v1::Attached>("roles: 'writer'")), ElementsAre("f.profile"));
}

}  // namespace
}  // namespace troupe
