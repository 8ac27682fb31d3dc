#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/index/terms.h"
#include "matcher/rank/model_history.h"
#include "services/records/scoring_model_record.h"
#include "services/rpc/named_model.h"
#include "tests/services/matching/match_world.h"

// Questions that are asked with a scoring model.
namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Code = absl::StatusCode;

Weights AllOn(Feature feature) {
  Weights weights{};
  weights[static_cast<size_t>(feature)] = 1'000'000;
  return weights;
}

// A model "films" of crew's: directors by genres, cold, and by skills, warm. Two
// directors, of whom 1 knows the genre and 2 has the skill.
class MatchModelTest : public ::testing::Test {
 protected:
  MatchModelTest() {
    LearnedRole director{.role = RoleIndexOf("director")};
    director.by_regime[static_cast<size_t>(Regime::kCold)].weights = AllOn(Feature::kGenres);
    director.by_regime[static_cast<size_t>(Regime::kWarm)].weights = AllOn(Feature::kSkills);
    ModelHistory model{.owner = {"crew"}, .id = "films"};
    model.Add(MakeModelVersion({director}));
    world_.Have(model);
    Credit crime = Worked("f:1", "director", "2020-01-01");
    crime.genres = Labels({"crime"});
    world_.Have(Director(1).With(crime));
    world_.Have(Director(2).Knows("riding", 5));
    world_.Have(ProfileBuilder().Id(3).Holds("writer"));
  }

  MatchWorld world_;
  const std::string asked_ = AdHoc("skills { skill: 'riding' level: 3 }", "genres { id: 'crime' }");
};

constexpr char kModel[] = "model: 'scoringModels/films' ";

TEST_F(MatchModelTest, WeighsByRoleAndRegime) {
  EXPECT_THAT(Found(world_.Profiles(asked_ + kModel)), ElementsAre(ProfileName(1), ProfileName(2)));
  EXPECT_THAT(Found(world_.Profiles(asked_ + kModel + AttachedAs(3, "writer"))),
              ElementsAre(ProfileName(2), ProfileName(1)));
}

TEST_F(MatchModelTest, ExplainsWithTheSameWeights) {
  const auto explained = world_.Explain(OfProfile(1) + asked_ + kModel);
  ASSERT_THAT(explained, IsOk());
  const v1::Match found = world_.Profiles(asked_ + kModel)->matches(0);
  EXPECT_EQ(explained->match().score_millionths(), found.score_millionths());
  EXPECT_EQ(SumOfContributions(explained->match()), found.score_millionths());
}

TEST_F(MatchModelTest, AnswersPeopleAsWell) {
  world_.Have(ProjectBuilder().Id(7).Genre("crime").With(OpeningBuilder()));
  const auto found = world_.Openings(OfProfile(1) + kModel);
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->matches_size(), 1);
  for (const auto& feature : found->matches(0).features()) {
    EXPECT_EQ(feature.weight_millionths(), feature.feature() == "genres" ? 1'000'000 : 0);
  }
}

TEST_F(MatchModelTest, IsRefusedIfThereIsNone) {
  const std::string none = "model: 'scoringModels/none' ";
  EXPECT_THAT(world_.Profiles(asked_ + none), FailsWith(Code::kNotFound, "MODEL_NOT_FOUND"));
  EXPECT_THAT(world_.Openings(OfProfile(1) + none), FailsWith(Code::kNotFound, "MODEL_NOT_FOUND"));
  EXPECT_THAT(world_.Explain(OfProfile(1) + asked_ + none),
              FailsWith(Code::kNotFound, "MODEL_NOT_FOUND"));
  EXPECT_THAT(world_.Profiles(asked_ + "model: 'scoringModels/films@2' "),
              FailsWith(Code::kNotFound, "MODEL_NOT_FOUND"));
  EXPECT_THAT(world_.Profiles(asked_ + kModel, "studio"),
              FailsWith(Code::kNotFound, "MODEL_NOT_FOUND"));
  EXPECT_THAT(BadFields(world_.Profiles(asked_ + "model: 'films' ")), ElementsAre("model"));
}

TEST_F(MatchModelTest, IsRefusedBesideWeights) {
  const std::string both = absl::StrCat(kModel, "weights { key: 'skills' value: 1000000 } ");
  EXPECT_THAT(BadFields(world_.Profiles(asked_ + both)), ElementsAre("model"));
  EXPECT_THAT(BadFields(world_.Openings(OfProfile(1) + both)), ElementsAre("model"));
  EXPECT_THAT(BadFields(world_.Explain(OfProfile(1) + asked_ + both)), ElementsAre("model"));
}

TEST_F(MatchModelTest, TellsScoresAloneIfThatIsWanted) {
  const auto whole = world_.Profiles(asked_);
  const auto scores = world_.Profiles(asked_ + "detail: MATCH_DETAIL_SCORE ");
  ASSERT_THAT(scores, IsOk());
  EXPECT_EQ(Found(scores), Found(whole));
  for (int i = 0; i < scores->matches_size(); ++i) {
    const v1::Match& match = scores->matches(i);
    EXPECT_EQ(match.score_millionths(), whole->matches(i).score_millionths());
    EXPECT_EQ(match.rank(), i + 1);
    EXPECT_THAT(match.features(), IsEmpty());
    EXPECT_FALSE(match.has_profile_summary());
  }
  EXPECT_THAT(BadFields(world_.Profiles(asked_ + "detail: 7 ")), ElementsAre("detail"));
}

}  // namespace
}  // namespace troupe::testing
