#include "matcher/rank/find_profiles.h"

#include <memory>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/index/pool_writer.h"
#include "matcher/index/terms.h"
#include "tests/testing/builders.h"

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

}  // namespace
}  // namespace troupe
