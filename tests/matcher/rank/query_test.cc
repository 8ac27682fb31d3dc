#include "matcher/rank/query.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/matcher/rank/asked.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using testing::Asked;
using testing::D;
using testing::kAskedOn;
using testing::OpeningBuilder;
using testing::ProfileBuilder;
using testing::ProjectBuilder;
using testing::Worked;
using ::testing::IsNull;
using ::testing::NotNull;

const Term kFilm(Term::Vocabulary::kProduction, "f:1");

TEST(QueryTest, AsksForTheDaysThatAreNotPast) {
  const Asked asked(ProjectBuilder().With(OpeningBuilder().AllDays("2026-11-20", 5)));
  EXPECT_EQ(asked.query().window().start, kAskedOn);
  EXPECT_EQ(asked.query().window().limit, D("2026-11-25"));
}

TEST(QueryTest, WeighsTraitsByKindAndRarity) {
  const Asked asked(ProjectBuilder().Genre("crime").Tag("ghost").With(OpeningBuilder()));
  EXPECT_EQ(asked.query().TraitWeight(Term(Term::Vocabulary::kGenre, "crime")), 10'000'000);
  EXPECT_EQ(asked.query().TraitWeight(Term(Term::Vocabulary::kTag, "ghost")), 7'000'000);
  EXPECT_EQ(asked.query().TraitWeight(Term(Term::Vocabulary::kTag, "crime")), 0);
  EXPECT_EQ(asked.query().total_trait_weight(), 17'000'000);
}

TEST(QueryTest, KnowsWhereTheAttachedWorkedAndInWhat) {
  const Asked asked(ProjectBuilder().Attach(7, "writer").With(OpeningBuilder()),
                    {ProfileBuilder().Id(7).With(Worked("f:1", "writer")).Build()});
  const auto* colleagues = asked.query().ColleaguesOn(kFilm);
  ASSERT_THAT(colleagues, NotNull());
  ASSERT_EQ(colleagues->size(), 1u);
  EXPECT_EQ(colleagues->front().profile, ProfileId(7));
  EXPECT_TRUE(colleagues->front().in_role);
}

TEST(QueryTest, LeavesOutAttachedPeopleWhoAreNotThere) {
  const Asked asked(ProjectBuilder().Attach(7, "writer").With(OpeningBuilder()));
  EXPECT_THAT(asked.query().ColleaguesOn(kFilm), IsNull());
}

TEST(QueryTest, LeavesOutAttachedPeopleWhoHideFromTheOwner) {
  const Asked asked(
      ProjectBuilder().Attach(7, "writer").With(OpeningBuilder()),
      {ProfileBuilder().Id(7).Owner("studio").Blocks("crew").With(Worked("f:1", "writer")).Build()});
  EXPECT_THAT(asked.query().ColleaguesOn(kFilm), IsNull());
}

}  // namespace
}  // namespace troupe
