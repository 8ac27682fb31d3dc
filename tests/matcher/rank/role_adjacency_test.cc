#include "matcher/rank/role_adjacency.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/index/pool_writer.h"
#include "matcher/index/profile_row.h"
#include "matcher/index/terms.h"
#include "matcher/rank/rank_data.h"
#include "tests/testing/builders.h"
#include "tests/testing/random_market.h"

namespace troupe {
namespace {

using testing::D;
using testing::ProfileBuilder;
using testing::Worked;

const Term kAsker = OrganizationTerm({"crew"});

RoleAdjacency Learn(std::vector<Profile> people, Day until = D("2030-01-01")) {
  PoolWriter writer;
  return RoleAdjacency::Learn(*writer.Apply({.profiles = std::move(people)}).pool, kAsker, until,
                              NeverStop())
      .value();
}

RoleIndex Role(absl::string_view id) { return RoleIndexOf(id); }

// Wrote, and directed so many days later; or never.
Profile Writer(uint64_t id, int32_t days = -1) {
  ProfileBuilder person;
  person.Id(id).With(Worked("f:1", "writer", "2020-01-01"));
  if (days >= 0) person.With(Worked("f:2", "director", (D("2020-01-01") + days).ToString()));
  return person.Build();
}

TEST(RoleAdjacencyTest, CountsWhoWorkedInTheRoleLater) {
  const RoleAdjacency learned =
      Learn({Writer(1), Writer(2, 30), Writer(3, 10), Writer(4, 20), Writer(5, 0)});
  const auto steps = learned.From(Role("writer"));
  ASSERT_EQ(steps.size(), 1u);
  EXPECT_EQ(steps[0].to, Role("director"));
  EXPECT_EQ(steps[0].people, 5);
  EXPECT_EQ(steps[0].moved, 3);  // Not who did both on one day.
  EXPECT_EQ(steps[0].median_days, 20);
  // Three of five came into directing: (3 + 20 * 0.6) / (5 + 20).
  EXPECT_EQ(steps[0].chance, 600'000);
  EXPECT_EQ(steps[0].lift_thousandths, 1'000);
  EXPECT_TRUE(learned.From(Role("director")).empty());
}

TEST(RoleAdjacencyTest, LooksAtNothingFromTheDayOn) {
  const Day until = D("2020-01-01") + 30;
  EXPECT_TRUE(Learn({Writer(1, 30)}, until).From(Role("writer")).empty());
  EXPECT_EQ(Learn({Writer(1, 30)}, until + 1).From(Role("writer")).size(), 1u);
}

TEST(RoleAdjacencyTest, LeavesOutWhoHidesFromTheAsker) {
  Profile hidden = Writer(1, 30);
  hidden.ownership.owner = {"studio"};
  hidden.ownership.findability = Findability::kHidden;
  EXPECT_TRUE(Learn({hidden}).From(Role("writer")).empty());
}

TEST(RoleAdjacencyTest, TakesRolesHeldForChancesOfTheirOwn) {
  const RoleAdjacency& shipped = RoleAdjacency::Shipped();
  // 12 % for a writer, 4 % for an editor: 1 - 0.88 * 0.96.
  EXPECT_EQ(shipped.ChanceOf({Role("writer"), Role("editor")}, Role("director")), 155'200);
  EXPECT_EQ(shipped.ChanceOf({Role("writer"), Role("director")}, Role("director")), 0);
  EXPECT_EQ(shipped.ChanceOf({}, Role("director")), 0);
}

TEST(RoleAdjacencyTest, KnowsHowLikelyEachStepIs) {
  const RoleAdjacency& shipped = RoleAdjacency::Shipped();
  EXPECT_EQ(shipped.ChanceOfStep(Role("writer"), Role("director")), 120'000);
  EXPECT_EQ(shipped.ChanceOfStep(Role("gaffer"), Role("director")), 0);
  EXPECT_EQ(shipped.ChanceOfStep(Role("director"), Role("director")), 0);
  EXPECT_EQ(shipped.ChanceOfStep(kNone, Role("director")), 0);
  // Of five people one came into directing: nobody who edits did, (0 + 20 * 0.2) / 21.
  const RoleAdjacency learned =
      Learn({Writer(1), Writer(2, 30), Writer(3), Writer(4),
             ProfileBuilder().Id(5).With(Worked("f:1", "editor", "2020-01-01")).Build()});
  EXPECT_EQ(learned.ChanceOfStep(Role("editor"), Role("director")), 190'476);
  EXPECT_EQ(learned.ChanceOfStep(Role("director"), Role("director")), 0);
}

TEST(RoleAdjacencyTest, FindsTheLikeliestStepFromARoleThatIsHeld) {
  const std::vector<RoleRow> roles = {{.role = Role("editor")},
                                      {.role = Role("writer")},
                                      {.role = Role("producer"), .grow_into = 1}};
  const RoleAdjacency& shipped = RoleAdjacency::Shipped();
  EXPECT_EQ(shipped.LikeliestInto(Role("director"), roles),
            (RoleStep{.from = Role("writer"), .to = Role("director"), .chance = 120'000}));
  EXPECT_EQ(shipped.LikeliestInto(Role("director"), {}).chance, 0);
}

TEST(RoleAdjacencyTest, ShipsChancesBetweenRolesThatThereAre) {
  for (absl::string_view line : absl::StrSplit(data::kRoleAdjacency, '\n', absl::SkipEmpty())) {
    const std::vector<std::string> cells = absl::StrSplit(line, ',');
    ASSERT_EQ(cells.size(), 3u) << line;
    if (cells[0] == "from" || cells[0] == "*") continue;
    EXPECT_NE(Role(cells[0]), kNone) << line;
    EXPECT_NE(Role(cells[1]), kNone) << line;
    EXPECT_NE(cells[0], cells[1]);
  }
  for (size_t role = 0; role < ShippedRoles().roles().size(); ++role) {
    const auto steps = RoleAdjacency::Shipped().From(static_cast<RoleIndex>(role));
    EXPECT_FALSE(steps.empty()) << ShippedRoles().roles()[role].id;
    for (const RoleStep& step : steps) {
      EXPECT_GT(step.chance, 0);
      EXPECT_LE(step.chance, 500'000);
    }
  }
}

// Loops over the records, as the header says it.
TEST(RoleAdjacencyTest, IsThatOfLoopsOverRecords) {
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    const testing::Market market = testing::RandomMarket(seed, 120, 1);
    const Day until = market.options.today - static_cast<int32_t>(seed);
    const RoleAdjacency learned = Learn(market.profiles, until);
    std::vector<std::map<std::string, Day>> careers;
    for (const Profile& person : market.profiles) {
      if (!person.ownership.IsVisibleTo({"crew"})) continue;
      std::map<std::string, Day> first;
      for (const Credit& credit : person.credits) {
        if (!credit.date.has_value() || *credit.date >= until) continue;
        if (credit.role == kOtherRole || !credit.CountsAs(credit.role)) continue;
        const auto [day, is_new] = first.emplace(credit.role, *credit.date);
        if (!is_new) day->second = std::min(day->second, *credit.date);
      }
      if (!first.empty()) careers.push_back(first);
    }
    int64_t steps = 0;
    for (const std::string& from : testing::MarketRoles()) {
      for (const std::string& to : testing::MarketRoles()) {
        int64_t people = 0;
        int64_t came = 0;
        std::vector<int32_t> days;
        for (const auto& first : careers) {
          people += first.count(from) > 0;
          if (first.count(to) == 0) continue;
          came += std::any_of(first.begin(), first.end(), [&](const auto& other) {
            return other.second < first.at(to);
          });
          if (first.count(from) > 0 && first.at(from) < first.at(to)) {
            days.push_back(first.at(to) - first.at(from));
          }
        }
        if (from == to || days.empty()) continue;
        ++steps;
        std::sort(days.begin(), days.end());
        const int64_t base = came * 1'000'000 / static_cast<int64_t>(careers.size());
        const auto moved = static_cast<int64_t>(days.size());
        const RoleStep expected{.from = Role(from),
                                .to = Role(to),
                                .people = people,
                                .moved = moved,
                                .chance = (moved * 1'000'000 + 20 * base) / (people + 20),
                                .lift_thousandths =
                                    (moved * 1'000'000 + 20 * base) / (people + 20) * 1'000 / base,
                                .median_days = days[(days.size() - 1) / 2]};
        EXPECT_THAT(learned.From(Role(from)), ::testing::Contains(expected)) << from << " " << to;
      }
    }
    int64_t learned_steps = 0;
    for (size_t role = 0; role < ShippedRoles().roles().size(); ++role) {
      learned_steps += static_cast<int64_t>(learned.From(static_cast<RoleIndex>(role)).size());
    }
    EXPECT_EQ(learned_steps, steps);
  }
}

}  // namespace
}  // namespace troupe
