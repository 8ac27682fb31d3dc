#include "matcher/rank/find_profiles.h"

#include <memory>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/index/pool_writer.h"
#include "matcher/index/terms.h"
#include "tests/testing/builders.h"
#include "tests/testing/random_market.h"

namespace troupe {
namespace {

using testing::OpeningBuilder;
using testing::ProfileBuilder;
using testing::ProjectBuilder;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

constexpr Day kToday(20780);  // 2026-11-23

std::shared_ptr<const Pool> PoolOf(std::vector<Profile> profiles) {
  PoolWriter writer;
  return writer.Apply({.profiles = std::move(profiles)}).pool;
}

ProfilesQuestion AskedBy(const ProjectBuilder& builder) {
  const Project project = builder.Build();
  ProfilesQuestion question{.demand = MakeDemand(project, project.openings.front()),
                            .as_of = kToday};
  question.weights = ShippedWeights(question.demand.scalars.role);
  return question;
}

ProfilesQuestion AskedBy(const OpeningBuilder& opening) {
  return AskedBy(ProjectBuilder().With(opening));
}

ProfilesAnswer Find(const std::shared_ptr<const Pool>& pool, const ProfilesQuestion& question) {
  return FindProfiles(*pool, question, NeverStop()).value();
}

std::vector<uint64_t> Ids(const ProfilesAnswer& answer) {
  std::vector<uint64_t> ids;
  for (const auto& ranked : answer.best) ids.push_back(ranked.id.value());
  return ids;
}

ProfileBuilder Director(uint64_t id) { return ProfileBuilder().Id(id).Holds("director"); }

class AlwaysStop final : public StopToken {
 public:
  bool StopRequested() const override { return true; }
};

TEST(FindProfilesTest, FindsTheBestFirstAndTiesByLowerId) {
  const auto pool = PoolOf({Director(3).Build(), Director(2).Knows("riding", 3).Build(),
                            Director(1).Build(), ProfileBuilder().Id(4).Holds("writer").Build()});
  const auto question = AskedBy(OpeningBuilder().Wants("riding", 3));
  EXPECT_THAT(Ids(Find(pool, question)), ElementsAre(2, 1, 3));
}

TEST(FindProfilesTest, FindsNoMoreThanAskedForButCountsAll) {
  ProfilesQuestion question = AskedBy(OpeningBuilder());
  question.top_k = 1;
  question.want_total = true;
  const ProfilesAnswer answer =
      Find(PoolOf({Director(1).Build(), Director(2).Build()}), question);
  EXPECT_THAT(Ids(answer), ElementsAre(1));
  EXPECT_EQ(answer.total, 2);
}

TEST(FindProfilesTest, CountsOnlyWhatIsWanted) {
  const ProfilesAnswer answer = Find(PoolOf({Director(1).Build()}), AskedBy(OpeningBuilder()));
  EXPECT_FALSE(answer.total.has_value());
  EXPECT_FALSE(answer.facets.has_value());
  EXPECT_FALSE(answer.diagnosis.has_value());
}

TEST(FindProfilesTest, LeavesOutThoseTheAskerMayNotSee) {
  const auto pool = PoolOf({Director(1).Owner("studio").Hidden().Build(),
                            Director(2).Owner("studio").Blocks("crew").Build(),
                            Director(3).Hidden().Build()});
  EXPECT_THAT(Ids(Find(pool, AskedBy(OpeningBuilder()))), ElementsAre(3));
}

TEST(FindProfilesTest, LeavesOutTheAttachedUnlessAskedForThem) {
  const auto pool = PoolOf({Director(1).Build(), Director(2).Build()});
  ProfilesQuestion question = AskedBy(OpeningBuilder().Attach(1, "writer"));
  EXPECT_THAT(Ids(Find(pool, question)), ElementsAre(2));
  question.include_attached = true;
  EXPECT_THAT(Ids(Find(pool, question)), UnorderedElementsAre(1, 2));
}

TEST(FindProfilesTest, WeighsAsTheQuestionSays) {
  const auto pool = PoolOf({Director(1).Knows("riding", 5).TravelsAnywhere().Build(),
                            Director(2).Home("xian").Build()});
  ProfilesQuestion question =
      AskedBy(ProjectBuilder().Place("xian").With(OpeningBuilder().Wants("riding", 5)));
  question.weights = MakeWeights({{"place", 1'000'000}}).value();
  EXPECT_EQ(Find(pool, question).best.front(), (Ranked<ProfileId>{ProfileId(2), 1'000'000}));
}

TEST(FindProfilesTest, CountsFacetsOfTheEligible) {
  ProfilesQuestion question = AskedBy(OpeningBuilder().AllDays("2026-12-01", 3));
  question.want_facets = true;
  const auto pool = PoolOf({Director(1).Home("xian").Speaks("zh").Held("2026-12-02", 1).Build(),
                            Director(2).Speaks("zh").Speaks("en").Build(),
                            Director(3).Busy("2026-12-02", 1).Build()});
  const ProfileFacets facets = *Find(pool, question).facets;
  EXPECT_THAT(facets.home, UnorderedElementsAre(Pair(PlaceIndexOf("xian"), 1), Pair(kNone, 1)));
  EXPECT_THAT(facets.level, UnorderedElementsAre(Pair(3, 2)));
  const auto spoken_by = [](int64_t count) { return Field(&LanguageFacet::count, count); };
  EXPECT_THAT(facets.language,
              UnorderedElementsAre(Pair(Term(Term::Vocabulary::kLanguage, "zh"), spoken_by(2)),
                                   Pair(Term(Term::Vocabulary::kLanguage, "en"), spoken_by(1))));
  EXPECT_THAT(facets.contended, UnorderedElementsAre(Pair(true, 1), Pair(false, 1)));
}

TEST(FindProfilesTest, SaysWhyNobodyWasFound) {
  const auto pool = PoolOf({Director(1).Rate("director", 1'300).Build(),
                            Director(2).Rate("director", 1'200).Build(),
                            Director(3).Rate("director", 1'100).Owner("studio").Hidden().Build()});
  const ProfilesAnswer answer = Find(pool, AskedBy(OpeningBuilder().Ceiling(1'000)));
  const size_t day_rate = static_cast<size_t>(Requirement::kDayRate);
  EXPECT_THAT(answer.best, IsEmpty());
  ASSERT_TRUE(answer.diagnosis.has_value());
  EXPECT_EQ(answer.diagnosis->considered, 2);
  EXPECT_EQ(answer.diagnosis->failures[day_rate], 2);
  EXPECT_EQ(answer.diagnosis->nearest[day_rate]->profile, ProfileId(2));
  EXPECT_EQ(answer.diagnosis->nearest[day_rate]->shortfall, 200);
}

TEST(FindProfilesTest, NamesNobodyAsNearWhoFailsSeveralRequirements) {
  const auto pool = PoolOf({Director(1).Rate("director", 1'300).Build()});
  const ProfilesAnswer answer =
      Find(pool, AskedBy(OpeningBuilder().Ceiling(1'000).Language("zh")));
  for (const auto& nearest : answer.diagnosis->nearest) EXPECT_FALSE(nearest.has_value());
}

TEST(FindProfilesTest, FindsNobodyInAnEmptyPool) {
  const ProfilesAnswer answer = Find(PoolOf({}), AskedBy(OpeningBuilder()));
  EXPECT_THAT(answer.best, IsEmpty());
  EXPECT_EQ(answer.diagnosis->considered, 0);
}

TEST(FindProfilesTest, StopsWhenTheQuestionIsWithdrawn) {
  std::vector<Profile> many;
  for (uint64_t id = 1; id <= 5'000; ++id) many.push_back(Director(id).Build());
  EXPECT_EQ(FindProfiles(*PoolOf(many), AskedBy(OpeningBuilder()), AlwaysStop()).status().code(),
            absl::StatusCode::kCancelled);
}

// --- places for newcomers, and spread ---

std::shared_ptr<const Pool> RandomPool(uint64_t seed) {
  const testing::Market market = testing::RandomMarket(seed, 150, 1);
  return PoolOf(market.profiles);
}

// Everybody who is eligible, best first: all that the rules below choose from.
ProfilesAnswer Everybody(const std::shared_ptr<const Pool>& pool, ProfilesQuestion question) {
  question.top_k = 1'000;
  question.newcomers = 0;
  question.spread = 0;
  return Find(pool, question);
}

TEST(FindProfilesTest, KeepsPlacesForTheBestNewcomersExactly) {
  size_t placed = 0;
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    const auto pool = RandomPool(seed);
    ProfilesQuestion question = AskedBy(OpeningBuilder());
    question.top_k = 1 + seed % 12;
    question.newcomers = seed % 7;
    const ProfilesAnswer answer = Find(pool, question);
    std::vector<Ranked<ProfileId>> newcomers;
    std::vector<Ranked<ProfileId>> others;
    for (const auto& ranked : Everybody(pool, question).best) {
      const bool is_new =
          IsNewcomer(*pool->FindProfile(ranked.id), question.demand.scalars.role, kToday);
      (is_new ? newcomers : others).push_back(ranked);
    }
    // Of all ways to choose with as many newcomers as are asked for, the best.
    const size_t kept = std::min({question.newcomers, question.top_k, newcomers.size()});
    std::vector<Ranked<ProfileId>> expected(newcomers.begin(),
                                            newcomers.begin() + static_cast<ptrdiff_t>(kept));
    std::vector<Ranked<ProfileId>> rest(newcomers.begin() + static_cast<ptrdiff_t>(kept),
                                        newcomers.end());
    rest.insert(rest.end(), others.begin(), others.end());
    std::sort(rest.begin(), rest.end(), RanksAbove<ProfileId>);
    for (const auto& ranked : rest) {
      if (expected.size() < question.top_k) expected.push_back(ranked);
    }
    std::sort(expected.begin(), expected.end(), RanksAbove<ProfileId>);
    EXPECT_EQ(answer.best, expected) << seed;
    ProfilesQuestion plain = question;
    plain.newcomers = 0;
    const ProfilesAnswer without = Find(pool, plain);
    for (const auto& ranked : answer.best) {
      const bool was_there =
          std::count(without.best.begin(), without.best.end(), ranked) > 0;
      const bool is_told = std::count(answer.for_newcomers.begin(), answer.for_newcomers.end(),
                                      ranked.id) > 0;
      EXPECT_EQ(is_told, !was_there);
      placed += is_told;
    }
  }
  EXPECT_GT(placed, 10u);
}

TEST(FindProfilesTest, SpreadsOnlyAmongThoseWithinTheTolerance) {
  const auto pool = RandomPool(3);
  ProfilesQuestion question = AskedBy(OpeningBuilder());
  question.top_k = 5;
  const std::vector<Ranked<ProfileId>> all = Everybody(pool, question).best;
  ASSERT_GT(all.size(), 5u);
  std::set<uint64_t> named;
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    question.spread = 20'000;
    question.spread_seed = seed;
    const ProfilesAnswer answer = Find(pool, question);
    EXPECT_EQ(answer.best, Find(pool, question).best);  // The same seed, the same answer.
    int64_t sum = 0;
    for (const auto& ranked : answer.best) {
      EXPECT_GE(ranked.score_millionths, all[4].score_millionths - question.spread);
      EXPECT_EQ(std::count(all.begin(), all.end(), ranked), 1);  // With the true score.
      named.insert(ranked.id.value());
      sum += ranked.score_millionths;
    }
    int64_t most = 0;
    for (size_t i = 0; i < 5; ++i) most += all[i].score_millionths;
    EXPECT_EQ(answer.spread_loss, most / 5 - sum / 5);
    EXPECT_LE(answer.spread_loss, question.spread);
  }
  EXPECT_GT(named.size(), 5u);
}

TEST(FindProfilesTest, LetsPeopleStandBackWhoWereContacted) {
  const auto pool = RandomPool(3);
  ProfilesQuestion question = AskedBy(OpeningBuilder());
  question.top_k = 5;
  const std::vector<Ranked<ProfileId>> all = Everybody(pool, question).best;
  question.spread = 30'000;
  question.contacts = {{all[0].id, 1}, {all[2].id, 9}};
  std::vector<Ranked<ProfileId>> expected = all;
  const auto discount = [&](const Ranked<ProfileId>& ranked) {
    return ranked.id == all[0].id ? 15'000 : ranked.id == all[2].id ? 27'000 : 0;
  };
  std::sort(expected.begin(), expected.end(), [&](const auto& a, const auto& b) {
    const int64_t by_a = a.score_millionths - discount(a);
    const int64_t by_b = b.score_millionths - discount(b);
    return by_a != by_b ? by_a > by_b : a.id < b.id;
  });
  expected.resize(5);
  EXPECT_EQ(Find(pool, question).best, expected);
  EXPECT_NE(expected.front(), all.front());
}

}  // namespace
}  // namespace troupe
