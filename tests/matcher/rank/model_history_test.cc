#include "matcher/rank/model_history.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "matcher/index/terms.h"

namespace troupe {
namespace {

using ::testing::IsNull;

ModelVersion MadeBy(uint64_t request) { return {.request = request}; }

TEST(ModelHistoryTest, NumbersItsVersions) {
  ModelHistory model;
  EXPECT_THAT(model.Find(0), IsNull());
  model.Add(MadeBy(7));
  model.Add(MadeBy(8));
  EXPECT_EQ(model.Find(1)->request, 7u);
  EXPECT_EQ(model.Find(2)->request, 8u);
  EXPECT_EQ(model.Find(0)->number, 2u);
  EXPECT_EQ(model.MadeBy(7)->number, 1u);
  EXPECT_THAT(model.MadeBy(9), IsNull());
  EXPECT_THAT(model.Find(3), IsNull());
}

TEST(ModelHistoryTest, KeepsTheNewest) {
  ModelHistory model;
  for (uint64_t i = 1; i <= ModelHistory::kMostVersions + 2; ++i) model.Add(MadeBy(i));
  EXPECT_EQ(model.versions.size(), ModelHistory::kMostVersions);
  EXPECT_THAT(model.Find(2), IsNull());
  EXPECT_EQ(model.Find(3)->request, 3u);
  EXPECT_EQ(model.Find(0)->number, ModelHistory::kMostVersions + 2);
}

TEST(MakeScoringModelTest, IsWhatWasLearned) {
  const RoleIndex director = RoleIndexOf("director"), writer = RoleIndexOf("writer");
  LearnedRole learned{.role = director};
  Weights cold{};
  cold.back() = 1'000'000;
  learned.by_regime[static_cast<size_t>(Regime::kCold)].weights = cold;
  const ScoringModel model = MakeScoringModel(MakeModelVersion({learned})).value();
  EXPECT_EQ(model.Of(director, Regime::kCold), cold);
  EXPECT_EQ(model.Of(director, Regime::kWarm), ScoringModel().Of(director, Regime::kWarm));
  EXPECT_EQ(model.Of(writer, Regime::kCold), ScoringModel().Of(writer, Regime::kCold));
}

TEST(MakeScoringModelTest, KnowsFeaturesByTheirNames) {
  const ModelVersion version{
      .features = {"genres", "gone", "skills"},
      .roles = {{.role = "director",
                 .by_regime = {KeptWeights{.weights = {300'000, 0, 700'000}}, KeptWeights{}}}}};
  const ScoringModel model = MakeScoringModel(version).value();
  const Weights& weights = model.Of(RoleIndexOf("director"), Regime::kCold);
  EXPECT_EQ(weights[static_cast<size_t>(Feature::kSkills)], 700'000);
  EXPECT_EQ(weights[static_cast<size_t>(Feature::kGenres)], 300'000);
}

TEST(MakeScoringModelTest, RefusesToWeighWhatIsNoMore) {
  const ModelVersion version{
      .features = {"gone"},
      .roles = {{.role = "director",
                 .by_regime = {KeptWeights{.weights = {1'000'000}}, KeptWeights{}}}}};
  EXPECT_EQ(ReasonOf(MakeScoringModel(version).status()), "MODEL_OUTDATED");
}

}  // namespace
}  // namespace troupe
