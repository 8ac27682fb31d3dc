#include "matcher/rank/fit_weights.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace troupe {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Ge;
using ::testing::Optional;

double Uniform(std::mt19937_64& rng) {
  return static_cast<double>(rng() >> 11) * 0x1p-53;
}

HiringQuestion RandomQuestion(std::mt19937_64& rng, size_t features, size_t candidates,
                              size_t hired) {
  HiringQuestion question{candidates, hired, std::vector<float>(features * candidates)};
  for (float& value : question.values) {
    value = rng() % 3 == 0 ? 0.0f : static_cast<float>(Uniform(rng));
  }
  return question;
}

std::vector<HiringQuestion> RandomQuestions(uint64_t seed, size_t features) {
  std::mt19937_64 rng(seed);
  std::vector<HiringQuestion> questions;
  for (size_t i = 0; i < 30; ++i) {
    questions.push_back(RandomQuestion(rng, features, 5 + rng() % 40, 1 + rng() % 4));
  }
  return questions;
}

FittedWeights Fitted(size_t features, const std::vector<HiringQuestion>& questions) {
  return FitWeights(features, questions, NeverStop()).value();
}

// Brings to the front whom the weights `truth` choose, by chance as a softmax
// does.
void HireBy(const std::vector<double>& truth, std::mt19937_64& rng, HiringQuestion& question) {
  size_t best = 0;
  double most = -std::numeric_limits<double>::infinity();
  for (size_t i = 0; i < question.candidates; ++i) {
    double score = -std::log(-std::log(Uniform(rng) + 1e-300));
    for (size_t f = 0; f < truth.size(); ++f) score += truth[f] * double{question.At(f, i)};
    if (score > most) {
      most = score;
      best = i;
    }
  }
  for (size_t f = 0; f < truth.size(); ++f) std::swap(question.At(f, 0), question.At(f, best));
}

TEST(HiringLossTest, IsTheCrossEntropyAndThePenalty) {
  // Scores 2 and 0, the first hired: ln(e^2 + 1) - 2.
  const HiringQuestion question{.candidates = 2, .hired = 1, .values = {1, 0}};
  EXPECT_NEAR(HiringLoss({question}, {2.0}, nullptr),
              std::log(std::exp(2) + 1) - 2 + 4 * kWeightPenalty, 1e-12);
}

TEST(HiringLossTest, OfSeveralHiredIsTheMean) {
  const HiringQuestion question{.candidates = 3, .hired = 2, .values = {1, 0, 0}};
  EXPECT_NEAR(HiringLoss({question}, {2.0}, nullptr),
              std::log(std::exp(2) + 2) - 1 + 4 * kWeightPenalty, 1e-12);
}

TEST(HiringLossTest, HasTheGradientOfFiniteDifferences) {
  const std::vector<HiringQuestion> questions = RandomQuestions(1, 6);
  const std::vector<double> weights = {0.3, 2, 0, 1, 7, 0.01};
  std::vector<double> gradient;
  HiringLoss(questions, weights, &gradient);
  for (size_t i = 0; i < weights.size(); ++i) {
    std::vector<double> below = weights, above = weights;
    below[i] -= 1e-5;
    above[i] += 1e-5;
    const double slope =
        (HiringLoss(questions, above, nullptr) - HiringLoss(questions, below, nullptr)) / 2e-5;
    EXPECT_NEAR(gradient[i], slope, 1e-8) << i;
  }
}

// At the least loss no weight can go down to improve it, and none up.
TEST(FitWeightsTest, EndsWhereNoWayLeadsDown) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    const std::vector<HiringQuestion> questions = RandomQuestions(seed, 12);
    const FittedWeights fitted = Fitted(12, questions);
    std::vector<double> gradient;
    EXPECT_DOUBLE_EQ(HiringLoss(questions, fitted.weights, &gradient), fitted.loss);
    EXPECT_THAT(fitted.weights, Each(Ge(0)));
    for (size_t i = 0; i < gradient.size(); ++i) {
      EXPECT_GT(gradient[i], -1e-6) << seed << " " << i;
      if (fitted.weights[i] == 0) continue;
      EXPECT_LT(gradient[i], 1e-6) << seed << " " << i;
    }
  }
}

TEST(FitWeightsTest, IsNoWorseThanAnyOfAGrid) {
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    const std::vector<HiringQuestion> questions = RandomQuestions(seed, 2);
    const FittedWeights fitted = Fitted(2, questions);
    double least = std::numeric_limits<double>::infinity();
    for (double a = 0; a <= 8; a += 0.05) {
      for (double b = 0; b <= 8; b += 0.05) {
        least = std::min(least, HiringLoss(questions, {a, b}, nullptr));
      }
    }
    EXPECT_LE(fitted.loss, least);
    EXPECT_NEAR(fitted.loss, least, 1e-3);
  }
}

TEST(FitWeightsTest, FindsTheWeightsThatHired) {
  const std::vector<double> truth = {4, 0, 2, 1, 0};
  std::mt19937_64 rng(7);
  std::vector<HiringQuestion> questions;
  for (int i = 0; i < 4'000; ++i) {
    questions.push_back(RandomQuestion(rng, truth.size(), 30, 1));
    HireBy(truth, rng, questions.back());
  }
  const FittedWeights fitted = Fitted(truth.size(), questions);
  for (size_t i = 0; i < truth.size(); ++i) EXPECT_NEAR(fitted.weights[i], truth[i], 0.25) << i;
}

TEST(FitWeightsTest, IsTheSameForTheSameQuestions) {
  const std::vector<HiringQuestion> questions = RandomQuestions(3, 12);
  const FittedWeights once = Fitted(12, questions);
  const FittedWeights again = Fitted(12, questions);
  EXPECT_EQ(once.weights, again.weights);
}

TEST(FitWeightsTest, WeighsNothingThatTellsNothing) {
  std::mt19937_64 rng(1);
  HiringQuestion question = RandomQuestion(rng, 3, 10, 2);
  std::fill(question.values.begin(), question.values.end(), 0.0f);
  const FittedWeights fitted = Fitted(3, {question});
  for (double weight : fitted.weights) EXPECT_NEAR(weight, 0, 1e-4);
  const FittedWeights none = Fitted(3, {});
  for (double weight : none.weights) EXPECT_NEAR(weight, 0, 1e-4);
}

TEST(FitWeightsTest, LearnsOfOneQuestionWhatSetsTheHiredApart) {
  // The second feature speaks against who was hired.
  const HiringQuestion question{.candidates = 2, .hired = 1, .values = {1, 0, 0, 1}};
  const FittedWeights fitted = Fitted(2, {question});
  EXPECT_GT(fitted.weights[0], 1);
  EXPECT_EQ(fitted.weights[1], 0);
}

class StopAtOnce final : public StopToken {
 public:
  bool StopRequested() const override { return true; }
};

TEST(FitWeightsTest, StopsWhenToldTo) {
  EXPECT_EQ(FitWeights(12, RandomQuestions(1, 12), StopAtOnce()).status().code(),
            absl::StatusCode::kCancelled);
}

TEST(ToMillionthsTest, SumToAMillionByLargestRemainder) {
  EXPECT_THAT(ToMillionths({1.0, 1.0, 1.0}), Optional(ElementsAre(333'334, 333'333, 333'333)));
  EXPECT_THAT(ToMillionths({0.0, 3.0}), Optional(ElementsAre(0, 1'000'000)));
}

TEST(ToMillionthsTest, SumToAMillionExactly) {
  std::mt19937_64 rng(5);
  for (int i = 0; i < 2'000; ++i) {
    std::vector<double> weights(1 + rng() % 40);
    for (double& weight : weights) weight = rng() % 2 == 0 ? 0 : Uniform(rng) * 9;
    weights[0] += 1e-9;
    const auto whole = ToMillionths(weights);
    ASSERT_TRUE(whole.has_value());
    EXPECT_EQ(std::accumulate(whole->begin(), whole->end(), int64_t{0}), 1'000'000);
    EXPECT_THAT(*whole, Each(Ge(0)));
  }
}

TEST(ToMillionthsTest, OfNothingAreNone) {
  EXPECT_THAT(ToMillionths({0.0, 0.0}), Eq(std::nullopt));
  EXPECT_THAT(ToMillionths({}), Eq(std::nullopt));
}

}  // namespace
}  // namespace troupe
