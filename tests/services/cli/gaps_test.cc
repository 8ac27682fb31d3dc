#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "services/cli/staffing/what_if_text.h"
#include "tests/services/cli/cli_run.h"
#include "tests/services/convert/wire_samples.h"

namespace troupe {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::CliResult;
using testing::FakeTroupe;
using testing::FromText;
using testing::ReadTestFile;
using testing::RunCli;
using testing::TestPath;

// A server that misses gaffers in Xi'an and around for two weeks of March 2026.
class GapsTest : public ::testing::Test {
 protected:
  GapsTest() {
    server_.gaps = FromText<v1::AnalyzeGapsResponse>(R"(
      cells { role: "gaffer" cities: "yanan" cities: "xian" week { year: 2026 month: 3 day: 9 }
              disclosure: GAP_DISCLOSURE_ROUNDED demand_millidays: 250000
              filled_millidays: 100000 unmet_millidays: 150000 shadow_millionths: 5000000 }
      cells { role: "gaffer" cities: "yanan" cities: "xian" week { year: 2026 month: 3 day: 2 }
              disclosure: GAP_DISCLOSURE_ROUNDED demand_millidays: 50000
              filled_millidays: 40000 unmet_millidays: 10000 shadow_millionths: 2000000 }
      cells { role: "writer" anywhere: true week { year: 2026 month: 3 day: 2 }
              disclosure: GAP_DISCLOSURE_EXACT demand_millidays: 3000 filled_millidays: 3000 }
      totals { demand_millidays: 303000 filled_millidays: 143000 unmet_millidays: 160000
               travelling_millidays: 20000 rounded_cells: 2 merged_cells: 2 cells: 3 }
      from { year: 2026 month: 3 day: 2 } until { year: 2026 month: 3 day: 16 }
      undated_openings: 4)");
  }

  FakeTroupe server_;
};

TEST_F(GapsTest, TellsTheLargestGapsWithTheirPrices) {
  const CliResult run = RunCli(server_, {"gaps"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("2026-03-02 – 2026-03-15, 2 weeks\n"),
                             HasSubstr("missing, role-days: 160\n"), HasSubstr("filled: 47.2 %"),
                             HasSubstr("Gaffer"), HasSubstr("Yan'an, Xi'an"), HasSubstr("46.7 %"),
                             HasSubstr("2026-03-09"), Not(HasSubstr("Writer")),
                             HasSubstr("taken as one"),
                             HasSubstr("without dates ask for no days: 4.")));
}

TEST_F(GapsTest, AsksAsItWasTold) {
  RunCli(server_, {"gaps", "--role", "gaffer", "--city", "xian", "--from", "2026-03-04", "--weeks",
                   "2", "--forecast", "--what-if", "people=20,role=gaffer,city=xian"});
  ASSERT_EQ(server_.gap_requests.size(), 1u);
  const v1::AnalyzeGapsRequest& request = server_.gap_requests.front();
  EXPECT_THAT(request.roles(), ElementsAre("gaffer"));
  EXPECT_THAT(request.cities(), ElementsAre("xian"));
  EXPECT_EQ(request.until().day(), 12);  // The week of the 9th is the second and last.
  EXPECT_TRUE(request.include_forecast());
  EXPECT_EQ(request.what_ifs(0).more_people().people(), 20);
}

TEST_F(GapsTest, TellsWhatThereWasWithoutWhatIfs) {
  *server_.gaps.mutable_totals_without() = FromText<v1::GapTotals>(
      "demand_millidays: 303000 filled_millidays: 43000 unmet_millidays: 260000");
  const CliResult run = RunCli(server_, {"gaps", "--what-if", "festival=2026-03-03,supply=0%"});
  EXPECT_THAT(run.out, HasSubstr("missing, role-days: 160  (without what-ifs 260)\n"));
}

TEST_F(GapsTest, TellsWhyThereAreNone) {
  server_.gaps.clear_cells();
  server_.gaps.set_empty_text("no open seat asks for days: open some");
  EXPECT_THAT(RunCli(server_, {"gaps"}).out, HasSubstr("no open seat asks for days: open some\n"));
}

TEST_F(GapsTest, WritesJson) {
  const CliResult run = RunCli(server_, {"--json", "gaps"});
  EXPECT_EQ(nlohmann::json::parse(run.out)["cells"][0]["unmet_millidays"], "150000");
}

TEST_F(GapsTest, WritesTablesAsCsv) {
  const std::string folder = TestPath("gaps");
  EXPECT_EQ(RunCli(server_, {"gaps", "--csv", folder}).exit_code, 0);
  EXPECT_THAT(ReadTestFile(absl::StrCat(folder, "/gaps.csv")),
              HasSubstr("gaffer,yanan+xian,300.000,160.000,7.000,2026-03-09,150.000\r\n"));
  EXPECT_THAT(ReadTestFile(absl::StrCat(folder, "/cells.csv")),
              HasSubstr("writer,,yes,2026-03-02,3.000,3.000,0.000,,0.000,exact\r\n"));
  EXPECT_THAT(ReadTestFile(absl::StrCat(folder, "/roles.csv")), HasSubstr("writer,3.000,0.000\r\n"));
}

TEST_F(GapsTest, DrawsAPageInBothLanguages) {
  const std::string file = TestPath("gaps.html");
  const CliResult run = RunCli(server_, {"gaps", "--html", file});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(ReadTestFile(file),
              AllOf(HasSubstr("Where people are missing 用工缺口"), HasSubstr("<svg"),
                    HasSubstr("灯光师"), HasSubstr("西安"), HasSubstr(">150</text>"),
                    HasSubstr("最大缺口")));
}

TEST(WhatIfTest, SaysWhatIsWrong) {
  const auto problem_of = [](const std::string& text) {
    return std::string(WhatIfOf(text).status().message());
  };
  EXPECT_THAT(problem_of("parks=1"), HasSubstr("begin with people=, projects= or festival="));
  EXPECT_THAT(problem_of("people=many,role=gaffer,city=xian"), HasSubstr("as a whole number"));
  EXPECT_THAT(problem_of("people=1,city=xian"), HasSubstr("says no role"));
  EXPECT_THAT(problem_of("projects=1"), HasSubstr("says no city"));
  EXPECT_THAT(problem_of("projects=1,city=xian,need=gaffer"), HasSubstr("need=gaffer:2:5"));
  EXPECT_THAT(problem_of("festival=soon"), HasSubstr("2026-11-23"));
  EXPECT_THAT(problem_of("festival=2026-03-03,supply=half"), HasSubstr("20%"));
  EXPECT_THAT(problem_of("festival=2026-03-03,city=xian"), HasSubstr("supply or demand"));
}

TEST(WhatIfTest, ReadsProjectsWithTheirNeeds) {
  const auto what_if = WhatIfOf("projects=30,city=xian,from=2026-03-02,need=gaffer:2:5");
  ASSERT_TRUE(what_if.ok()) << what_if.status();
  EXPECT_EQ(what_if->more_projects().projects(), 30);
  EXPECT_EQ(what_if->more_projects().needs(0).people(), 2);
  EXPECT_EQ(what_if->more_projects().needs(0).days(), 5);
}

// What a watch of gaps is told first: as GapsTest has it.
v1::WatchGapsResponse First(const v1::AnalyzeGapsResponse& gaps) {
  v1::WatchGapsResponse first;
  *first.mutable_cells() = gaps.cells();
  *first.mutable_summary() = gaps;
  first.mutable_summary()->clear_cells();
  return first;
}

TEST_F(GapsTest, WatchTellsWhatBecomesOfThem) {
  server_.gap_watches = {{First(server_.gaps), FromText<v1::WatchGapsResponse>(R"(
      cells { role: "gaffer" cities: "yanan" cities: "xian" week { year: 2026 month: 3 day: 9 }
              demand_millidays: 250000 unmet_millidays: 50000 }
      cells { role: "grip" cities: "xian" week { year: 2026 month: 3 day: 9 }
              demand_millidays: 7000 unmet_millidays: 7000 }
      gone { role: "writer" anywhere: true week { year: 2026 month: 3 day: 2 } }
      summary { totals { demand_millidays: 307000 unmet_millidays: 67000 } })")}};
  const CliResult run = RunCli(server_, {"gaps", "--watch", "--every", "60", "--role", "gaffer"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(
      run.out,
      AllOf(HasSubstr("missing, role-days: 160\n"),
            HasSubstr("  67 of 307 role-days missing\n"),
            HasSubstr("  Gaffer, Yan'an, Xi'an, week of 2026-03-09: 50 of 250 role-days missing "
                      "(150 of 250 before)\n"),
            HasSubstr("Xi'an, week of 2026-03-09: 7 of 7 role-days missing\n"),
            HasSubstr("  Writer, from anywhere, week of 2026-03-02: not needed any more\n")));
  ASSERT_EQ(server_.gap_watch_requests.size(), 1u);
  EXPECT_EQ(server_.gap_watch_requests[0].min_interval().seconds(), 60);
  EXPECT_THAT(server_.gap_watch_requests[0].question().roles(), ElementsAre("gaffer"));
}

TEST_F(GapsTest, WatchBeginsAgainWhenTheServerIsBackAndTellsWhatChangedSince) {
  v1::WatchGapsResponse later = First(server_.gaps);
  later.mutable_cells(1)->set_unmet_millidays(20'000);
  server_.gap_watches = {{First(server_.gaps)}, {}, {later}};
  const CliResult run = RunCli(server_, {"gaps", "--watch"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.pauses, 2);
  EXPECT_THAT(run.out, AllOf(HasSubstr("week of 2026-03-02: 20 of 50 role-days missing (10 of 50"),
                             Not(HasSubstr("Writer"))));
}

TEST_F(GapsTest, WatchTellsAtMostSoManyChanges) {
  v1::WatchGapsResponse later;
  *later.mutable_gone() = server_.gaps.cells();
  server_.gap_watches = {{First(server_.gaps), later}};
  EXPECT_THAT(RunCli(server_, {"gaps", "--watch", "--limit", "1"}).out,
              HasSubstr("  and 2 more\n"));
}

TEST_F(GapsTest, WatchWritesJson) {
  server_.gap_watches = {{First(server_.gaps)}};
  const CliResult run = RunCli(server_, {"--json", "gaps", "--watch"});
  EXPECT_EQ(nlohmann::json::parse(run.out)["cells"][0]["unmet_millidays"], "150000");
}

TEST_F(GapsTest, WatchWritesNoFiles) {
  EXPECT_EQ(RunCli(server_, {"gaps", "--watch", "--html", "gaps.html"}).exit_code, 2);
  EXPECT_EQ(RunCli(server_, {"gaps", "--every", "5"}).exit_code, 2);
}

TEST_F(GapsTest, RefusesBadUsage) {
  EXPECT_EQ(RunCli(server_, {"gaps", "--what-if", "parks=1"}).exit_code, 2);
  EXPECT_THAT(server_.gap_requests, IsEmpty());
}

}  // namespace
}  // namespace troupe
