#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "services/cli/import_stream.h"
#include "tests/services/cli/cli_run.h"
#include "tests/testing/status_matchers.h"
#include "troupe/v1/opening.pb.h"

namespace troupe {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using testing::CliResult;
using testing::FakeTroupe;
using testing::IsOk;
using testing::ReadTestFile;
using testing::RunCli;
using testing::StatusIs;
using testing::TestPath;
using testing::WriteTestFile;

std::string Sample(absl::string_view name) {
  return absl::StrCat(TROUPE_SOURCE_DIR "/deploy/samples/", name);
}

std::string TestData(absl::string_view name) {
  return absl::StrCat(TROUPE_SOURCE_DIR "/tests/services/cli/testdata/", name);
}

v1::Profile Person(int64_t number) {
  v1::Profile profile;
  profile.mutable_external_id()->set_source("test");
  profile.mutable_external_id()->set_id(absl::StrCat(number));
  profile.set_display_name(absl::StrCat("person ", number));
  return profile;
}

// An import of so many people, three to a message, at most two messages ahead.
struct PersonImport {
  PersonImport(FakeTroupe& server, int64_t count) {
    const Connection connection(server.NewChannel(), "fake", "demo");
    ImportStream<v1::Profile> stream(
        connection, "import-1", {.records = 3, .unanswered_messages = 2, .attempts = 3},
        [this](absl::Duration) { ++pauses; },
        [this](int64_t item, const v1::Profile& person, const v1::ImportResult&) {
          answered.push_back(absl::StrCat(item, "=", person.display_name()));
        });
    for (int64_t i = 0; i < count && status.ok(); ++i) status = stream.Add(Person(i));
    if (status.ok()) status = stream.Finish();
  }
  absl::Status status;
  std::vector<std::string> answered;
  int pauses = 0;
};

std::vector<std::string> AllAnswers(int64_t count) {
  std::vector<std::string> answers;
  for (int64_t i = 0; i < count; ++i) answers.push_back(absl::StrCat(i, "=person ", i));
  return answers;
}

TEST(ImportStreamTest, AnswersEveryRecordInOrder) {
  FakeTroupe server;
  const PersonImport import(server, 20);
  EXPECT_THAT(import.status, IsOk());
  EXPECT_EQ(import.answered, AllAnswers(20));
  EXPECT_THAT(server.profiles().first_items, ElementsAre(0, 3, 6, 9, 12, 15, 18));
}

TEST(ImportStreamTest, ImportsNothingWithoutAStream) {
  FakeTroupe server;
  EXPECT_THAT(PersonImport(server, 0).status, IsOk());
  EXPECT_THAT(server.profiles().first_items, IsEmpty());
}

TEST(ImportStreamTest, GoesOnFromTheFirstRecordWithoutAnAnswer) {
  FakeTroupe server;
  server.profiles().break_after = 7;
  const PersonImport import(server, 20);
  EXPECT_THAT(import.status, IsOk());
  EXPECT_EQ(import.answered, AllAnswers(20));
  EXPECT_EQ(import.pauses, 1);
  EXPECT_THAT(server.profiles().first_items, Contains(7));
  EXPECT_THAT(server.profiles().request_ids, Each("import-1"));
}

TEST(ImportStreamTest, DoesNotWaitForAServerThatNeverAnswered) {
  const Connection connection(OpenChannel("unix:/nonexistent/troupe.sock"), "fake", "demo");
  int pauses = 0;
  ImportStream<v1::Profile> stream(
      connection, "import-1", ImportPace(), [&](absl::Duration) { ++pauses; },
      [](int64_t, const v1::Profile&, const v1::ImportResult&) {});
  EXPECT_THAT(stream.Add(Person(0)), IsOk());
  EXPECT_THAT(stream.Finish(),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("no server answers")));
  EXPECT_EQ(pauses, 0);
}

class ImportCommandTest : public ::testing::Test {
 protected:
  CliResult ImportTmdb(const std::string& movies, const std::string& credits,
                       std::vector<std::string> more = {}) {
    std::vector<std::string> line = {"import", "--format=tmdb", movies, credits,
                                     "--findable=yes", "--rejects", TestPath("rejects")};
    line.insert(line.end(), more.begin(), more.end());
    return RunCli(server_, line);
  }
  CliResult ImportSample(std::vector<std::string> more = {}) {
    return ImportTmdb(Sample("tmdb_movies.csv"), Sample("tmdb_credits.csv"),
                      std::move(more));
  }

  FakeTroupe server_;
};

TEST_F(ImportCommandTest, StoresFilmsAndPeople) {
  const CliResult run = ImportSample();
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(server_.projects().records.size(), 8u);
  EXPECT_EQ(server_.profiles().records.size(), 11u);
  EXPECT_THAT(run.out, AllOf(HasSubstr("projects   8 created, 0 updated, 0 unchanged, 0 rejected"),
                             HasSubstr("7 acted, 4 directed, 4 wrote"),
                             HasSubstr("profiles   11 created")));
  EXPECT_THAT(ReadTestFile(TestPath("rejects")), IsEmpty());
}

TEST_F(ImportCommandTest, ChangesNothingTheSecondTime) {
  ImportSample();
  const CliResult again = ImportSample();
  EXPECT_THAT(again.out, AllOf(HasSubstr("0 created, 0 updated, 8 unchanged, 0 rejected"),
                               HasSubstr("0 created, 0 updated, 11 unchanged, 0 rejected")));
}

TEST_F(ImportCommandTest, TellsProjectsFromProfilesByTheirRequestIds) {
  ImportSample({"--request-id", "mine"});
  EXPECT_THAT(server_.projects().request_ids, Each("mine-projects"));
  EXPECT_THAT(server_.profiles().request_ids, Each("mine-profiles"));
}

TEST_F(ImportCommandTest, FailsWithRejectsButKeepsTheRest) {
  const CliResult run = ImportTmdb(TestData("bad_movies.csv"), TestData("bad_credits.csv"));
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, AllOf(HasSubstr("error: 15 rejects; the rest went in"),
                             HasSubstr("reason: REJECTS")));
  EXPECT_EQ(server_.projects().records.size(), 3u);
  EXPECT_EQ(server_.profiles().records.size(), 3u);
  const std::string rejects = ReadTestFile(TestPath("rejects"));
  EXPECT_EQ(std::count(rejects.begin(), rejects.end(), '\n'), 15);
}

TEST_F(ImportCommandTest, WritesOneDocumentOfJson) {
  const CliResult run = ImportSample({"--json", "--until", "2012-01-01"});
  const auto summary = nlohmann::json::parse(run.out);
  EXPECT_EQ(summary["films_kept"], 6);
  EXPECT_EQ(summary["films_without_release_date"], 1);
  EXPECT_EQ(summary["projects"]["created"], 6);
  EXPECT_EQ(summary["rejects"], 0);
}

TEST_F(ImportCommandTest, DropsKeywords) {
  ImportSample({"--drop-keywords", Sample("drop_keywords.txt")});
  for (const auto& [name, project] : server_.projects().records) {
    for (const v1::Label& tag : project.tags()) EXPECT_NE(tag.id(), "tmdb:70008");
  }
}

TEST_F(ImportCommandTest, TellsSwappedFilesApart) {
  const CliResult run = ImportTmdb(Sample("tmdb_credits.csv"), Sample("tmdb_movies.csv"));
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("has no column \"id\""));
}

TEST_F(ImportCommandTest, ReadsJsonLines) {
  const CliResult run = RunCli(server_, {"import", "--format=jsonl", "--kind=profiles",
                                         Sample("profiles.jsonl")});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.out, "profiles   3 created, 0 updated, 0 unchanged, 0 rejected\n");
}

TEST_F(ImportCommandTest, RejectsLinesOfJsonAlone) {
  const std::string file = WriteTestFile("a.jsonl",
                                         "{\"title\": \"one\"}\n"
                                         "{\"titel\": \"two\"}\n"
                                         "not json\n"
                                         "\n"
                                         "{\"title\": \"reject me\"}\n"
                                         "{\"title\": \"five\", \"external_id\": {\"id\": \"5\"}}\n");
  const CliResult run = RunCli(server_, {"import", "--format=jsonl", "--kind=projects", file,
                                         "--rejects", TestPath("rejects")});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, AllOf(HasSubstr(file + ":2: titel: is not a field"),
                             HasSubstr(file + ":3: is not a JSON object"),
                             HasSubstr(file + ":5: display_name: is a test's: give another")));
  EXPECT_THAT(run.out, StartsWith("projects   2 created, 0 updated, 0 unchanged, 3 rejected"));
}

TEST_F(ImportCommandTest, SurvivesARestartOfTheServer) {
  server_.profiles().break_after = 4;
  const CliResult run = ImportSample();
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.pauses, 1);
  EXPECT_EQ(server_.profiles().records.size(), 11u);
}

class GenerateCommandTest : public ::testing::Test {
 protected:
  FakeTroupe server_;
};

TEST_F(GenerateCommandTest, StoresAMarketWithAttachedPeople) {
  const CliResult run =
      RunCli(server_, {"generate", "--profiles", "300", "--projects", "5", "--seed", "7"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(server_.profiles().records.size(), 300u);
  EXPECT_EQ(server_.projects().records.size(), 5u);
  int attached = 0;
  for (const auto& [name, project] : server_.projects().records) {
    for (const v1::Attached& person : project.attached()) {
      attached += static_cast<int>(server_.profiles().records.count(person.profile()));
    }
  }
  EXPECT_GT(attached, 0);
}

TEST_F(GenerateCommandTest, ChangesNothingTheSecondTime) {
  const std::vector<std::string> line = {"generate", "--profiles", "50", "--projects", "2"};
  RunCli(server_, line);
  EXPECT_THAT(RunCli(server_, line).out,
              AllOf(HasSubstr("profiles   0 created, 0 updated, 50 unchanged"),
                    HasSubstr("projects   0 created, 0 updated, 2 unchanged")));
}

}  // namespace
}  // namespace troupe
