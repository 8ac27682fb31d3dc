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

TEST_F(GapsTest, RefusesBadUsage) {
  EXPECT_EQ(RunCli(server_, {"gaps", "--what-if", "parks=1"}).exit_code, 2);
  EXPECT_THAT(server_.gap_requests, IsEmpty());
}

}  // namespace
}  // namespace troupe
