#include "matcher/domain/time_zone.h"

#include <string>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace troupe {
namespace {


absl::Time Utc(const std::string& text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, &error)) << error;
  return time;
}

Day On(const std::string& text) { return *Day::Parse(text); }

TEST(TimeZoneTest, KnowsNamesOfTheDatabaseOnly) {
  for (const char* name : {"Asia/Shanghai", "America/Argentina/Ushuaia", "UTC", "Etc/GMT-8"}) {
    EXPECT_TRUE(TimeZone::Find(name).has_value()) << name;
  }
  for (const char* name : {"", "CST", "CTT", "GMT+8", "Asia/Xian", "asia/shanghai ", "SystemV/PST8",
                           "China Standard Time", "../etc/passwd", "Asia/Shanghai\n"}) {
    EXPECT_FALSE(TimeZone::Find(name).has_value()) << name;
  }
}

TEST(TimeZoneTest, TakesChinaWhereNothingIsStated) {
  EXPECT_EQ(TimeZone::Of("").name(), "Asia/Shanghai");
  EXPECT_EQ(TimeZone::Of("Nowhere/Land").name(), "Asia/Shanghai");
}

TEST(TimeZoneTest, KnowsWhatWindowsCallsZones) {
  EXPECT_EQ(TimeZone::NameOfWindowsZone("China Standard Time"), "Asia/Shanghai");
  EXPECT_EQ(TimeZone::NameOfWindowsZone("Pacific Standard Time"), "America/Los_Angeles");
  EXPECT_EQ(TimeZone::NameOfWindowsZone("Asia/Shanghai"), "");
}

TEST(TimeZoneTest, KnowsNamesOfOneZone) {
  EXPECT_TRUE(TimeZone::Of("Asia/Chongqing").IsSameAs(TimeZone::Of("Asia/Shanghai")));
  EXPECT_FALSE(TimeZone::Of("Asia/Tokyo").IsSameAs(TimeZone::Of("Asia/Shanghai")));
  EXPECT_GT(TimeZone::Names().size(), 300u);
  for (const std::string& name : TimeZone::Names()) {
    EXPECT_TRUE(TimeZone::Find(name).has_value()) << name;
  }
}

TEST(TimeZoneTest, TellsTheDayAtAnInstant) {
  const TimeZone china = TimeZone::Of("Asia/Shanghai");
  EXPECT_EQ(china.DayAt(Utc("2026-11-28T15:59:59Z")), On("2026-11-28"));
  EXPECT_EQ(china.DayAt(Utc("2026-11-28T16:00:00Z")), On("2026-11-29"));
  EXPECT_EQ(TimeZone::Of("America/New_York").DayAt(Utc("1969-12-31T04:59:59Z")), On("1969-12-30"));
}

TEST(TimeZoneTest, StartsDaysWhereClocksSkipMidnight) {
  const TimeZone cairo = TimeZone::Of("Africa/Cairo");  // 00:00 to 01:00 on 2023-04-28.
  EXPECT_EQ(cairo.StartOf(On("2023-04-28")), Utc("2023-04-27T22:00:00Z"));
  EXPECT_EQ(cairo.DayAt(cairo.StartOf(On("2023-04-28"))), On("2023-04-28"));
  EXPECT_EQ(cairo.DayAt(cairo.StartOf(On("2023-04-28")) - absl::Seconds(1)), On("2023-04-27"));
}

TEST(TimeZoneTest, TakesTheFirstOfTimesThatClocksShowTwice) {
  const TimeZone york = TimeZone::Of("America/New_York");
  EXPECT_EQ(york.At(On("2026-11-01"), 90 * 60), Utc("2026-11-01T05:30:00Z"));
  EXPECT_EQ(york.StartOf(On("2026-07-01")), Utc("2026-07-01T04:00:00Z"));
}

// The start of a day is the instant before which the day was another.
TEST(TimeZoneTest, StartsEveryDayOfEveryZoneAtItsFirstInstant) {
  for (const char* name : {"Asia/Shanghai", "America/New_York", "America/Sao_Paulo",
                           "Africa/Cairo", "Pacific/Auckland", "Asia/Kathmandu", "UTC"}) {
    const TimeZone zone = *TimeZone::Find(name);
    for (Day day = On("2010-01-01"); day < On("2028-01-01"); day = day + 1) {
      const absl::Time start = zone.StartOf(day);
      ASSERT_EQ(zone.DayAt(start), day) << name;
      ASSERT_EQ(zone.DayAt(start - absl::Seconds(1)), day - 1) << name;
    }
  }
}

}  // namespace
}  // namespace troupe
