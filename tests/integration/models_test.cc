#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/cli/json_text.h"
#include "tests/integration/child_process.h"
#include "tests/integration/server_process.h"
#include "tests/integration/troupe_command.h"
#include "tests/testing/status_matchers.h"
#include "troupe/v1/model_service.pb.h"
#include "troupe/v1/scoring_model.pb.h"

namespace troupe::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kDirectors = 12;

std::string Film(int director, int year) {
  return absl::StrCat(R"({"production":"tmdb:)", director * 100 + year % 100,
                      R"(","title":"Film","role":"director","date":{"year":)", year,
                      R"(,"month":6,"day":1},"genres":[{"id":"tmdb:)", director,
                      R"(","name":"Genre"}]})");
}

// Directors who make a film of their own genre each year, 2010 to 2017.
std::string People() {
  std::string lines;
  for (int director = 1; director <= kDirectors; ++director) {
    absl::StrAppend(&lines, R"({"external_id":{"source":"tmdb","id":")", director,
                    R"("},"display_name":"Director )", director,
                    R"(","findability":"FINDABILITY_FINDABLE",)",
                    R"("roles":[{"role":"director","level":3}],"credits":[)");
    for (int year = 2010; year <= 2017; ++year) {
      absl::StrAppend(&lines, year == 2010 ? "" : ",", Film(director, year));
    }
    absl::StrAppend(&lines, "]}\n");
  }
  return lines;
}

// A film of each genre, of which the first three are directed by somebody who is
// attached as the writer.
std::string Queries() {
  std::string lines;
  for (int director = 1; director <= kDirectors; ++director) {
    absl::StrAppend(&lines, R"({"qid":"test-)", director,
                    R"(-director","role":"director","as_of":"2018-01-01","genres":[{"id":)",
                    director, R"(,"name":"Genre"}],"keywords":[],"language":null,"countries":[],)",
                    R"("companies":[],"budget":0,"attached":{"writer":[)",
                    director <= 3 ? absl::StrCat(director) : "999", R"(]},"truth":[)", director,
                    "]}\n");
  }
  return lines;
}

class ModelsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_THAT(server_.Start(), IsOk());
    command_.emplace(server_.address());
    WriteFile(Troupe().folder().Join("people.jsonl"), People());
    Troupe().Json({"import", "--format=jsonl", "--kind=profiles", "people.jsonl"});
    WriteFile(Troupe().folder().Join("queries.jsonl"), Queries());
  }
  TroupeCommand& Troupe() { return *command_; }
  v1::ScoringModel Learn(const std::string& seed) {
    v1::ScoringModel model;
    EXPECT_THAT(FromJson(Troupe().Json({"learn", "--model=films", "--until=2018-01-01",
                                       absl::StrCat("--seed=", seed)}),
                         "output", model),
                IsOk());
    return model;
  }

  const TempDirectory folder_;
  ServerProcess server_{folder_.Join("data")};
  std::optional<TroupeCommand> command_;  // Once the server has an address.
};

TEST_F(ModelsTest, LearnsKeepsShowsAndDeletes) {
  const v1::ScoringModel first = Learn("1");
  EXPECT_EQ(first.name(), "scoringModels/films@1");
  const v1::ScoringModel again = Learn("1");
  EXPECT_EQ(again.version(), 2);
  EXPECT_EQ(again.roles(0).DebugString(), first.roles(0).DebugString());
  EXPECT_THAT(Troupe()({"models", "show", "films@1"}).out,
              AllOf(HasSubstr("learned from careers before 2018-01-01, seed 1"),
                    HasSubstr("director")));
  EXPECT_THAT(Troupe()({"models", "list"}).out, HasSubstr("scoringModels/films"));
  EXPECT_EQ(Troupe()({"models", "delete", "films"}).exit_code, 0);
  EXPECT_THAT(Troupe()({"models", "list"}).out, HasSubstr("no models"));
  EXPECT_THAT(Troupe()({"models", "show", "films"}).err, HasSubstr("there is no"));
}

TEST_F(ModelsTest, AsksWithAModel) {
  Learn("1");
  WriteFile(Troupe().folder().Join("opening.json"),
            R"({"project":{"genres":[{"id":"tmdb:7","name":"Genre"}]},)"
            R"("opening":{"role":"director"}})");
  EXPECT_THAT(Troupe()({"find", "--ad-hoc", "opening.json", "--top=1", "--model=films"}).out,
              HasSubstr("Director 7"));
  EXPECT_EQ(Troupe()({"find", "--ad-hoc", "opening.json", "--model=films", "--weights=genres=1"})
                .exit_code,
            2);
  EXPECT_THAT(Troupe()({"find", "--ad-hoc", "opening.json", "--model=none"}).err,
              HasSubstr("there is no scoringModels/none"));
}

TEST_F(ModelsTest, MeasuresHowWellItAnswers) {
  Learn("1");
  const std::string cold =
      Troupe().Json({"evaluate", "queries.jsonl", "--model=films", "--run=run.jsonl"});
  EXPECT_THAT(cold, HasSubstr(R"({"role":"macro","queries":12,"mrr":1.0,"recall_at_10":1.0,)"
                              R"("recall_at_50":1.0,"recall_at_100":1.0,"ndcg_at_10":1.0})"));
  const std::string run = Contents(Troupe().folder().Join("run.jsonl"));
  EXPECT_THAT(run, HasSubstr(R"({"qid":"test-4-director","ranked":[4,)"));
  EXPECT_THAT(Troupe()({"evaluate", "queries.jsonl", "--model=films"}).out,
              AllOf(HasSubstr("NDCG@10"), HasSubstr("1.0000")));
}

TEST_F(ModelsTest, LeavesAttachedPeopleOutWhereOthersAreMeant) {
  Learn("1");
  EXPECT_THAT(Troupe().Json({"evaluate", "queries.jsonl", "--regime=warm", "--model=films"}),
              HasSubstr(R"("role":"director","queries":12,)"));
  EXPECT_THAT(Troupe().Json({"evaluate", "queries.jsonl", "--regime=warm-new", "--model=films"}),
              HasSubstr(R"("role":"director","queries":9,)"));
}

TEST_F(ModelsTest, TakesThePoolFromAFileBesideTheQueries) {
  Learn("1");
  WriteFile(Troupe().folder().Join("pool_test.json"), R"({"director": [4, 5]})");
  Troupe().Json({"evaluate", "queries.jsonl", "--model=films", "--run=run.jsonl"});
  const std::string run = Contents(Troupe().folder().Join("run.jsonl"));
  EXPECT_THAT(run, HasSubstr(R"({"qid":"test-4-director","ranked":[4,5]})"));
  EXPECT_THAT(run, Not(HasSubstr("6,")));
}

}  // namespace
}  // namespace troupe::testing
