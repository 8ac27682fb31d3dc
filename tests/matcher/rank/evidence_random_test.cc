#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/index/pool_writer.h"
#include "matcher/rank/evidence.h"
#include "matcher/rank/features.h"
#include "tests/testing/random_market.h"

// Holds the evidence of random markets against the values that it is for.

namespace troupe {
namespace {

using testing::Market;
using testing::RandomMarket;

// What is told of a profile beside an opening.
struct Told {
  const Profile& profile;
  const Project& project;
  const Opening& opening;
  Day as_of;
  PerFeature values;
  EvidencePerFeature evidence;
};

template <typename Visit>
void ForEachTold(Visit visit) {
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    const Market market = RandomMarket(seed, 40, 6);
    PoolWriter writer;
    const auto pool = writer.Apply({.profiles = market.profiles,
                                    .projects = market.projects,
                                    .today = market.options.today}).pool;
    const Day as_of = pool->today() - static_cast<int32_t>(seed % 2);
    Rarities rarities(*pool, as_of);
    for (const Project& project : market.projects) {
      for (const Opening& opening : project.openings) {
        const Demand& demand = *pool->FindOpening({project.id, opening.number});
        const Query query(*pool, demand, as_of, rarities);
        for (const Profile& profile : market.profiles) {
          const ProfileView view = *pool->FindProfile(profile.id);
          const PerFeature values = Evaluate(query, view, view.FindRole(demand.scalars.role));
          visit(Told{profile, project, opening, as_of, values,
                     EvidenceOf(query, profile, project, opening, values)});
        }
      }
    }
  }
}

template <typename Visit>
void ForEachEvidence(const Told& told, Visit visit) {
  for (const auto& of_feature : told.evidence) {
    for (const Evidence& evidence : of_feature) visit(evidence);
  }
}

TEST(EvidenceRandomTest, IsThereExactlyWhereTheValueRestsOnSomething) {
  ForEachTold([](const Told& told) {
    for (size_t i = 0; i < kFeatureCount; ++i) {
      const Feature feature = static_cast<Feature>(i);
      const bool says_what_is_against = feature == Feature::kPlace || feature == Feature::kPay;
      const bool is_expected = told.values[i] > 0 || says_what_is_against;
      ASSERT_EQ(!told.evidence[i].empty(), is_expected)
          << FeatureName(feature) << " " << told.values[i];
      ASSERT_LE(told.evidence[i].size(), kMostEvidence);
    }
  });
}

TEST(EvidenceRandomTest, NamesOnlyCreditsBeforeTheDayOfTheQuestion) {
  int named = 0;
  ForEachTold([&named](const Told& told) {
    ForEachEvidence(told, [&](const Evidence& evidence) {
      if (evidence.kind != "production") return;
      ++named;
      ASSERT_TRUE(std::any_of(told.profile.credits.begin(), told.profile.credits.end(),
                              [&](const Credit& credit) {
                                return credit.production == evidence.id &&
                                       credit.IsBefore(told.as_of);
                              }));
    });
  });
  EXPECT_GT(named, 1'000);
}

TEST(EvidenceRandomTest, NamesOnlyOtherPeopleWhoAreAttached) {
  int named = 0;
  ForEachTold([&named](const Told& told) {
    const std::vector<Attached> attached = told.project.AttachedTo(told.opening);
    ForEachEvidence(told, [&](const Evidence& evidence) {
      ASSERT_EQ(evidence.kind == "profile", static_cast<bool>(evidence.profile));
      if (!evidence.profile) return;
      ++named;
      ASSERT_NE(evidence.profile, told.profile.id);
      ASSERT_TRUE(std::any_of(
          attached.begin(), attached.end(),
          [&](const Attached& entry) { return entry.profile == evidence.profile; }));
    });
  });
  EXPECT_GT(named, 100);
}

TEST(EvidenceRandomTest, NamesNoPersonInTexts) {
  ForEachTold([](const Told& told) {
    ForEachEvidence(told, [](const Evidence& evidence) {
      ASSERT_FALSE(evidence.text.empty());
      ASSERT_FALSE(absl::StrContains(evidence.text, "Profile ")) << evidence.text;
    });
  });
}

}  // namespace
}  // namespace troupe
