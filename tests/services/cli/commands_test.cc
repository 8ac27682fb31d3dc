#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "nlohmann/json.hpp"
#include "services/cli/connection.h"
#include "services/cli/display_width.h"
#include "services/cli/run_troupe.h"
#include "tests/services/cli/cli_run.h"
#include "tests/testing/certificates.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/temp_directory.h"
#include "troupe/v1/match.pb.h"
#include "troupe/v1/opening.pb.h"
#include "troupe/v1/profile.pb.h"
#include "troupe/v1/project.pb.h"
#include "troupe/v1/types.pb.h"

namespace troupe {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::CliResult;
using testing::FakeTroupe;
using testing::RunCli;
using testing::WriteTestFile;

constexpr char kAdHoc[] = R"({"project": {"title": "夜航", "place": "xian"},
                              "opening": {"role": "director"}})";

class CommandsTest : public ::testing::Test {
 protected:
  FakeTroupe server_;
};

void Add(const char* name, int64_t value, int64_t weight, const char* evidence,
         v1::Match& match) {
  v1::FeatureContribution& feature = *match.add_features();
  feature.set_feature(name);
  feature.set_value_millionths(value);
  feature.set_weight_millionths(weight);
  feature.set_contribution_millionths(value * weight / 1'000'000);
  feature.add_evidence()->set_text(evidence);
}

v1::Match Match() {
  v1::Match match;
  match.set_profile("profiles/0000000000000001");
  match.set_rank(1);
  match.set_score_millionths(650'000);
  Add("skills", 500'000, 500'000, "gimbal at level 2 of 4", match);
  Add("genres", 800'000, 500'000, "revenge in 8 credits", match);
  v1::ProfileSummary& person = *match.mutable_profile_summary();
  person.set_display_name("沈亦舟");
  person.set_home_place("xian");
  person.set_level(4);
  person.mutable_day_rate()->set_currency_code("CNY");
  person.mutable_day_rate()->set_units(3200);
  return match;
}

v1::Failure Failure() {
  v1::Failure failure;
  failure.set_requirement(v1::REQUIREMENT_DAY_RATE);
  failure.set_text("asks 3,200 CNY a day; the ceiling is 3,000");
  failure.mutable_change()->set_text("raise the ceiling by 200 CNY a day");
  return failure;
}

TEST_F(CommandsTest, FindShowsPeopleWithTheirReasons) {
  *server_.people.add_matches() = Match();
  const CliResult run = RunCli(server_, {"find", "projects/0000000000000001/openings/1"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("1  沈亦舟  0.650  4      Xi'an  3,200 CNY"));
  EXPECT_THAT(run.out,
              HasSubstr("genres: revenge in 8 credits; skills: gimbal at level 2 of 4"));
}

void SetDay(int day, v1::Date& date) {
  date.set_year(2026);
  date.set_month(12);
  date.set_day(day);
}

TEST_F(CommandsTest, FindTellsTheLadderOfWhoIsHeld) {
  v1::Match& match = *server_.people.add_matches();
  match = Match();
  match.set_contended_days(2);
  match.mutable_contention()->set_ladder_place(3);
  match.mutable_contention()->set_free_chance_millionths(360'000);
  const CliResult run = RunCli(server_, {"find", "projects/0000000000000001/openings/1"});
  EXPECT_THAT(run.out, HasSubstr("held on 2 days; option 3 at best, free with a chance of 0.360"));
}

TEST_F(CommandsTest, WindowsAsksAboutAPersonOrAProject) {
  RunCli(server_, {"windows", "projects/0000000000000001/openings/1", "--profile",
                   "profiles/0000000000000002", "--from", "2026-12-01", "--top", "3"});
  RunCli(server_, {"windows", "projects/0000000000000001"});
  EXPECT_EQ(server_.windows_requests.at(0).opening(), "projects/0000000000000001/openings/1");
  EXPECT_EQ(server_.windows_requests.at(0).profile(), "profiles/0000000000000002");
  EXPECT_EQ(server_.windows_requests.at(0).from().month(), 12);
  EXPECT_EQ(server_.windows_requests.at(0).page_size(), 3);
  EXPECT_EQ(server_.windows_requests.at(1).project(), "projects/0000000000000001");
}

TEST_F(CommandsTest, WindowsShowsDatesAndWhatIsTight) {
  v1::FreeWindow& window = *server_.windows.add_windows();
  SetDay(3, *window.mutable_dates()->mutable_start());
  SetDay(8, *window.mutable_dates()->mutable_limit());
  SetDay(5, *window.mutable_latest_start());
  window.set_shift_days(2);
  v1::OpeningSupply& supply = *window.add_tightest();
  supply.set_role("director");
  supply.set_open_seats(1);
  supply.set_people(2);
  const CliResult run = RunCli(server_, {"windows", "projects/0000000000000001"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("2026-12-03..2026-12-07"), HasSubstr("2026-12-05"),
                             HasSubstr("tightest Director"), HasSubstr("2 for 1 seat")));
}

TEST_F(CommandsTest, FindCutsLinesToTheTerminal) {
  *server_.people.add_matches() = Match();
  const CliResult run = RunCli(server_, {"find", "projects/0000000000000001/openings/1"}, "", 100);
  const size_t line = run.out.find("沈亦舟");
  ASSERT_NE(line, std::string::npos);
  EXPECT_LE(DisplayWidth(run.out.substr(line, run.out.find('\n', line) - line)), 100);
}

TEST_F(CommandsTest, FindShowsBarsWithWhy) {
  *server_.people.add_matches() = Match();
  const CliResult run = RunCli(server_, {"find", "--why", "projects/0000000000000001/openings/1"});
  EXPECT_THAT(run.out, HasSubstr("genres  ██████████░░  +0.400  revenge in 8 credits"));
}

TEST_F(CommandsTest, FindPassesEverythingOn) {
  const CliResult run =
      RunCli(server_, {"find", "projects/0000000000000001/openings/1", "--top", "7", "--as-of",
                       "2026-05-01", "--weights", "skills=400000,genres=600000", "--attach",
                       "profiles/0000000000000002=writer,producer", "--include-attached",
                       "--total", "--facets", "--organization", "lanting"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const v1::FindProfilesRequest& request = server_.people_requests.at(0);
  EXPECT_EQ(server_.organization, "lanting");
  EXPECT_EQ(request.page_size(), 7);
  EXPECT_EQ(request.as_of().month(), 5);
  EXPECT_EQ(request.weights().at("genres"), 600'000);
  EXPECT_THAT(request.attached(0).roles(), ElementsAre("writer", "producer"));
  EXPECT_TRUE(request.include_attached() && request.want_total() && request.want_facets());
}

TEST_F(CommandsTest, FindTakesAnOpeningFromStandardInput) {
  const CliResult run = RunCli(server_, {"find", "--ad-hoc", "-"}, kAdHoc);
  EXPECT_THAT(run.out, HasSubstr("Director 导演 for 夜航, Xi'an"));
  EXPECT_EQ(server_.people_requests.at(0).ad_hoc().opening().role(), "director");
}

TEST_F(CommandsTest, FindAnswersEachLineWithALineOfJson) {
  *server_.people.add_matches() = Match();
  const std::string openings = "{\"opening\": {\"role\": \"writer\"}}\n\n"
                               "{\"opening\": {\"role\": \"editor\"}}\n";
  const CliResult run = RunCli(server_, {"find", "--ad-hoc", "-", "--json"}, openings);
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 2);
  const auto first = nlohmann::json::parse(run.out.substr(0, run.out.find('\n')));
  EXPECT_EQ(first["matches"][0]["score_millionths"], "650000");
  EXPECT_EQ(server_.people_requests.at(1).ad_hoc().opening().role(), "editor");
}

TEST_F(CommandsTest, FindNamesAFieldThatDoesNotExist) {
  const CliResult run =
      RunCli(server_, {"find", "--ad-hoc", "-"}, R"({"opening": {"rolle": "writer"}})");
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("rolle is not a field"));
}

TEST_F(CommandsTest, FindSaysWhyNobodyFits) {
  server_.people.mutable_empty()->set_text("All 12 directors are booked.");
  *server_.people.mutable_empty()->add_nearest() = Failure();
  const CliResult run = RunCli(server_, {"find", "projects/0000000000000001/openings/1"});
  EXPECT_THAT(run.out, AllOf(HasSubstr("All 12 directors are booked.\n"),
                             HasSubstr("raise the ceiling by 200 CNY a day")));
}

TEST_F(CommandsTest, OpeningsShowsProjects) {
  v1::Match& match = *server_.openings.add_matches();
  match = Match();
  match.set_opening("projects/0000000000000009/openings/3");
  match.mutable_opening_summary()->set_project_title("古巷来信");
  match.mutable_opening_summary()->set_role("gaffer");
  const CliResult run = RunCli(server_, {"openings", "profiles/0000000000000001", "--top", "3"});
  EXPECT_THAT(run.out, AllOf(HasSubstr("古巷来信"), HasSubstr("Gaffer 灯光师"),
                             HasSubstr("projects/0000000000000009/openings/3")));
  EXPECT_EQ(server_.openings_requests.at(0).page_size(), 3);
}

TEST_F(CommandsTest, WhyShowsAScoreThatAddsUp) {
  *server_.explanation.mutable_match() = Match();
  server_.explanation.set_eligible(true);
  const CliResult run = RunCli(server_, {"why", "profiles/0000000000000001",
                                         "projects/0000000000000001/openings/1"});
  EXPECT_THAT(run.out, HasSubstr("沈亦舟 fits"));
  EXPECT_THAT(run.out, HasSubstr("500,000    500,000  250,000"));
  EXPECT_THAT(run.out, HasSubstr("650,000"));
}

TEST_F(CommandsTest, WhyShowsWhatFailsAndWhatWouldMendIt) {
  *server_.explanation.mutable_match() = Match();
  *server_.explanation.add_failures() = Failure();
  server_.explanation.set_not_offered("closed");
  const CliResult run =
      RunCli(server_, {"why", "profiles/0000000000000001", "--ad-hoc", "-"}, kAdHoc);
  EXPECT_THAT(run.out, AllOf(HasSubstr("沈亦舟 does not fit"), HasSubstr("it is closed"),
                             HasSubstr("day rate  asks 3,200 CNY a day"),
                             HasSubstr("-> raise the ceiling by 200 CNY a day")));
}

TEST_F(CommandsTest, StatsAreAskedByTheOperator) {
  server_.statistics.set_profiles(90'977);
  (*server_.statistics.mutable_role_profiles())["writer"] = 4320;
  const CliResult run = RunCli(server_, {"stats"});
  EXPECT_EQ(server_.organization, "operator");
  EXPECT_THAT(run.out, AllOf(HasSubstr("90,977"), HasSubstr("Writer 编剧   4,320")));
}

TEST_F(CommandsTest, ErrorsNameTheFieldTheFixAndTheReason) {
  Violations found;
  found.Add("weights", "sum to 900,000", "make them sum to 1,000,000");
  server_.error = found.ToStatus();
  const CliResult run = RunCli(server_, {"find", "projects/0000000000000001/openings/1"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_EQ(run.err,
            "error: the input has 1 fault\n"
            "  weights sum to 900,000: make them sum to 1,000,000\n"
            "reason: INVALID_FIELD\n");
  EXPECT_THAT(run.out, IsEmpty());
}

TEST_F(CommandsTest, AServerThatIsNotThereIsNamedWithTheWayToStartIt) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  const testing::FakeClock clock;
  const Host host = {.streams = {.in = in, .out = out, .err = err},
                     .clock = clock,
                     .open_channel = [](const auto&, const auto&) {
                       return OpenChannel("unix:/nonexistent/troupe.sock");
                     },
                     .on_interrupt = [](std::function<void()>) { return true; },
                     .pause = [](absl::Duration) {}};
  const char* const argv[] = {"troupe", "--server=127.0.0.1:7199", "stats"};
  EXPECT_EQ(RunTroupe(3, argv, host), 1);
  EXPECT_THAT(err.str(), AllOf(HasSubstr("no server answers at 127.0.0.1:7199"),
                               HasSubstr("troupe-server --data_dir=DIR")));
}

TEST_F(CommandsTest, ATlsFileThatIsNotThereIsNamed) {
  const CliResult run = RunCli(server_, {"--tls_ca=/nowhere/ca.pem", "stats"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, AllOf(HasSubstr("/nowhere/ca.pem cannot be read"), HasSubstr("TLS_FILES")));
}

TEST_F(CommandsTest, TheOrganizationOfACertificateNeedsNoName) {
  const testing::TempDirectory folder;
  const TlsFiles alpha = testing::CertificateAuthority().Issue(
      "URI:troupe://organizations/alpha", folder.Join("alpha"));
  RunCli(server_, {"--tls_ca", alpha.authority, "--tls_cert", alpha.certificate, "--tls_key",
                   alpha.key, "stats"});
  EXPECT_EQ(server_.organization, "");
}

TEST_F(CommandsTest, BadUsageIsExitCodeTwo) {
  for (const std::vector<std::string>& line :
       std::vector<std::vector<std::string>>{{},
                                             {"finds"},
                                             {"find"},
                                             {"find", "a", "--ad-hoc", "b"},
                                             {"find", "a", "--top", "0"},
                                             {"find", "a", "--as-of", "2026-02-30"},
                                             {"find", "a", "--weights", "skills"},
                                             {"find", "a", "--attach", "profiles/1"},
                                             {"show", "people/1"},
                                             {"list"},
                                             {"import", "--format=csv", "a"},
                                             {"import", "--format=tmdb", "a", "b"},
                                             {"import", "--format=jsonl", "a"},
                                             {"completion", "tcsh"}}) {
    const CliResult run = RunCli(server_, line);
    EXPECT_EQ(run.exit_code, 2) << ::testing::PrintToString(line);
    EXPECT_THAT(run.err, HasSubstr("error: "));
    EXPECT_THAT(run.out, IsEmpty());
  }
}

TEST_F(CommandsTest, HelpIsNoError) {
  for (const std::string command : {"find", "import", "list"}) {
    const CliResult run = RunCli(server_, {command, "--help"});
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_THAT(run.out, HasSubstr("Usage: troupe " + command));
  }
}

TEST_F(CommandsTest, ShowPrintsACardWithTheCalendar) {
  v1::Profile& profile = server_.profiles().records["profiles/0000000000000001"];
  profile.set_name("profiles/0000000000000001");
  profile.set_display_name("沈亦舟");
  profile.set_home_place("xian");
  v1::CalendarEntry& entry = *profile.add_calendar();
  entry.set_kind(v1::CalendarEntry::KIND_BOOKED);
  entry.mutable_dates()->mutable_start()->set_year(2026);
  entry.mutable_dates()->mutable_start()->set_month(3);
  entry.mutable_dates()->mutable_start()->set_day(30);
  entry.mutable_dates()->mutable_limit()->set_year(2026);
  entry.mutable_dates()->mutable_limit()->set_month(4);
  entry.mutable_dates()->mutable_limit()->set_day(3);
  const CliResult run = RunCli(server_, {"show", profile.name()});
  EXPECT_THAT(run.out, AllOf(HasSubstr("沈亦舟"), HasSubstr("home  Xi'an"),
                             HasSubstr("2026-03  .............................BB\n"),
                             HasSubstr("2026-04  BB............................\n")));
}

TEST_F(CommandsTest, ShowFindsAnOpeningInItsProject) {
  v1::Project& project = server_.projects().records["projects/0000000000000001"];
  project.set_title("古巷来信");
  v1::Opening& opening = *project.add_openings();
  opening.set_name("projects/0000000000000001/openings/1");
  opening.set_role("gaffer");
  opening.set_headcount(3);
  opening.add_seats()->set_profile("profiles/0000000000000002");
  const CliResult run = RunCli(server_, {"show", opening.name()});
  EXPECT_THAT(run.out, AllOf(HasSubstr("Gaffer 灯光师 for 古巷来信"), HasSubstr("2 open of 3")));
  EXPECT_EQ(RunCli(server_, {"show", "projects/0000000000000001/openings/2"}).exit_code, 1);
}

TEST_F(CommandsTest, ListAsksPageAfterPage) {
  for (const char* name : {"profiles/a", "profiles/b", "profiles/c", "profiles/d", "profiles/e"}) {
    server_.profiles().records[name].set_name(name);
  }
  const CliResult all = RunCli(server_, {"list", "profiles", "--json"});
  EXPECT_EQ(std::count(all.out.begin(), all.out.end(), '\n'), 5);
  const CliResult three = RunCli(server_, {"list", "profiles", "--json", "--limit", "3"});
  EXPECT_EQ(std::count(three.out.begin(), three.out.end(), '\n'), 3);
  EXPECT_THAT(RunCli(server_, {"list", "profiles", "--limit", "3"}).out,
              HasSubstr("... and more: raise --limit"));
}

TEST_F(CommandsTest, RecordsAreCreatedUpdatedAndDeleted) {
  const std::string file = WriteTestFile("profile.json", R"({"display_name": "沈亦舟"})");
  const std::string name = "profiles/0000000000000abc";
  EXPECT_EQ(RunCli(server_, {"create", "profile", file}).out, "created " + name + "\n");
  EXPECT_EQ(RunCli(server_, {"update", name, file, "--mask", "display_name,roles"}).out,
            "updated " + name + "\n");
  EXPECT_EQ(RunCli(server_, {"delete", name}).out, "deleted " + name + "\n");
  const CliResult again = RunCli(server_, {"delete", name});
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_THAT(again.err, HasSubstr("reason: NOT_FOUND"));
}

TEST_F(CommandsTest, VocabulariesNeedNoServer) {
  EXPECT_THAT(RunCli(server_, {"roles"}).out, HasSubstr("Director of Photography"));
  EXPECT_THAT(RunCli(server_, {"places", "--ids"}).out, HasSubstr("hengdian\n"));
  EXPECT_THAT(RunCli(server_, {"roles", "--json"}).out, HasSubstr("{\"id\":\"writer\""));
}

}  // namespace
}  // namespace troupe
