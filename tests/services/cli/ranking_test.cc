#include <cmath>
#include <fstream>
#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/cli/crew_queries.h"
#include "services/cli/ranking_metrics.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const auto kAll = [](int64_t) { return true; };

TEST(RankingMetricsTest, OfOneFoundThird) {
  const RankingMetrics metrics = MetricsOf({3}, 1);
  EXPECT_DOUBLE_EQ(metrics.mrr, 1.0 / 3);
  EXPECT_DOUBLE_EQ(metrics.recall_at_10, 1);
  EXPECT_DOUBLE_EQ(metrics.ndcg_at_10, 0.5);  // 1 / log2(4), of 1.
}

TEST(RankingMetricsTest, CountWhoIsNotFound) {
  const RankingMetrics metrics = MetricsOf({60, 1}, 4);
  EXPECT_DOUBLE_EQ(metrics.mrr, 1);
  EXPECT_DOUBLE_EQ(metrics.recall_at_10, 0.25);
  EXPECT_DOUBLE_EQ(metrics.recall_at_50, 0.25);
  EXPECT_DOUBLE_EQ(metrics.recall_at_100, 0.5);
  const double ideal = 1 + 1 / std::log2(3) + 0.5 + 1 / std::log2(5);
  EXPECT_DOUBLE_EQ(metrics.ndcg_at_10, 1 / ideal);
}

TEST(RankingMetricsTest, LookNoFurtherThanRank100) {
  EXPECT_DOUBLE_EQ(MetricsOf({100}, 1).mrr, 0.01);
  EXPECT_DOUBLE_EQ(MetricsOf({101}, 1).mrr, 0);
  EXPECT_DOUBLE_EQ(MetricsOf({}, 1).ndcg_at_10, 0);
}

TEST(RankingMetricsTest, AreAtMostOneWhateverIsRanked) {
  std::mt19937_64 rng(1);
  for (int i = 0; i < 200; ++i) {
    const size_t relevant = 1 + rng() % 30;
    std::vector<size_t> best(relevant);
    for (size_t j = 0; j < relevant; ++j) best[j] = j + 1;
    EXPECT_DOUBLE_EQ(MetricsOf(best, relevant).ndcg_at_10, 1);
    best.back() += 1;
    EXPECT_LE(MetricsOf(best, relevant).ndcg_at_10, 1);
  }
}

TEST(RanksInTest, SkipsWhoIsLeftOutAndRepeats) {
  EXPECT_THAT(RanksIn({7, 7, 8, 9}, {9, 8, 5}, kAll), ElementsAre(3, 2));
  EXPECT_THAT(RanksIn({7, 8, 9}, {9}, [](int64_t id) { return id != 7; }), ElementsAre(2));
  EXPECT_THAT(RanksIn({}, {9}, kAll), IsEmpty());
}

TEST(RoleMeansTest, AreMeansOfQueriesAndThenOfRoles) {
  RoleMeans means;
  means.Add("writer", {.mrr = 1});
  means.Add("actor", {.mrr = 0.5});
  means.Add("writer", {.mrr = 0});
  means.Add("writer", {.mrr = 0.5});
  const auto rows = means.Rows();
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].role, "writer");
  EXPECT_EQ(rows[0].queries, 3);
  EXPECT_DOUBLE_EQ(rows[0].mean.mrr, 0.5);
  EXPECT_DOUBLE_EQ(rows[1].mean.mrr, 0.5);
  EXPECT_EQ(rows[2].role, "macro");
  EXPECT_EQ(rows[2].queries, 4);
  EXPECT_DOUBLE_EQ(rows[2].mean.mrr, 0.5);
}

class CrewQueriesTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& text) {
    const std::string path = folder_.Join(name);
    std::ofstream(path) << text;
    return path;
  }

  TempDirectory folder_;
};

constexpr char kQuery[] =
    R"({"qid": "valid-7-dop", "role": "dop", "as_of": "2012-01-01", "genres": [{"id": 27,)"
    R"( "name": "Horror"}], "keywords": [{"id": 588, "name": "rome"}], "language": "cn",)"
    R"( "countries": ["US"], "companies": [{"id": 63, "name": "Room"}], "budget": 1000000,)"
    R"( "attached": {"director": [5], "producer": [6, 5]}, "truth": [9], "date": "2012-02-01"})"
    "\n";

TEST_F(CrewQueriesTest, SayWhatIsKnownOfTheFilmAsImportsDo) {
  const auto queries = ReadCrewQueries(Write("q.jsonl", kQuery)).value();
  ASSERT_EQ(queries.size(), 1u);
  EXPECT_EQ(queries[0].id, "valid-7-dop");
  EXPECT_EQ(queries[0].as_of.ToString(), "2012-01-01");
  EXPECT_EQ(queries[0].project.ShortDebugString(),
            FromText<v1::Project>("genres { id: 'tmdb:27' name: 'Horror' } "
                                  "tags { id: 'tmdb:588' name: 'rome' } "
                                  "companies { id: 'tmdb:63' name: 'Room' } countries: 'US' "
                                  "original_language: 'yue' "
                                  "budget { currency_code: 'USD' units: 1000000 }")
                .ShortDebugString());
  EXPECT_THAT(queries[0].truth, ElementsAre(9));
  EXPECT_TRUE(queries[0].IsAttached(6));
  EXPECT_FALSE(queries[0].IsAttached(9));
}

TEST_F(CrewQueriesTest, NameTheLineThatIsNone) {
  const auto missing = ReadCrewQueries(Write("q.jsonl", std::string(kQuery) + "{}\n"));
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(missing.status().message()), HasSubstr("q.jsonl line 2"));
  EXPECT_EQ(ReasonOf(ReadCrewQueries(folder_.Join("none")).status()), "NO_FILE");
}

TEST_F(CrewQueriesTest, HaveAPoolBesideThem) {
  const std::string path = Write("q.jsonl", kQuery);
  const auto queries = ReadCrewQueries(path).value();
  EXPECT_FALSE(ReadCrewPool(path, queries).value().has_value());
  Write("pool_valid.json", R"({"dop": [9, 8], "actor": []})");
  const CrewPool pool = ReadCrewPool(path, queries).value().value();
  EXPECT_TRUE(pool.at("dop").contains(8));
  EXPECT_FALSE(pool.at("actor").contains(8));
}

TEST(CrewPoolTest, HasWhoWorkedInTheRoleBefore) {
  const auto editor = FromText<v1::Profile>(
      "credits { role: 'editor' date { year: 2011 month: 12 day: 31 } } "
      "credits { role: 'actor' cast_order: 5 date { year: 2001 month: 1 day: 1 } } "
      "credits { role: 'writer' }");
  const Day as_of = Day::Parse("2012-01-01").value();
  EXPECT_TRUE(IsInCrewPool(editor, "editor", as_of));
  EXPECT_FALSE(IsInCrewPool(editor, "editor", as_of - 1));
  EXPECT_FALSE(IsInCrewPool(editor, "writer", as_of));  // Nobody knows when.
  EXPECT_FALSE(IsInCrewPool(editor, "actor", as_of));   // The sixth of the cast.
  EXPECT_TRUE(IsInCrewPool(
      FromText<v1::Profile>(
          "credits { role: 'actor' cast_order: 4 date { year: 2001 month: 1 day: 1 } }"),
      "actor", as_of));
}

}  // namespace
}  // namespace troupe::testing
