#include <csignal>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/cli/json_text.h"
#include "tests/integration/asking.h"
#include "tests/integration/child_process.h"
#include "tests/integration/server_process.h"
#include "tests/integration/troupe_command.h"
#include "tests/testing/status_matchers.h"

namespace troupe::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string Sample(const std::string& name) { return TROUPE_SAMPLES "/" + name; }

// A result with this exit code that says `words` on standard error only.
MATCHER_P2(FailsWith, exit_code, words, "") {
  *result_listener << arg.exit_code << ": " << arg.out << arg.err;
  return arg.exit_code == exit_code && arg.out.empty() &&
         ::testing::ExplainMatchResult(words, arg.err, result_listener);
}

// A result that prints `words`.
MATCHER_P(Prints, words, "") {
  *result_listener << arg.exit_code << ": " << arg.err;
  return arg.exit_code == 0 && ::testing::ExplainMatchResult(words, arg.out, result_listener);
}

template <typename Message>
Message Parsed(const std::string& json) {
  Message message;
  EXPECT_THAT(FromJson(json, "output", message), IsOk());
  return message;
}

class CliTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_THAT(server_.Start(), IsOk()); }

  TroupeCommand Troupe() { return TroupeCommand(server_.address()); }
  std::string ImportFilms() {
    return Troupe().Json({"import", "--format=tmdb", "--findable=yes", Sample("tmdb_movies.csv"),
                          Sample("tmdb_credits.csv")});
  }
  std::string Generate(const std::string& seed) {
    return Troupe().Json({"generate", "--profiles=40", "--projects=3", "--today=2026-11-23",
                          absl::StrCat("--seed=", seed)});
  }
  std::string Digest() { return Statistics(server_.As("operator")).value().digest(); }

  const TempDirectory folder_;
  ServerProcess server_{folder_.Join("data")};
};

// The people of the samples, and one project: openings for a director, a gaffer
// and an actor.
class CliSampleTest : public CliTest {
 protected:
  void SetUp() override {
    CliTest::SetUp();
    Troupe().Json({"import", "--format=jsonl", "--kind=profiles", Sample("profiles.jsonl")});
    Troupe().Json({"import", "--format=jsonl", "--kind=projects", Sample("projects.jsonl")});
    project_ = Parsed<v1::Project>(Troupe().Json({"list", "projects"}));
    opening_ = project_.openings(0).name();
    director_ = NameOf("director");
    gaffer_ = NameOf("gaffer");
  }
  std::string NameOf(const std::string& role) {
    return Parsed<v1::Profile>(Troupe().Json({"list", "profiles", "--role", role})).name();
  }

  v1::Project project_;
  std::string opening_;
  std::string director_;
  std::string gaffer_;
};

TEST_F(CliTest, ImportsFilmsAndTheirPeople) {
  EXPECT_THAT(ImportFilms(),
              AllOf(HasSubstr(R"("films_kept":8,)"), HasSubstr(R"("rejects":0)"),
                    HasSubstr(R"("acted":7,"directed":4,"wrote":4,)"),
                    HasSubstr(R"("projects":{"created":8,"updated":0,)"),
                    HasSubstr(R"("profiles":{"created":11,"updated":0,)")));
}

TEST_F(CliTest, WritesNothingWhenTheSameFilesAreImportedAgain) {
  ImportFilms();
  const std::string digest = Digest();
  const std::string people = Troupe().Json({"list", "profiles"});
  EXPECT_THAT(ImportFilms(),
              AllOf(HasSubstr(R"("created":0,"updated":0,"unchanged":8,"rejected":0)"),
                    HasSubstr(R"("created":0,"updated":0,"unchanged":11,"rejected":0)")));
  EXPECT_EQ(Digest(), digest);
  EXPECT_EQ(Troupe().Json({"list", "profiles"}), people);  // With the same etags.
}

TEST_F(CliTest, TellsAndKeepsBadLinesAndImportsTheGoodOnes) {
  TroupeCommand troupe = Troupe();
  WriteFile(troupe.folder().Join("people.jsonl"),
            "nonsense\n{\"display_name\":\"Ada\"}\n"
            "{\"display_name\":\"Bo\",\"findability\":\"FINDABILITY_HIDDEN\"}\n");
  const auto imported = troupe({"import", "--format=jsonl", "--kind=profiles", "people.jsonl"});
  EXPECT_EQ(imported.exit_code, 1);
  EXPECT_THAT(imported.err, AllOf(HasSubstr("people.jsonl:1: "),
                                  HasSubstr("people.jsonl:2: findability: is not stated")));
  EXPECT_THAT(Contents(troupe.folder().Join("troupe-rejects.jsonl")),
              AllOf(HasSubstr(R"("line":1)"), HasSubstr(R"("line":2)"), Not(HasSubstr("Bo"))));
  EXPECT_THAT(troupe({"list", "profiles"}), Prints(AllOf(HasSubstr("Bo"), Not(HasSubstr("Ada")))));
}

TEST_F(CliTest, GeneratesTheSameMarketForTheSameSeed) {
  EXPECT_THAT(Generate("7"), AllOf(HasSubstr(R"("profiles":{"created":40,)"),
                                   HasSubstr(R"("projects":{"created":3,)")));
  const std::string digest = Digest();
  EXPECT_THAT(Generate("7"), AllOf(HasSubstr(R"("unchanged":40,"rejected":0)"),
                                   HasSubstr(R"("unchanged":3,"rejected":0)")));
  EXPECT_EQ(Digest(), digest);
}

TEST_F(CliTest, GeneratesAnotherMarketForAnotherSeed) {
  Generate("7");
  EXPECT_THAT(Generate("8"), HasSubstr(R"("profiles":{"created":40,)"));
}

TEST_F(CliTest, ShowsTheStatisticsToTheOperatorOnly) {
  EXPECT_THAT(Troupe()({"stats"}), Prints(HasSubstr(Digest())));
  EXPECT_THAT(Troupe()({"--organization=crew", "stats"}), FailsWith(1, HasSubstr("operator")));
}

TEST_F(CliSampleTest, PrintsWhoFitsAnOpeningAndWhy) {
  EXPECT_THAT(Troupe()({"find", opening_}),
              Prints(AllOf(HasSubstr("沈亦舟"), HasSubstr(director_),
                           HasSubstr("vertical-framing at level 5 of 4 asked"),
                           Not(HasSubstr("赵大川")))));
}

TEST_F(CliSampleTest, PrintsTheOpeningsThatFitAPerson) {
  EXPECT_THAT(Troupe()({"openings", director_}),
              Prints(AllOf(HasSubstr("古巷来信"), HasSubstr(opening_))));
}

TEST_F(CliSampleTest, PrintsWhyNotAndWhatWouldChangeThat) {
  EXPECT_THAT(Troupe()({"why", gaffer_, opening_}),
              Prints(AllOf(HasSubstr("does not fit"), HasSubstr("-> grow into the role"))));
}

TEST_F(CliSampleTest, ScoresAlikeInBothDirectionsAndInTheExplanation) {
  const auto found = Parsed<v1::FindProfilesResponse>(Troupe().Json({"find", opening_}));
  const auto openings = Parsed<v1::FindOpeningsResponse>(Troupe().Json({"openings", director_}));
  const auto why = Parsed<v1::ExplainMatchResponse>(Troupe().Json({"why", director_, opening_}));
  ASSERT_EQ(found.matches_size(), 1);
  ASSERT_EQ(openings.matches_size(), 1);
  EXPECT_TRUE(why.eligible());
  EXPECT_GT(why.match().score_millionths(), 0);
  EXPECT_EQ(found.matches(0).score_millionths(), why.match().score_millionths());
  EXPECT_EQ(openings.matches(0).score_millionths(), why.match().score_millionths());
}

TEST_F(CliSampleTest, FindsPeopleForAnOpeningThatIsNotStored) {
  EXPECT_THAT(Troupe()({"find", "--ad-hoc", Sample("opening.json")}),
              Prints(AllOf(HasSubstr("盛夏的戏台"), HasSubstr("林芷若"))));
}

TEST_F(CliSampleTest, RecordsWhatCameOfAnOpeningAndKeepsIt) {
  ASSERT_EQ(Troupe()({"find", opening_, "--record-shown"}).exit_code, 0);
  EXPECT_THAT(Troupe()({"outcome", "record", opening_, "declined", director_, "--reason=rate",
                        "--day=2026-01-02"}),
              Prints(HasSubstr("recorded declined for 1 person")));
  ASSERT_EQ(Troupe()({"outcome", "record", opening_, "rated", director_, "--stars=4.5"}).exit_code,
            0);
  server_.Kill();
  ASSERT_THAT(server_.Start(), IsOk());
  EXPECT_THAT(Troupe()({"outcome", "list", opening_}),
              Prints(AllOf(HasSubstr("shown"), HasSubstr("2026-01-02"), HasSubstr("rate"),
                           HasSubstr("4.5 of 5"))));
  EXPECT_THAT(Troupe()({"why", director_, opening_}),
              Prints(HasSubstr("likely to accept: 0.450")));
  EXPECT_THAT(Troupe()({"outcome", "fairness", "--by=newcomer"}),
              Prints(AllOf(HasSubstr("over 1 opening\n"), HasSubstr("impact"))));
  EXPECT_THAT(Troupe()({"outcome", "delete", opening_, "--profile", director_}),
              Prints(HasSubstr("deleted")));
  EXPECT_THAT(Troupe()({"outcome", "list", opening_}), Prints(Not(HasSubstr("4.5 of 5"))));
  EXPECT_THAT(Troupe()({"learn", "--model=ours", "--from=outcomes"}),
              FailsWith(1, HasSubstr("no role has 30 openings of yours")));
  EXPECT_THAT(Troupe()({"outcome", "record", opening_, "booked", director_, "--reason=rate"}),
              FailsWith(1, HasSubstr("reason is set, but nobody declined")));
}

TEST_F(CliSampleTest, ShowsProfilesProjectsAndOpenings) {
  EXPECT_THAT(Troupe()({"show", director_}), Prints(StartsWith("沈亦舟")));
  EXPECT_THAT(Troupe()({"show", project_.name()}), Prints(StartsWith("古巷来信")));
  EXPECT_THAT(Troupe()({"show", opening_}), Prints(HasSubstr("导演")));
  EXPECT_EQ(Parsed<v1::Profile>(Troupe().Json({"show", director_})).display_name(), "沈亦舟");
}

TEST_F(CliSampleTest, ListsOneDocumentALine) {
  const std::string json = Troupe().Json({"list", "profiles"});
  const std::vector<std::string> lines = absl::StrSplit(json, '\n', absl::SkipEmpty());
  ASSERT_EQ(lines.size(), 3U);
  for (const std::string& line : lines) EXPECT_NE(Parsed<v1::Profile>(line).etag(), "");
}

TEST_F(CliSampleTest, FailsForAnOpeningThatIsNotThere) {
  const std::string absent = project_.name() + "/openings/9";
  EXPECT_THAT(Troupe()({"find", absent}), FailsWith(1, HasSubstr("there is no " + absent)));
}

TEST_F(CliSampleTest, FailsForAPersonWhoIsNotThere) {
  EXPECT_THAT(Troupe()({"show", "profiles/0000000000000001"}),
              FailsWith(1, HasSubstr("there is no profiles/0000000000000001")));
}

TEST_F(CliSampleTest, FailsForANameOfAnotherKindAndSaysHowOneIsWritten) {
  EXPECT_THAT(Troupe()({"find", project_.name()}),
              FailsWith(1, HasSubstr("/openings/ and a number from 1")));
  EXPECT_THAT(Troupe()({"why", "Ada", opening_}),
              FailsWith(1, HasSubstr("give profiles/ and 16 lower-case hexadecimal digits")));
}

TEST_F(CliSampleTest, FailsForWeightsThatAreNotAWhole) {
  EXPECT_THAT(Troupe()({"find", opening_, "--weights=skills=5"}),
              FailsWith(1, AllOf(HasSubstr("sum to 5"), HasSubstr("make the sum 1,000,000"))));
}

TEST_F(CliSampleTest, FailsForAWeightOfNoFeature) {
  EXPECT_THAT(Troupe()({"find", opening_, "--weights=shoes=1000000"}),
              FailsWith(1, HasSubstr("names no feature")));
}

TEST_F(CliTest, FailsForAFileThatIsNotThere) {
  EXPECT_THAT(Troupe()({"import", "--format=jsonl", "--kind=profiles", "absent.jsonl"}),
              FailsWith(1, HasSubstr("cannot read absent.jsonl")));
}

TEST_F(CliTest, FailsWhenTheServerIsDownAndSaysHowToStartOne) {
  const std::string address = server_.address();
  ASSERT_EQ(server_.Terminate(), 0);
  EXPECT_THAT(TroupeCommand(address)({"list", "profiles"}),
              FailsWith(1, AllOf(HasSubstr("no server answers at " + address),
                                 HasSubstr("troupe-server --data_dir="))));
}

TEST(CliUsageTest, RefusesBadUsageWithTwoAndTheWayToHelp) {
  TroupeCommand troupe("127.0.0.1:1");
  const std::vector<std::vector<std::string>> bad = {
      {},
      {"perform"},
      {"find"},
      {"find", "projects/0000000000000001/openings/1", "--weights=skills"},
      {"find", "projects/0000000000000001/openings/1", "--as-of=tomorrow"},
      {"import", "--format=tmdb", "movies.csv"},
      {"list", "profiles", "--findability=maybe"}};
  for (const auto& arguments : bad) {
    EXPECT_THAT(troupe(arguments), FailsWith(2, AllOf(HasSubstr("See \"troupe"), HasSubstr("--help"))));
  }
}

TEST(CliUsageTest, PrintsHelpWithoutAServer) {
  EXPECT_THAT(TroupeCommand("127.0.0.1:1")({"--help"}),
              Prints(HasSubstr("Exit codes: 0 done, 1 failed, 2 bad usage.")));
}

TEST_F(CliTest, WatchTellsOfChangesUntilItIsInterrupted) {
  const std::string out = folder_.Join("out");
  ChildProcess watch({TROUPE_BINARY, "--json", "--server", server_.address(), "watch", "profiles"},
                     {.out = out});
  while (Contents(out).find("resume_token") == std::string::npos) {  // It has begun.
    ASSERT_EQ(watch.ExitCode(), std::nullopt);
    std::this_thread::yield();
  }
  CreateProfile(server_.As("crew"), Parsed<v1::Profile>(
      R"({"display_name": "Ada", "findability": "FINDABILITY_FINDABLE"})")).value();
  while (Contents(out).find("Ada") == std::string::npos) {
    ASSERT_EQ(watch.ExitCode(), std::nullopt);
    std::this_thread::yield();
  }
  watch.Signal(SIGINT);
  EXPECT_EQ(watch.Wait(), 0);
}

}  // namespace
}  // namespace troupe::testing
