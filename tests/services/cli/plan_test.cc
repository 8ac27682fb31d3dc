#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "nlohmann/json.hpp"
#include "services/cli/staffing/plan_words.h"
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
using testing::WriteTestFile;

constexpr char kPlan[] = "trainingPlans/0000000000000001";

std::string Sample(const std::string& name) {
  return absl::StrCat(TROUPE_SOURCE_DIR, "/deploy/samples/training/", name);
}

// A server with a plan of Xi'an's that was made: all of its three courses are taken.
class PlanTest : public ::testing::Test {
 protected:
  PlanTest() {
    server_.training = FromText<v1::TrainingResult>(R"(
      plan_time { seconds: 1772366400 }
      from { year: 2026 month: 3 day: 2 } until { year: 2026 month: 8 day: 31 }
      candidates: 214 trainees: 41 cost_yuan: 198000 untold_courses: 1
      gained_millidays: 1200000 gained_at_most_millidays: 1212000 draws: 16 work: 41600
      further_yuan: 100000 further_gained_millidays: 310000
      courses { course: "lights" profiles: "profiles/000000000000000a"
                profiles: "profiles/000000000000000b" profiles: "profiles/000000000000000c"
                others: 25 cost_yuan: 168000 gained_millidays: 905000
                fills { role: "gaffer" city: "xian" millidays: 610000 }
                fills { role: "gaffer" city: "zhengzhou" millidays: 295000 }
                frees { role: "camera-operator" city: "xian" millidays: 40000 } }
      courses { course: "edit" others: 12 cost_yuan: 30000 gained_millidays: 290000
                fills { role: "editor" anywhere: true millidays: 380000 } }
      courses { course: "sound" }
      moves { from_role: "lighting-technician" to_role: "gaffer" people: 23 }
      moves { from_role: "grip" to_role: "gaffer" people: 5 }
      moves { to_role: "editor" people: 13 }
      demand_millidays: 9800000 filled_millidays: 7100000 undated_openings: 4
      comparison {
        regime: DEMAND_REGIME_BURSTY seed: 7 draws: 1000
        plan_filled { mean: 8250000 low: 8200000 high: 8300000 }
        plan_gained { mean: 1150000 low: 1110000 high: 1190000 }
        policies { policy: TRAINING_POLICY_NONE filled { mean: 7100000 }
                   plan_ahead { mean: 1150000 low: 1110000 high: 1190000 } }
        policies { policy: TRAINING_POLICY_GAP_GREEDY cost_yuan: 199000
                   gained { mean: 870000 low: 830000 high: 910000 }
                   plan_ahead { mean: 280000 low: 262000 high: 298000 } }
        policies { policy: TRAINING_POLICY_RANDOM cost_yuan: 200000
                   gained { mean: -95500 low: -120000 high: -71000 }
                   plan_ahead { mean: 1245500 low: 1205000 high: 1286000 } }
      })");
    server_.trial = FromText<v1::TrainingSimulation>(R"(
      enrolments { course: "lights" people: 10 } unfilled_seats: 2
      comparison { regime: DEMAND_REGIME_SEASONAL seed: 3 draws: 500
                   plan_gained { mean: 400000 low: 380000 high: 420000 }
                   policies { policy: TRAINING_POLICY_CHAIN
                              gained { mean: -200000 low: -230000 high: -170000 }
                              plan_ahead { mean: 600000 low: 570000 high: 630000 } } })");
    v1::TrainingPlan& plan = server_.plans[kPlan];
    plan = FromText<v1::TrainingPlan>(R"(
      name: "trainingPlans/0000000000000001" etag: "e0"
      external_id { source: "plan-files" id: "spring" }
      title: "西安春季 <2026>" budget_yuan: 200000 homes: "xian" homes: "yanan" seed: 7
      learners: LEARNERS_WISHING regime: DEMAND_REGIME_BURSTY state: TRAINING_PLAN_STATE_PLANNED
      what_ifs { more_people { place: "xian" roles: "gaffer" people: 20 } }
      what_ifs { festival_week { week { year: 2026 month: 5 day: 1 } supply_millionths: 200000 } }
      courses { id: "lights" title: "灯光强化班" role: "gaffer" place: "xian"
                start { year: 2026 month: 3 day: 9 } weeks: 4 cost_yuan: 6000 seats: 30
                success_millionths: 900000 }
      courses { id: "edit" title: "剪辑线上课" role: "editor"
                start { year: 2026 month: 3 day: 9 } weeks: 6 cost_yuan: 1800 seats: 200 }
      courses { id: "sound" role: "sound-recordist" place: "xian"
                start { year: 2026 month: 4 day: 6 } weeks: 3 cost_yuan: 5200 seats: 16 })");
    *plan.mutable_result() = server_.training;
    AddPerson("profiles/000000000000000a", "王立");
    AddPerson("profiles/000000000000000b", "Li <Na>");
  }

  void AddPerson(const std::string& name, const std::string& called) {
    v1::Profile& profile = server_.profiles().records[name];
    profile.set_name(name);
    profile.set_display_name(called);
  }

  CliResult RunSample(std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"plan",   "run", "--courses", Sample("courses.csv"),
                                          "--budget", "200000", "--id", "sample"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunCli(server_, arguments);
  }

  // The plan of the sample files.
  const v1::TrainingPlan* Stored() const {
    for (const auto& [name, plan] : server_.plans) {
      if (plan.external_id().id() == "sample") return &plan;
    }
    return nullptr;
  }

  FakeTroupe server_;
};

TEST_F(PlanTest, RunStoresWhatTheFileSays) {
  const CliResult run = RunSample(
      {"--home", "西安", "--home", "xianyang", "--learners", "anybody", "--regime",
       "dominating-city", "--from", "2026-03-04", "--weeks", "2", "--forecast", "--what-if",
       "people=20,role=gaffer,city=xian", "--draws", "8", "--seed", "7", "--work-limit", "5000",
       "--comparison-draws", "100", "--further", "50000", "--title", "春季"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(server_.calls, ElementsAre("CreateTrainingPlan", "PlanTraining"));
  const v1::TrainingPlan& plan = *Stored();
  EXPECT_EQ(plan.external_id().source(), "plan-files");
  EXPECT_EQ(plan.title(), "春季");
  EXPECT_EQ(plan.budget_yuan(), 200'000);
  EXPECT_THAT(plan.homes(), ElementsAre("xian", "xianyang"));
  EXPECT_EQ(plan.learners(), v1::LEARNERS_ANYBODY);
  EXPECT_EQ(plan.regime(), v1::DEMAND_REGIME_DOMINATING_CITY);
  EXPECT_EQ(plan.until().day(), 12);  // The week of the 9th is the second and last.
  EXPECT_TRUE(plan.include_forecast());
  EXPECT_EQ(plan.what_ifs(0).more_people().people(), 20);
  EXPECT_EQ(plan.draws(), 8);
  EXPECT_EQ(plan.seed(), 7);
  EXPECT_EQ(plan.work_limit(), 5'000);
  EXPECT_EQ(plan.comparison_draws(), 100);
  EXPECT_EQ(plan.further_yuan(), 50'000);
}

TEST_F(PlanTest, RunReadsEveryColumnOfCourses) {
  RunSample();
  const v1::Course& course = Stored()->courses(3);
  EXPECT_THAT(testing::Difference(course, FromText<v1::Course>(R"(
                id: "edit-online" title: "剪辑线上课" role: "editor"
                start { year: 2027 month: 1 day: 4 } weeks: 6 cost_yuan: 1800 seats: 200
                success_millionths: 700000 productivity_millionths: 700000
                absence_millionths: 250000)")),
              IsEmpty());
  EXPECT_EQ(Stored()->courses(0).place(), "xian");  // By its name.
  EXPECT_EQ(Stored()->title(), "sample");
}

TEST_F(PlanTest, RunPrintsWhatCameOut) {
  const CliResult run = RunSample();
  EXPECT_THAT(run.out, AllOf(HasSubstr("41 trainees in 3 of 7 courses, for 198,000 of 200,000"),
                             HasSubstr("gained, role-days         1,150  (95 %: 1,110 – 1,190)\n"),
                             HasSubstr("gained per 10,000 yuan    58.1  (95 %: 56.1 – 60.1)\n"),
                             HasSubstr("better exists by at most  1.0 %  (on its draws)\n"),
                             HasSubstr("100,000 yuan more buy     310  (role-days)\n"),
                             HasSubstr(absl::StrCat("troupe plan report ", Stored()->name()))));
}

TEST_F(PlanTest, RunningTheSameIdAgainChangesThatPlan) {
  RunSample();
  server_.calls.clear();
  EXPECT_EQ(RunSample({"--title", "new"}).exit_code, 0);
  EXPECT_THAT(server_.calls, ElementsAre("UpdateTrainingPlan", "PlanTraining"));
  EXPECT_EQ(Stored()->title(), "new");
  EXPECT_EQ(server_.plans.size(), 2);
}

TEST_F(PlanTest, RunOfAStoredPlanChangesWhatIsSaid) {
  EXPECT_EQ(RunCli(server_, {"plan", "run", kPlan}).exit_code, 0);
  EXPECT_THAT(server_.calls, ElementsAre("PlanTraining"));
  EXPECT_EQ(RunCli(server_, {"plan", "run", "--what-if", "festival=2026-05-01", "--budget", "9",
                             "--home", "xian", kPlan})
                .exit_code,
            0);
  EXPECT_EQ(server_.plans.at(kPlan).what_ifs_size(), 1);
  EXPECT_THAT(server_.calls, ElementsAre("PlanTraining", "UpdateTrainingPlan", "PlanTraining"));
  EXPECT_EQ(server_.plans.at(kPlan).budget_yuan(), 9);
  EXPECT_EQ(server_.plans.at(kPlan).courses_size(), 3);
}

TEST_F(PlanTest, RunReadsJsonAndWhatItShows) {
  const CliResult run = RunCli(server_, {"--json", "plan", "run", Sample("plan.json")});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const auto plan = nlohmann::json::parse(run.out);
  EXPECT_EQ(plan["external_id"]["id"], "xian-2027");
  EXPECT_EQ(plan["result"]["trainees"], "41");
  const CliResult again = RunCli(server_, {"plan", "run", "-"}, run.out);
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(server_.calls, ElementsAre("CreateTrainingPlan", "PlanTraining",
                                         "UpdateTrainingPlan", "PlanTraining"));
}

TEST_F(PlanTest, TellsWhichFieldOfJsonIsWrong) {
  const std::string file = WriteTestFile("plan.json", R"({"courses": [{"cost": 5}]})");
  EXPECT_THAT(RunCli(server_, {"plan", "run", file}).err, HasSubstr("cost is not a field"));
  EXPECT_THAT(server_.calls, IsEmpty());
}

TEST_F(PlanTest, TellsEveryRowThatIsWrongBeforeAnythingIsSent) {
  const std::string file = WriteTestFile(
      "c.csv",
      "id,role,start,weeks,cost_yuan,seats,success,place\n"
      "a,gaffer,2027-01-04,4,6000,30,90%,\n"
      "a,lamp,soon,0,6k,,0.9,atlantis\n");
  const CliResult run = RunCli(server_, {"plan", "run", "--courses", file, "--budget", "1"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(server_.calls, IsEmpty());
  const std::string at = absl::StrCat("  ", file, ":3:");
  EXPECT_THAT(run.err,
              AllOf(HasSubstr("error: the plan has 8 faults; nothing was sent\n"),
                    HasSubstr(absl::StrCat(at, "id is \"a\", as is that of ", file, ":2")),
                    HasSubstr(at + "role is \"lamp\", which is no role: give the id or name"),
                    HasSubstr(at + "start is \"soon\": give a day as 2026-11-23"),
                    HasSubstr(at + "weeks is 0: give a whole number from 1 to 52"),
                    HasSubstr(at + "cost_yuan is \"6k\", which is no whole number"),
                    HasSubstr(at + "seats is empty"),
                    HasSubstr(at + "success is \"0.9\": give a share from 0% to 100%: 80%"),
                    HasSubstr(at + "place is \"atlantis\", which the gazetteer lacks")));
  EXPECT_THAT(run.err, HasSubstr("reason: MALFORMED_PLAN\n"));
}

TEST_F(PlanTest, WhatTheServerRefusesIsToldByItsRow) {
  Violations found;
  found.Add("training_plan.courses[1].start", "is past", "give a later day");
  server_.training_error = found.ToStatus();
  EXPECT_THAT(RunSample().err, HasSubstr("courses.csv:3:start is past: give a later day"));
}

TEST_F(PlanTest, RunWantsCoursesAndABudget) {
  EXPECT_THAT(RunCli(server_, {"plan", "run", "--budget", "1"}).err, HasSubstr("--courses"));
  EXPECT_THAT(RunCli(server_, {"plan", "run", "--courses", "c.csv"}).err, HasSubstr("--budget"));
  EXPECT_EQ(RunSample({"--regime", "calm"}).exit_code, 2);
  EXPECT_EQ(RunSample({"--what-if", "parks=1"}).exit_code, 2);
}

TEST_F(PlanTest, AnInterruptCancels) {
  server_.progress.resize(3);
  server_.interrupts_waits = true;
  const CliResult run = RunCli(server_, {"plan", "run", kPlan});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(server_.calls, ElementsAre("PlanTraining", "CancelOperation"));
  EXPECT_THAT(run.err, HasSubstr("reason: OPERATION_CANCELLED"));
}

TEST_F(PlanTest, ShowTellsWhatItIsMadeFromAndCameTo) {
  const CliResult run = RunCli(server_, {"plan", "show", "spring"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("西安春季 <2026>  trainingPlans/0000000000000001\n"),
                    HasSubstr("budget, yuan  200,000\n"), HasSubstr("Sound Recordist"),
                    HasSubstr("  90 / 100 / 100 %\n"), HasSubstr("20 more people in Xi'an: Gaffer"),
                    HasSubstr("festival in the week of 2026-05-01, 20 % of people's time"),
                    HasSubstr("Xi'an, Yan'an"), HasSubstr("41 trainees")));
}

TEST_F(PlanTest, ShowOfADraftSaysSo) {
  server_.plans.at(kPlan).clear_result();
  EXPECT_THAT(RunCli(server_, {"plan", "show", kPlan}).out,
              HasSubstr("not made since it was changed: troupe plan run " + std::string(kPlan)));
  EXPECT_THAT(RunCli(server_, {"plan", "report", kPlan}).err,
              HasSubstr("reason: TRAINING_PLAN_NOT_MADE"));
}

TEST_F(PlanTest, ReportNamesOwnPeopleAndNobodyElse) {
  const CliResult run = RunCli(server_, {"plan", "report", "spring"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  // Who is gone is called by profile.
  EXPECT_THAT(run.out, HasSubstr("王立, Li <Na>, profiles/000000000000000c"));
  EXPECT_THAT(run.out, AllOf(HasSubstr("  3      25  168,000     905        53.9\n"),
                             HasSubstr("  0     1–4        0       –           –\n")));
}

TEST_F(PlanTest, ReportTellsWhatIsFilledAndFreed) {
  EXPECT_THAT(RunCli(server_, {"plan", "report", "spring"}).out,
              AllOf(HasSubstr("Gaffer, Xi'an 610; Gaffer, Zhengzhou 295"),
                    HasSubstr("Camera Operator, Xi'an 40"),
                    HasSubstr("Editor, from anywhere 380"), HasSubstr("several roles")));
}

TEST_F(PlanTest, ReportComparesWithPolicies) {
  EXPECT_THAT(RunCli(server_, {"plan", "report", "spring"}).out,
              AllOf(HasSubstr("largest gap first  199,000     870      830 – 910"),
                    HasSubstr("at random          200,000   -95.5     -120 – -71          1,246")));
}

TEST_F(PlanTest, ReportSpeaksChinese) {
  EXPECT_THAT(RunCli(server_, {"plan", "report", "spring", "--language", "zh"}).out,
              AllOf(HasSubstr("从 3 门课程中选出 3 门，培训 41 人"), HasSubstr("先补最大缺口"),
                    HasSubstr("西安新增 20 人：灯光师"), Not(HasSubstr("Gaffer"))));
}

TEST_F(PlanTest, SaysWhyNobodyIsTrained) {
  server_.training = FromText<v1::TrainingResult>(R"(
    from { year: 2026 month: 3 day: 2 } until { year: 2026 month: 8 day: 31 }
    empty_reason: EMPTY_REASON_NO_GAIN empty_text: "nobody would fill more: raise the budget")");
  const std::string page = TestPath("plan.html");
  const CliResult run = RunCli(server_, {"plan", "run", kPlan, "--html", page});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("nobody would fill more: raise the budget\n"));
  EXPECT_THAT(ReadTestFile(page), AllOf(HasSubstr("预算内无人因培训"), Not(HasSubstr("<svg"))));
}

TEST_F(PlanTest, WritesJson) {
  const CliResult run = RunCli(server_, {"--json", "plan", "report", "spring"});
  EXPECT_EQ(nlohmann::json::parse(run.out)["result"]["gained_millidays"], "1200000");
}

TEST_F(PlanTest, WritesTablesAsCsv) {
  const std::string folder = TestPath("plan");
  EXPECT_EQ(RunCli(server_, {"plan", "report", "spring", "--csv", folder}).exit_code, 0);
  EXPECT_THAT(ReadTestFile(folder + "/courses.csv"),
              AllOf(HasSubstr("lights,灯光强化班,gaffer,xian,2026-03-09,4,3,25,168000,905.000\r\n"),
                    HasSubstr("sound,,sound-recordist,xian,2026-04-06,3,0,,0,\r\n")));
  EXPECT_THAT(ReadTestFile(folder + "/trainees.csv"),
              HasSubstr("lights,profiles/000000000000000b,Li <Na>\r\n"));
  EXPECT_THAT(ReadTestFile(folder + "/work.csv"),
              HasSubstr("lights,others,camera-operator,xian,no,40.000\r\n"));
  EXPECT_THAT(ReadTestFile(folder + "/moves.csv"), HasSubstr(",editor,13\r\n"));
  EXPECT_THAT(ReadTestFile(folder + "/figures.csv"), HasSubstr("gained_low_role_days,1110.000\r\n"));
  EXPECT_THAT(ReadTestFile(folder + "/policies.csv"),
              HasSubstr("random,200000,-95.500,-120.000,-71.000,1245.500,1205.000,1286.000\r\n"));
}

TEST_F(PlanTest, ThePageIsWellFormedInBothLanguages) {
  const std::string path = TestPath("plan.html");
  const CliResult run = RunCli(server_, {"plan", "report", "spring", "--html", path});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const std::string page = ReadTestFile(path);
  EXPECT_THAT(page, AllOf(HasSubstr("西安春季 &lt;2026&gt;"), Not(HasSubstr("<2026>")),
                          HasSubstr("From main role to new role, people 从原工种到新工种"),
                          HasSubstr("<title>Grip 移动组 → Gaffer 灯光师: 5</title>"),
                          HasSubstr("1,150 (1,110 – 1,190)</text>"), HasSubstr(">610</text>"),
                          HasSubstr("领先"), HasSubstr("never named")));
  const std::string check = absl::StrCat("python3 -c 'import sys, xml.dom.minidom as m; "
                                         "m.parse(sys.argv[1])' ", path);
  EXPECT_EQ(std::system(check.c_str()), 0);
}

TEST_F(PlanTest, SimulateTriesOtherNumbersOnOtherDemand) {
  const CliResult run =
      RunCli(server_, {"plan", "simulate", "spring", "--regime", "seasonal", "--draws", "500",
                       "--seed", "3", "--course", "lights=10"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const v1::SimulateTrainingRequest& request = server_.trial_requests.at(0);
  EXPECT_EQ(request.regime(), v1::DEMAND_REGIME_SEASONAL);
  EXPECT_EQ(request.draws(), 500);
  EXPECT_EQ(request.seed(), 3);
  EXPECT_EQ(request.enrolments(0).course(), "lights");
  EXPECT_EQ(request.enrolments(0).people(), 10);
  EXPECT_THAT(run.out, AllOf(HasSubstr("灯光强化班 10"), HasSubstr("by 2: no others may"),
                             HasSubstr("500 fresh ones, seed 3"),
                             HasSubstr("400 (380 – 420) role-days"), HasSubstr("chain of roles"),
                             HasSubstr("570 – 630")));
  EXPECT_EQ(RunCli(server_, {"plan", "simulate", "spring", "--course", "lights"}).exit_code, 2);
}

TEST_F(PlanTest, SimulateTellsWhichNumberIsWrong) {
  Violations found;
  found.Add("enrolments[1].people", "is 99", "give 0 to 30");
  server_.training_error = found.ToStatus();
  EXPECT_THAT(
      RunCli(server_, {"plan", "simulate", "spring", "--course", "edit=1", "--course", "lights=99"})
          .err,
      HasSubstr("--course lights=99:people is 99: give 0 to 30"));
}

TEST_F(PlanTest, SimulateSaysThatNobodyMayTakeThem) {
  server_.trial = FromText<v1::TrainingSimulation>(
      R"(enrolments { course: "lights" } unfilled_seats: 3)");
  const CliResult run = RunCli(server_, {"plan", "simulate", "spring"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("nothing: nobody may take these courses\n"),
                             HasSubstr("asked for         nobody\n"),
                             Not(HasSubstr("Beside simple policies"))));
}

TEST_F(PlanTest, ListsAndDeletesPlans) {
  EXPECT_THAT(RunCli(server_, {"plan", "list"}).out,
              HasSubstr("spring  西安春季 <2026>  planned        3       200,000"));
  EXPECT_EQ(RunCli(server_, {"plan", "delete", "spring"}).out,
            "deleted trainingPlans/0000000000000001\n");
  EXPECT_THAT(RunCli(server_, {"plan", "list"}).out, HasSubstr("no plans yet"));
  EXPECT_THAT(RunCli(server_, {"plan", "show", "spring"}).err,
              HasSubstr("there is no plan \"spring\": \"troupe plan list\" shows"));
}

TEST_F(PlanTest, ListsAndCancelsOperations) {
  EXPECT_THAT(RunCli(server_, {"plan", "operations", "spring"}).out, HasSubstr("was never made"));
  RunCli(server_, {"plan", "run", kPlan});
  EXPECT_THAT(RunCli(server_, {"plan", "operations", "spring"}).out,
              HasSubstr("trainingPlans/0000000000000001/operations/1  PlanTraining  succeeded"));
  EXPECT_THAT(RunCli(server_, {"plan", "cancel", absl::StrCat(kPlan, "/operations/1")}).out,
              HasSubstr("has ended already: succeeded"));
}

TEST(PlanWordsTest, RegimesAreReadAsTheyAreWritten) {
  for (const std::string& word : RegimeWords()) EXPECT_NE(RegimeOf(word), 0) << word;
  EXPECT_EQ(RegimeOf("calm"), v1::DEMAND_REGIME_UNSPECIFIED);
  EXPECT_THAT(LearnersWords(), ElementsAre("wishing", "anybody"));
}

}  // namespace
}  // namespace troupe
