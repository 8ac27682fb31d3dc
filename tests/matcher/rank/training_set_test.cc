#include "matcher/rank/training_set.h"

#include <algorithm>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/index/profile_row.h"
#include "matcher/index/pool_writer.h"
#include "matcher/index/terms.h"
#include "matcher/rank/features.h"
#include "matcher/rank/learn_model.h"
#include "matcher/rank/query.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using testing::Cny;
using testing::D;
using testing::Labels;
using testing::ProfileBuilder;
using testing::Worked;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const RoleIndex kDirector = RoleIndexOf("director");
const RoleIndex kWriter = RoleIndexOf("writer");
const RoleIndex kEditor = RoleIndexOf("editor");

std::shared_ptr<const Pool> PoolOf(std::vector<Profile> profiles) {
  PoolWriter writer;
  return writer.Apply({.profiles = std::move(profiles)}).pool;
}

TrainingRules Until(absl::string_view day, uint64_t seed = 1) {
  return {.until = D(day), .asker = OrganizationTerm(OrganizationId("crew")), .seed = seed};
}

TrainingSet::Questions QuestionsOf(const std::vector<Profile>& people, RoleIndex role,
                                   const TrainingRules& rules) {
  const auto pool = PoolOf(people);
  return TrainingSet::Gather(*pool, rules, NeverStop())->Of(role, NeverStop()).value();
}

std::vector<HiringQuestion> Cold(const TrainingSet::Questions& questions) {
  return questions[static_cast<size_t>(Regime::kCold)];
}
std::vector<HiringQuestion> Warm(const TrainingSet::Questions& questions) {
  return questions[static_cast<size_t>(Regime::kWarm)];
}

// A director with a film before all windows of a set until 2020.
ProfileBuilder Director(uint64_t id) {
  return ProfileBuilder().Id(id).Holds("director").With(
      Worked(absl::StrCat("old:", id), "director", "2010-01-01"));
}

TEST(TrainingSetTest, AsksWhoOfThoseWithAnEarlierCreditWasHired) {
  const auto questions = QuestionsOf(
      {Director(1).Build(), Director(2).With(Worked("f:1", "director", "2017-05-01")).Build(),
       Director(3).Build(), ProfileBuilder().Id(4).Holds("director").Build()},
      kDirector, Until("2020-01-01"));
  ASSERT_THAT(Cold(questions), SizeIs(1));
  EXPECT_EQ(Cold(questions)[0].hired, 1u);
  EXPECT_EQ(Cold(questions)[0].candidates, 3u);
}

TEST(TrainingSetTest, HasAWindowOfTwoYearsAndTheOneBefore) {
  const auto questions = QuestionsOf(
      {Director(1)
           .With(Worked("f:early", "director", "2015-12-31"))
           .With(Worked("f:first", "director", "2016-01-01"))
           .With(Worked("f:last", "director", "2019-12-31"))
           .With(Worked("f:late", "director", "2020-01-01"))
           .With(Worked("f:undated", "director"))
           .Build()},
      kDirector, Until("2020-01-01"));
  EXPECT_THAT(Cold(questions), SizeIs(2));
}

TEST(TrainingSetTest, DoesNotAskForNewcomers) {
  const auto questions =
      QuestionsOf({Director(1).Build(), ProfileBuilder()
                                            .Id(2)
                                            .Holds("director")
                                            .With(Worked("f:1", "director", "2017-05-01"))
                                            .Build()},
                  kDirector, Until("2020-01-01"));
  EXPECT_THAT(Cold(questions), IsEmpty());
}

TEST(TrainingSetTest, LooksAtNobodyWhoIsHiddenFromTheAsker) {
  const auto questions = QuestionsOf(
      {Director(1).With(Worked("f:1", "director", "2017-05-01")).Owner("studio").Hidden().Build(),
       Director(2).With(Worked("f:2", "director", "2017-05-01")).Build()},
      kDirector, Until("2020-01-01"));
  ASSERT_THAT(Cold(questions), SizeIs(1));
  EXPECT_EQ(Cold(questions)[0].candidates, 1u);
}

TEST(TrainingSetTest, AttachesWhenWarmWhoIsEngagedBefore) {
  const auto people = [](absl::string_view role) {
    return std::vector<Profile>{
        Director(1).With(Worked("f:1", "director", "2017-05-01")).Build(),
        ProfileBuilder().Id(2).Holds(role).With(Worked("f:1", role, "2017-05-01")).Build()};
  };
  const TrainingRules rules = Until("2020-01-01");
  EXPECT_THAT(Warm(QuestionsOf(people("writer"), kDirector, rules)), SizeIs(1));
  EXPECT_THAT(Warm(QuestionsOf(people("editor"), kDirector, rules)), IsEmpty());
  EXPECT_THAT(Cold(QuestionsOf(people("editor"), kDirector, rules)), SizeIs(1));
}

TEST(TrainingSetTest, KnowsWhoIsEngagedBefore) {
  EXPECT_THAT(EngagedBefore(kDirector), ElementsAre(kWriter, RoleIndexOf("producer")));
  EXPECT_THAT(EngagedBefore(kEditor), ElementsAre(kDirector, RoleIndexOf("producer")));
}

// Twelve years of films by people who come back to genres, companies and each
// other.
std::vector<Profile> Careers(uint64_t seed, size_t count) {
  std::mt19937_64 rng(seed);
  const std::vector<std::string> roles = {"director", "writer", "producer", "editor"};
  std::vector<Profile> people;
  for (size_t i = 0; i < count; ++i) {
    people.push_back(ProfileBuilder().Id(rng()).Holds(roles[i % roles.size()]).Build());
  }
  for (int film = 0; film < static_cast<int>(count) * 6; ++film) {
    const Day date = D("2008-01-01") + static_cast<int32_t>(rng() % (12 * 365));
    const size_t genre = rng() % 6;
    for (size_t role = 0; role < roles.size(); ++role) {
      // Mostly somebody who is at home in the genre.
      size_t person = rng() % count / 4 * 4 + role;
      if (rng() % 4 != 0) person = (genre + 6 * (rng() % (count / 24))) * 4 + role;
      if (person >= count) continue;
      Credit credit = Worked(absl::StrCat("f:", film), roles[role], date.ToString());
      credit.genres = Labels({absl::StrCat("genre", genre)});
      credit.companies = Labels({absl::StrCat("company", genre * 3 + rng() % 3)});
      credit.original_language = rng() % 3 == 0 ? "en" : "zh";
      credit.budget = Cny(int64_t{1} << (10 + rng() % 8));
      people[person].credits.push_back(std::move(credit));
    }
  }
  return people;
}

void ExpectSame(const std::vector<HiringQuestion>& a, const std::vector<HiringQuestion>& b,
                size_t count) {
  ASSERT_GE(a.size(), count);
  ASSERT_GE(b.size(), count);
  for (size_t i = 0; i < count; ++i) {
    EXPECT_EQ(a[i].candidates, b[i].candidates) << i;
    EXPECT_EQ(a[i].hired, b[i].hired) << i;
    EXPECT_EQ(a[i].values, b[i].values) << i;
  }
}

// What is dated after a question was asked changes nothing of it, but for who
// was hired.
TEST(TrainingSetTest, LooksAtNothingLater) {
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    const std::vector<Profile> people = Careers(seed, 96);
    std::vector<Profile> others = people;
    std::mt19937_64 rng(seed);
    for (Profile& person : others) {
      std::erase_if(person.credits,
                    [](const Credit& credit) { return *credit.date >= D("2018-01-01"); });
      // Somewhere else at the time, with whom one will.
      Credit extra = Worked(absl::StrCat("g:", rng() % 20), "gaffer", "2017-02-01");
      extra.genres = Labels({absl::StrCat("genre", rng() % 6)});
      extra.companies = Labels({absl::StrCat("company", rng() % 18)});
      person.credits.push_back(extra);
    }
    const TrainingSet::Questions all = QuestionsOf(people, kDirector, Until("2020-01-01"));
    TrainingRules first = Until("2018-01-01");
    first.windows = 1;
    const TrainingSet::Questions some = QuestionsOf(others, kDirector, first);
    ASSERT_THAT(Cold(some), Not(IsEmpty()));
    ASSERT_THAT(Warm(some), Not(IsEmpty()));
    ExpectSame(Cold(some), Cold(all), Cold(some).size());
    ExpectSame(Warm(some), Warm(all), Warm(some).size());
  }
}

// Years are stated as of today.
TEST(TrainingSetTest, DoesNotKnowHowLongSomebodyWentOn) {
  const auto values = [](int32_t years, int32_t first_year) {
    return Cold(QuestionsOf({ProfileBuilder()
                                 .Id(1)
                                 .Holds("director", 3, years)
                                 .With(Worked("f:0", "director",
                                              absl::StrCat(first_year, "-01-01")))
                                 .With(Worked("f:1", "director", "2015-01-01"))
                                 .With(Worked("f:2", "director", "2019-01-01"))
                                 .Build()},
                            kDirector, Until("2020-01-01")))[0]
        .values;
  };
  EXPECT_EQ(values(30, 2010), values(5, 2010));
  EXPECT_NE(values(30, 2010), values(4, 2010));
}

TEST(TrainingSetTest, DependsOnTheSeedAndNothingElse) {
  const std::vector<Profile> people = Careers(1, 96);
  std::vector<Profile> shuffled = people;
  std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937_64(3));
  TrainingRules rules = Until("2020-01-01", 5);
  rules.negatives = 8;
  const auto once = Cold(QuestionsOf(people, kDirector, rules));
  ExpectSame(once, Cold(QuestionsOf(shuffled, kDirector, rules)), once.size());
  rules.seed = 6;
  const auto other = Cold(QuestionsOf(people, kDirector, rules));
  ASSERT_EQ(once.size(), other.size());
  EXPECT_FALSE(std::equal(once.begin(), once.end(), other.begin(),
                          [](const auto& a, const auto& b) { return a.values == b.values; }));
}

TEST(TrainingSetTest, DrawsAsManyAsItIsTold) {
  TrainingRules rules = Until("2020-01-01");
  rules.negatives = 7;
  rules.most_questions = 10;
  const auto questions = Cold(QuestionsOf(Careers(1, 96), kDirector, rules));
  ASSERT_THAT(questions, SizeIs(10));
  for (const HiringQuestion& question : questions) {
    EXPECT_EQ(question.candidates, question.hired + 7);
  }
}

// One question, put together from what the engine is asked with otherwise.
TEST(TrainingSetTest, HasTheValuesThatTheQuestionWouldGive) {
  Credit hired = Worked("f:1", "director", "2019-05-01");
  hired.genres = Labels({"crime"});
  hired.companies = Labels({"acme"});
  hired.original_language = "zh";
  hired.budget = Cny(5'000);
  Credit earlier = Worked("f:0", "director", "2015-05-01");
  earlier.genres = Labels({"crime"});
  earlier.companies = Labels({"acme"});
  const Profile one = Director(1).With(hired).With(earlier).Build();
  const Profile two = Director(2).Build();
  const auto pool = PoolOf({one, two});
  const Project project = testing::ProjectBuilder()
                              .Owner("crew")
                              .Genre("crime")
                              .Company("acme")
                              .OriginalLanguage("zh")
                              .Budget(Cny(5'000))
                              .Build();
  Opening opening;
  opening.role = "director";
  const Demand demand = MakeDemand(project, opening);
  Rarities rarities(*pool, D("2018-01-01"));
  const Query query(*pool, demand, D("2018-01-01"), rarities, kCareerFeatures);
  HiringQuestion question = Cold(QuestionsOf({one, two}, kDirector, Until("2020-01-01")))[0];
  for (uint64_t id : {1, 2}) {
    const ProfileView view = *pool->FindProfile(ProfileId(id));
    const PerFeature values = Evaluate(query, view, view.FindRole(kDirector));
    for (size_t i = 0; i < kFeatureCount; ++i) {
      EXPECT_FLOAT_EQ(question.At(i, id - 1), static_cast<float>(values[i]) / 1e6f)
          << FeatureName(static_cast<Feature>(i));
    }
  }
}

class StopAtOnce final : public StopToken {
 public:
  bool StopRequested() const override { return true; }
};

TEST(TrainingSetTest, StopsWhenToldTo) {
  const auto pool = PoolOf(Careers(1, 96));
  auto set = TrainingSet::Gather(*pool, Until("2020-01-01"), NeverStop()).value();
  EXPECT_EQ(set.Of(kDirector, StopAtOnce()).status().code(), absl::StatusCode::kCancelled);
}

std::vector<LearnedRole> Learned(const Pool& pool, uint64_t seed) {
  return LearnModel(pool, Until("2020-01-01", seed), NeverStop(), [](int64_t, int64_t) {}).value();
}

TEST(LearnModelTest, LearnsWhatTellsApartWhoIsHired) {
  const auto pool = PoolOf(Careers(1, 96));
  for (const LearnedRole& role : Learned(*pool, 1)) {
    for (const LearnedWeights& weights : role.by_regime) {
      ASSERT_TRUE(weights.weights.has_value());
      EXPECT_LT(weights.loss, weights.loss_of_chance - 0.2);
      int64_t sum = 0;
      for (int64_t weight : *weights.weights) sum += weight;
      EXPECT_EQ(sum, 1'000'000);
    }
  }
}

TEST(LearnModelTest, KeepsTheShippedWeightsOfWhatNoQuestionTells) {
  const auto pool = PoolOf(Careers(1, 96));
  const LearnedRole learned = Learned(*pool, 1).front();
  const size_t skills = static_cast<size_t>(Feature::kSkills);
  const Weights shipped = ScoringModel().Of(learned.role, Regime::kCold);
  ASSERT_GT(shipped[skills], 0);
  EXPECT_EQ((*learned.by_regime[0].weights)[skills], shipped[skills]);
}

TEST(LearnModelTest, LearnsNearlyTheSameWithAnotherSeed) {
  const auto pool = PoolOf(Careers(2, 240));
  const auto once = Learned(*pool, 1), other = Learned(*pool, 2);
  ASSERT_EQ(once.size(), other.size());
  for (size_t role = 0; role < once.size(); ++role) {
    for (size_t regime = 0; regime < kRegimeCount; ++regime) {
      const Weights& a = *once[role].by_regime[regime].weights;
      const Weights& b = *other[role].by_regime[regime].weights;
      for (size_t i = 0; i < kFeatureCount; ++i) EXPECT_LT(std::abs(a[i] - b[i]), 60'000);
    }
  }
}

TEST(LearnModelTest, LeavesRolesWithFewQuestionsAlone) {
  const auto pool =
      PoolOf({Director(1).With(Worked("f:1", "director", "2017-05-01")).Build()});
  const auto learned = Learned(*pool, 1);
  ASSERT_THAT(learned, SizeIs(1));
  EXPECT_EQ(learned[0].by_regime[0].questions, 1);
  EXPECT_FALSE(learned[0].by_regime[0].weights.has_value());
}

TEST(LearnModelTest, SaysHowFarItIs) {
  const auto pool = PoolOf(Careers(1, 96));
  std::vector<int64_t> done;
  ASSERT_TRUE(LearnModel(*pool, Until("2020-01-01"), NeverStop(), [&](int64_t so_far, int64_t all) {
                EXPECT_EQ(all, 4);
                done.push_back(so_far);
              }).ok());
  EXPECT_THAT(done, ElementsAre(0, 1, 2, 3, 4));
}

}  // namespace
}  // namespace troupe
