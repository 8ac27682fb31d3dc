#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/domain/validate_profile.h"
#include "matcher/domain/validate_project.h"
#include "services/cli/market_dice.h"
#include "services/cli/market_generator.h"
#include "services/convert/profile_conversion.h"
#include "services/convert/project_conversion.h"
#include "services/convert/resource_names.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Le;
using testing::IsOk;

constexpr int64_t kPeople = 3000;

MarketSize Size(uint64_t seed = 7) {
  return {.profiles = kPeople, .projects = 60, .seed = seed, .today = *Day::Parse("2026-03-01")};
}

std::string NameOf(int64_t number) { return FormatName(ProfileId(static_cast<uint64_t>(number) + 1)); }

Day DayOf(const v1::Date& date) {
  return Day(absl::CivilDay(date.year(), date.month(), date.day()));
}

std::vector<v1::Profile> People(uint64_t seed = 7) {
  const MarketGenerator market(Size(seed));
  std::vector<v1::Profile> people;
  for (int64_t i = 0; i < kPeople; ++i) people.push_back(market.Profile(i));
  return people;
}

std::vector<v1::Project> Projects() {
  const MarketGenerator market(Size());
  std::vector<v1::Project> projects;
  for (int64_t i = 0; i < 60; ++i) projects.push_back(market.Project(i, NameOf));
  return projects;
}

template <typename Predicate>
int64_t PerMille(const std::vector<v1::Profile>& people, const Predicate& predicate) {
  return 1000 * std::count_if(people.begin(), people.end(), predicate) /
         static_cast<int64_t>(people.size());
}

auto Between(int64_t least, int64_t most) { return AllOf(Ge(least), Le(most)); }

TEST(MarketDiceTest, DrawsTheSameOnEveryMachine) {
  MarketDice dice(7, "profile", 0);
  MarketDice other(7, "profile", 1);
  EXPECT_EQ(dice.Next(), 7322524888095805690u);
  EXPECT_EQ(other.Next(), 2212002166730539784u);
}

TEST(MarketDiceTest, LogNormalDrawsLieAroundTheMedian) {
  MarketDice dice(1, "test", 0);
  std::vector<int64_t> draws;
  for (int i = 0; i < 20'000; ++i) draws.push_back(dice.LogNormal(1000));
  std::sort(draws.begin(), draws.end());
  EXPECT_THAT(draws[5000], Between(735, 770));
  EXPECT_THAT(draws[10'000], Between(980, 1020));
  EXPECT_THAT(draws[15'000], Between(1300, 1360));
}

TEST(MarketDiceTest, NormalDrawsLieAroundTheMean) {
  MarketDice dice(1, "test", 0);
  int64_t within = 0;
  for (int i = 0; i < 10'000; ++i) within += std::abs(dice.Normal(170, 6) - 170) <= 6;
  EXPECT_THAT(within, Between(6600, 7600));
}

TEST(MarketGeneratorTest, MakesTheSameMarketAgain) {
  const MarketGenerator one(Size());
  const MarketGenerator two(Size());
  for (int64_t i : {2, 0, 1}) {
    EXPECT_EQ(one.Profile(i).SerializeAsString(), two.Profile(i).SerializeAsString());
    EXPECT_EQ(one.Project(i, NameOf).SerializeAsString(),
              two.Project(i, NameOf).SerializeAsString());
  }
}

TEST(MarketGeneratorTest, MakesAnotherMarketForAnotherSeed) {
  EXPECT_NE(MarketGenerator(Size(7)).Profile(0).display_name() +
                MarketGenerator(Size(7)).Profile(1).display_name(),
            MarketGenerator(Size(8)).Profile(0).display_name() +
                MarketGenerator(Size(8)).Profile(1).display_name());
}

TEST(MarketGeneratorTest, MakesOnlyValidRecords) {
  for (const v1::Profile& profile : People()) {
    Violations found;
    const Profile value = FromWire(profile, found);
    if (found.empty()) found = ValidateProfile(value);
    ASSERT_THAT(found.ToStatus(), IsOk()) << profile.DebugString();
  }
  for (const v1::Project& project : Projects()) {
    Violations found;
    const Project value = FromWire(project, found);
    if (found.empty()) found = ValidateProject(value);
    ASSERT_THAT(found.ToStatus(), IsOk()) << project.DebugString();
  }
}

TEST(MarketGeneratorTest, OneInFiveHoldsMoreThanOneRole) {
  EXPECT_THAT(PerMille(People(), [](const v1::Profile& profile) {
                return std::count_if(profile.roles().begin(), profile.roles().end(),
                                     [](const auto& role) { return !role.grow_into(); }) > 1;
              }),
              Between(180, 220));
}

TEST(MarketGeneratorTest, CalendarsAreHalfFull) {
  const Day today = Size().today;
  int64_t taken = 0;
  for (const v1::Profile& profile : People()) {
    for (const v1::CalendarEntry& entry : profile.calendar()) {
      taken += std::min(DayOf(entry.dates().limit()), today + 120) - DayOf(entry.dates().start());
    }
  }
  EXPECT_THAT(100 * taken / (kPeople * 120), Between(45, 55));
}

TEST(MarketGeneratorTest, FewHaveManyCredits) {
  const std::vector<v1::Profile> people = People();
  const auto more_than = [&](int credits) {
    return PerMille(people, [&](const auto& person) { return person.credits_size() > credits; });
  };
  EXPECT_THAT(more_than(0), Between(800, 900));
  EXPECT_THAT(more_than(12), Between(60, 110));
  EXPECT_THAT(more_than(50), Between(0, 8));
}

TEST(MarketGeneratorTest, CrewsMeetAgain) {
  absl::flat_hash_map<std::string, int> crews;
  absl::flat_hash_map<std::string, int> pairs;
  const std::vector<v1::Profile> people = People();
  std::vector<std::vector<int64_t>> by_production;
  for (int64_t i = 0; i < kPeople; ++i) {
    for (const v1::Credit& credit : people[static_cast<size_t>(i)].credits()) {
      const auto [at, is_new] =
          crews.emplace(credit.production(), static_cast<int>(by_production.size()));
      if (is_new) by_production.emplace_back();
      by_production[static_cast<size_t>(at->second)].push_back(i);
    }
  }
  for (const auto& crew : by_production) {
    for (size_t a = 0; a < crew.size(); ++a) {
      for (size_t b = a + 1; b < crew.size(); ++b) ++pairs[absl::StrCat(crew[a], "+", crew[b])];
    }
  }
  const auto again = std::count_if(pairs.begin(), pairs.end(),
                                   [](const auto& pair) { return pair.second > 1; });
  EXPECT_THAT(1000 * again / static_cast<int64_t>(pairs.size()), Ge(100));
}

TEST(MarketGeneratorTest, CreditsAreOlderThanToday) {
  const Day today = Size().today;
  for (const v1::Profile& profile : People()) {
    for (const v1::Credit& credit : profile.credits()) {
      ASSERT_LT(DayOf(credit.date()), today);
    }
  }
}

TEST(MarketGeneratorTest, MostLiveWhereTheIndustryIs) {
  const std::set<std::string> centres = {"xian",    "xian-qujiang",     "xian-gaoling", "zhengzhou",
                                         "hangzhou", "hangzhou-linping", "hengdian"};
  EXPECT_THAT(PerMille(People(),
                       [&](const auto& person) { return centres.contains(person.home_place()); }),
              Between(450, 750));
}

TEST(MarketGeneratorTest, ProjectsHaveTheSizeOfMicroDramas) {
  const Day today = Size().today;
  for (const v1::Project& project : Projects()) {
    int32_t seats = 0;
    for (const v1::Opening& opening : project.openings()) seats += opening.headcount();
    const DaySpan shoot = {DayOf(project.dates().start()), DayOf(project.dates().limit())};
    EXPECT_THAT(seats, Between(20, 50));
    EXPECT_THAT(project.openings_size(), Between(12, 18));
    EXPECT_THAT(shoot.length(), Between(5, 7));
    EXPECT_THAT(shoot.start - today, Between(1, 60));
  }
}

TEST(MarketGeneratorTest, SomePeopleAreAttachedInRolesTheyHold) {
  const std::vector<v1::Profile> people = People();
  int64_t attached = 0;
  for (const v1::Project& project : Projects()) {
    for (const v1::Attached& person : project.attached()) {
      ++attached;
      const auto number = ParseProfileName(person.profile(), "name").value().value() - 1;
      EXPECT_EQ(people[number].roles(0).role(), person.roles(0));
    }
  }
  EXPECT_THAT(attached, Between(60, 240));
}

}  // namespace
}  // namespace troupe
