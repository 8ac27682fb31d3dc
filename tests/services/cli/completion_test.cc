#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/cli/cli_run.h"

namespace troupe {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::FakeTroupe;
using testing::RunCli;
using testing::WriteTestFile;

std::string Script(const std::string& shell) {
  FakeTroupe server;
  return RunCli(server, {"completion", shell}).out;
}

// What `command` prints; fails the test unless it succeeds.
std::string OutputOf(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> chunk;
  while (fgets(chunk.data(), chunk.size(), pipe) != nullptr) output += chunk.data();
  EXPECT_EQ(pclose(pipe), 0) << command;
  return output;
}

// What bash offers after `words`, the last of which is being typed.
std::string Offered(const std::vector<std::string>& words) {
  std::string line = "source " + WriteTestFile("troupe.bash", Script("bash")) + "\nCOMP_WORDS=(";
  for (const std::string& word : words) absl::StrAppend(&line, "'", word, "' ");
  absl::StrAppend(&line, ")\nCOMP_CWORD=", words.size() - 1,
                  "\ntroupe() { echo writer; echo gaffer; }\n_troupe\necho \"${COMPREPLY[@]}\"\n");
  std::string offered = OutputOf("bash " + WriteTestFile("complete.sh", line));
  absl::StripAsciiWhitespace(&offered);
  return offered;
}

bool HasShell(const std::string& shell) {
  return std::system(("command -v " + shell + " >/dev/null").c_str()) == 0;
}

TEST(CompletionTest, BashOffersCommands) {
  EXPECT_THAT(Offered({"troupe", ""}), AllOf(HasSubstr("import"), HasSubstr("find")));
  EXPECT_EQ(Offered({"troupe", "imp"}), "import");
}

TEST(CompletionTest, BashOffersTheOptionsOfACommand) {
  EXPECT_EQ(Offered({"troupe", "find", "--ad"}), "--ad-hoc");
  EXPECT_EQ(Offered({"troupe", "--json", "import", "--dr"}), "--drop-keywords");
  EXPECT_EQ(Offered({"troupe", "list", "projects", "--st"}), "--state");
  EXPECT_EQ(Offered({"troupe", "list", "projects", "--serv"}), "--server");
  EXPECT_EQ(Offered({"troupe", "hold", "place", "--ra"}), "--rate");
}

TEST(CompletionTest, BashOffersValues) {
  EXPECT_EQ(Offered({"troupe", "import", "--format", ""}), "tmdb jsonl");
  EXPECT_EQ(Offered({"troupe", "import", "--format", "=", "js"}), "jsonl");
  EXPECT_EQ(Offered({"troupe", "completion", "z"}), "zsh");
  EXPECT_EQ(Offered({"troupe", "hold", "ch"}), "challenge");
  EXPECT_EQ(Offered({"troupe", "hold", "list", "--state", "bo"}), "booked");
  EXPECT_EQ(Offered({"troupe", "list", "profiles", "--role", "ga"}), "gaffer");
}

TEST(CompletionTest, BashOffersNoWordForFreeText) {
  EXPECT_EQ(Offered({"troupe", "find", "--as-of", ""}), "");
}

TEST(CompletionTest, ZshUnderstandsItsScript) {
  if (!HasShell("zsh")) GTEST_SKIP() << "no zsh here";
  EXPECT_EQ(OutputOf("zsh -n " + WriteTestFile("_troupe", Script("zsh")) + " 2>&1"), "");
}

TEST(CompletionTest, FishOffersCommandsAndValues) {
  if (!HasShell("fish")) GTEST_SKIP() << "no fish here";
  const std::string script = WriteTestFile("troupe.fish", Script("fish"));
  const auto offered = [&](const std::string& line) {
    return OutputOf("fish -N -c \"source " + script + "; complete -C '" + line + "'\"");
  };
  EXPECT_THAT(offered("troupe imp"), HasSubstr("import"));
  EXPECT_THAT(offered("troupe import --format "), AllOf(HasSubstr("tmdb"), HasSubstr("jsonl")));
  EXPECT_THAT(offered("troupe list profiles --"), Not(HasSubstr("--ad-hoc")));
}

TEST(CompletionTest, ScriptsForAllShellsKnowAllCommands) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    EXPECT_THAT(Script(shell), AllOf(HasSubstr("openings"), HasSubstr("drop-keywords"),
                                     HasSubstr("include-attached")));
  }
}

}  // namespace
}  // namespace troupe
