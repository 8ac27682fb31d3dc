#include "matcher/index/production_facts.h"

#include <random>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/index/profile_row.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using testing::D;
using testing::Labels;
using testing::ProfileBuilder;
using testing::Worked;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Term kGhost(Term::Vocabulary::kTag, "ghost");

std::vector<ProductionFact> FactsOf(const ProfileBuilder& builder, int32_t count = 1) {
  const ProfileRow row = MakeProfileRow(builder.Build());
  std::vector<ProductionFact> facts;
  AddFacts(row.View(), count, facts);
  return SumFacts(facts);
}

int64_t Count(const std::vector<std::vector<ProductionFact>>& sources, Term item, Day as_of) {
  const std::vector<absl::Span<const ProductionFact>> spans(sources.begin(), sources.end());
  return CountProductions(spans, item, as_of);
}

Credit WithTag(absl::string_view production, absl::string_view date) {
  Credit credit = Worked(production, "writer", date);
  credit.tags = Labels({"ghost"});
  return credit;
}

TEST(ProductionFactsTest, CountAProductionOnceThoughSeveralCreditsNameIt) {
  const auto facts = FactsOf(
      ProfileBuilder().With(WithTag("tmdb:1", "2020-01-01")).With(WithTag("tmdb:1", "2020-01-01")));
  EXPECT_EQ(Count({facts, facts}, kGhost, D("2026-01-01")), 1);
}

TEST(ProductionFactsTest, CountWhatIsDatedBeforeTheDayOnly) {
  const auto facts = FactsOf(ProfileBuilder().With(WithTag("tmdb:1", "2020-01-01")));
  EXPECT_EQ(Count({facts}, kGhost, D("2020-01-01")), 0);
  EXPECT_EQ(Count({facts}, kGhost, D("2020-01-02")), 1);
}

TEST(ProductionFactsTest, CountAnUndatedProductionOnAnyDay) {
  const auto facts = FactsOf(ProfileBuilder().With(WithTag("tmdb:1", "")));
  EXPECT_EQ(Count({facts}, kGhost, D("1900-01-01")), 1);
}

TEST(ProductionFactsTest, CountAllProductionsForTheEmptyTerm) {
  const auto facts = FactsOf(
      ProfileBuilder().With(WithTag("tmdb:1", "2020-01-01")).With(Worked("tmdb:2", "writer")));
  EXPECT_EQ(Count({facts}, Term(), D("2026-01-01")), 2);
  EXPECT_EQ(Count({facts}, kGhost, D("2026-01-01")), 1);
}

TEST(ProductionFactsTest, KnowGenresCompaniesCountriesAndTheLanguage) {
  Credit credit = Worked("tmdb:1", "writer");
  credit.genres = Labels({"crime"});
  credit.companies = Labels({"co:1"});
  credit.countries = {"CN"};
  credit.original_language = "zh";
  const auto facts = FactsOf(ProfileBuilder().With(credit));
  for (const Term item :
       {Term(Term::Vocabulary::kGenre, "crime"), Term(Term::Vocabulary::kCompany, "co:1"),
        Term(Term::Vocabulary::kCountry, "CN"), Term(Term::Vocabulary::kLanguage, "zh")}) {
    EXPECT_EQ(Count({facts}, item, D("2026-01-01")), 1);
  }
}

TEST(ProductionFactsTest, SayNothingOfHiddenProfiles) {
  EXPECT_THAT(FactsOf(ProfileBuilder().Hidden().With(WithTag("tmdb:1", "2020-01-01"))), IsEmpty());
}

TEST(ProductionFactsTest, AreTakenBackByNegativeCounts) {
  const ProfileBuilder person = ProfileBuilder().With(WithTag("tmdb:1", "2020-01-01"));
  EXPECT_EQ(Count({FactsOf(person), FactsOf(person, -1)}, kGhost, D("2026-01-01")), 0);
}

TEST(ProductionFactsTest, SumEqualOnesAndDropZeros) {
  const ProductionFact one{.item = kGhost, .count = 1};
  const ProductionFact less{.item = kGhost, .count = -1};
  EXPECT_THAT(SumFacts({one, one}), ElementsAre(ProductionFact{.item = kGhost, .count = 2}));
  EXPECT_THAT(SumFacts({one, less}), IsEmpty());
}

// A few facts of few kinds, so that many meet.
std::vector<ProductionFact> RandomFacts(std::mt19937_64& rng) {
  std::vector<ProductionFact> facts(rng() % 20);
  for (ProductionFact& fact : facts) {
    fact.item = rng() % 2 == 0 ? Term() : kGhost;
    fact.production = Term(Term::Vocabulary::kProduction, absl::StrCat(rng() % 3));
    fact.date = static_cast<int32_t>(rng() % 2);
    fact.count = rng() % 2 == 0 ? 1 : -1;
  }
  return facts;
}

TEST(ProductionFactsTest, MergeToTheSumOfAll) {
  std::mt19937_64 rng(5);
  for (int round = 0; round < 500; ++round) {
    std::vector<std::vector<ProductionFact>> sources(rng() % 5);
    std::vector<ProductionFact> all;
    for (auto& source : sources) {
      source = SumFacts(RandomFacts(rng));
      all.insert(all.end(), source.begin(), source.end());
    }
    const std::vector<absl::Span<const ProductionFact>> spans(sources.begin(), sources.end());
    ASSERT_EQ(MergeFacts(spans), SumFacts(all)) << round;
  }
}

}  // namespace
}  // namespace troupe
