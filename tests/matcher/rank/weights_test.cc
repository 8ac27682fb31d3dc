#include "matcher/rank/weights.h"

#include <numeric>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "matcher/domain/role_taxonomy.h"
#include "tests/testing/oracle.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using testing::StatusIs;
using ::testing::_;
using ::testing::HasSubstr;

int64_t WeightOf(const Weights& weights, Feature feature) {
  return weights[static_cast<size_t>(feature)];
}

TEST(FeatureTest, HasANameThatFindsIt) {
  for (size_t i = 0; i < kFeatureCount; ++i) {
    const Feature feature = static_cast<Feature>(i);
    EXPECT_EQ(FindFeature(FeatureName(feature)), feature);
  }
  EXPECT_EQ(FindFeature("gender"), std::nullopt);
}

TEST(ShippedWeightsTest, SumToOneForEveryRole) {
  for (size_t role = 0; role < ShippedRoles().roles().size(); ++role) {
    const Weights& weights = ShippedWeights(static_cast<RoleIndex>(role));
    EXPECT_EQ(std::accumulate(weights.begin(), weights.end(), int64_t{0}), 1'000'000);
  }
}

TEST(ShippedWeightsTest, AreThoseOfTheTable) {
  for (size_t role = 0; role < ShippedRoles().roles().size(); ++role) {
    EXPECT_EQ(ShippedWeights(static_cast<RoleIndex>(role)),
              testing::OracleWeights(ShippedRoles().roles()[role].id));
  }
}

TEST(MakeWeightsTest, GivesFeaturesThatAreNotNamedNothing) {
  const auto weights = MakeWeights({{"skills", 600'000}, {"place", 400'000}});
  ASSERT_THAT(weights, testing::IsOk());
  EXPECT_EQ(WeightOf(*weights, Feature::kSkills), 600'000);
  EXPECT_EQ(WeightOf(*weights, Feature::kPlace), 400'000);
  EXPECT_EQ(WeightOf(*weights, Feature::kGenres), 0);
}

TEST(MakeWeightsTest, RefusesASumThatIsNotOne) {
  EXPECT_THAT(MakeWeights({{"skills", 999'999}}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("sum to 999999")));
  EXPECT_THAT(MakeWeights({}), StatusIs(absl::StatusCode::kInvalidArgument, _));
}

TEST(MakeWeightsTest, RefusesUnknownFeatures) {
  const auto weights = MakeWeights({{"gender", 1'000'000}});
  ASSERT_THAT(weights, StatusIs(absl::StatusCode::kInvalidArgument, _));
  EXPECT_EQ(ReasonOf(weights.status()), "INVALID_FIELD");
}

TEST(MakeWeightsTest, RefusesWeightsOutOfRange) {
  EXPECT_THAT(MakeWeights({{"skills", 1'000'001}, {"place", -1}}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("weights[skills]"), HasSubstr("weights[place]"))));
}

TEST(ScoreTest, SumsContributionsEachRoundedDown) {
  Weights weights{};
  PerFeature values{};
  weights[0] = weights[1] = 500'000;
  values[0] = values[1] = 333'333;
  EXPECT_EQ(Score(weights, values), 333'332);  // Twice 166,666.5, rounded down.
}

TEST(ScoreTest, IsOneWhenEveryValueIs) {
  PerFeature values{};
  values.fill(1'000'000);
  EXPECT_EQ(Score(ShippedWeights(0), values), 1'000'000);
}

}  // namespace
}  // namespace troupe
