#include "matcher/index/outcome_tallies.h"

#include <map>
#include <random>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "tests/testing/dice.h"

namespace troupe {
namespace {

using testing::Dice;

using Sums = std::map<std::pair<Term, ProfileId>, OutcomeTally>;

Term Organization(size_t number) {
  return Term(Term::Vocabulary::kOrganization, number == 0 ? "crew" : "studio");
}

void ExpectSums(const OutcomeTallies& tallies, const Sums& sums) {
  std::map<Term, OutcomeTally> totals;
  for (const auto& [key, sum] : sums) {
    const auto of_organization = tallies.Of(key.first);
    ASSERT_NE(of_organization, nullptr);
    ASSERT_EQ(of_organization->Of(key.second), sum);
    totals[key.first] += {.accepted = sum.accepted, .declined = sum.declined};
  }
  for (const auto& [organization, total] : totals) {
    ASSERT_EQ(tallies.Of(organization)->total(), total);
  }
}

TEST(OutcomeTalliesTest, HasNothingOfWhoRecordedNothing) {
  OutcomeTallies tallies;
  EXPECT_EQ(tallies.Of(Organization(0)), nullptr);
  tallies.Add(Organization(0), {{ProfileId(7), {.accepted = 1}}});
  EXPECT_EQ(tallies.Of(Organization(1)), nullptr);
  EXPECT_EQ(tallies.Of(Organization(0))->Of(ProfileId(8)), OutcomeTally());
}

// Against sums in a map, with ids that fall into the same parts.
TEST(OutcomeTalliesTest, AddsUpAndCopiesStayAsTheyAre) {
  std::mt19937_64 rng(7);
  Dice dice(rng);
  OutcomeTallies tallies;
  Sums sums;
  std::vector<std::pair<OutcomeTallies, Sums>> copies;
  for (int round = 0; round < 400; ++round) {
    const Term organization = Organization(dice.Below(2));
    OutcomeTallies::Changes changes;
    for (size_t i = 0; i < dice.Below(6); ++i) {
      const ProfileId profile(1 + dice.Below(4) * 256 + dice.Below(3));
      const OutcomeTally tally{.accepted = dice.Between(-1, 1),
                               .declined = dice.Between(-1, 1),
                               .ratings = dice.Between(0, 1),
                               .rating_hundredths = dice.Between(100, 500)};
      changes.emplace_back(profile, tally);
      sums[{organization, profile}] += tally;
    }
    if (!changes.empty()) tallies.Add(organization, changes);
    if (dice.OneIn(20)) copies.emplace_back(tallies, sums);
  }
  ExpectSums(tallies, sums);
  for (const auto& [copy, then] : copies) ExpectSums(copy, then);
}

TEST(OutcomeTalliesTest, TakesBackWhatWasAdded) {
  OutcomeTallies tallies;
  const OutcomeTally tally{.declined = 1, .ratings = 1, .rating_hundredths = 300};
  tallies.Add(Organization(0), {{ProfileId(7), tally}});
  tallies.Add(Organization(0), {{ProfileId(7), -tally}});
  EXPECT_TRUE(tallies.Of(Organization(0))->Of(ProfileId(7)).IsZero());
  EXPECT_TRUE(tallies.Of(Organization(0))->total().IsZero());
}

}  // namespace
}  // namespace troupe
