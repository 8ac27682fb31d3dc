#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "nlohmann/json.hpp"
#include "services/cli/placement/placement_words.h"
#include "tests/services/cli/cli_run.h"

namespace troupe {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::CliResult;
using testing::FakeTroupe;
using testing::ReadTestFile;
using testing::RunCli;
using testing::TestPath;
using testing::WriteTestFile;

constexpr char kRound[] = "rounds/0000000000000001";
constexpr char kCohort[] = "cohorts/0000000000000001";
constexpr char kOther[] = "cohorts/0000000000000002";

std::string Sample(const std::string& name) {
  return absl::StrCat(TROUPE_SOURCE_DIR, "/deploy/samples/placement/", name);
}

class PlacementTest : public ::testing::Test {
 protected:
  PlacementTest() {
    server_.result.set_graduates(24);
    server_.result.set_placed(21);
    server_.result.set_seats(25);
    // Of "{}".
    server_.result.set_certificate_sha256(
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    server_.certificate = {"{", "}"};
    AddReport();
    v1::Round& round = server_.rounds[kRound];
    round.set_name(kRound);
    round.set_title("秋季安置");
    round.mutable_external_id()->set_source("placement-files");
    round.mutable_external_id()->set_id("autumn");
    round.set_mechanism(v1::MECHANISM_GRADUATES_PROPOSE);
    round.set_seed(7);
    round.set_state(v1::ROUND_STATE_PLACED);
    round.add_cohorts(kCohort);
    round.add_programs("programs/0000000000000001");
    round.add_programs("programs/0000000000000002");
    *round.mutable_result() = server_.result;
    AddCohort(kCohort, "晨光影视学院 <2026>");
    AddProgram("programs/0000000000000001", "autumn/lights", "长安短剧灯光组");
    AddProgram("programs/0000000000000002", "autumn/drama", "短剧组 & \"Co\"");
  }

  void AddCohort(const std::string& name, const std::string& title) {
    server_.cohorts[name].set_name(name);
    server_.cohorts[name].set_title(title);
  }

  void AddProgram(const std::string& name, const std::string& id, const std::string& title) {
    v1::Program& program = server_.programs().records[name];
    program.set_name(name);
    program.set_title(title);
    program.mutable_external_id()->set_source("placement-files");
    program.mutable_external_id()->set_id(id);
  }

  void AddGroup(const std::string& group, int32_t graduates, int32_t placed,
                google::protobuf::RepeatedPtrField<v1::GroupPlacement>& groups) {
    v1::GroupPlacement& added = *groups.Add();
    added.set_group(group);
    added.set_graduates(graduates);
    added.set_placed(placed);
    added.set_first_choice(placed / 2);
  }

  void AddFlow(const std::string& place, int32_t graduates) {
    v1::PlacementFlow& flow = *server_.report.add_flows();
    flow.set_cohort(kCohort);
    flow.set_cohort_title("晨光影视学院 <2026>");
    flow.set_place(place);
    flow.set_graduates(graduates);
  }

  void AddReport() {
    v1::RoundReport& report = server_.report;
    report.set_round(kRound);
    report.set_title("秋季安置");
    report.mutable_outcome()->set_mechanism(v1::MECHANISM_GRADUATES_PROPOSE);
    report.mutable_outcome()->set_graduates(24);
    report.mutable_outcome()->set_placed(21);
    report.mutable_outcome()->set_first_choice(12);
    report.mutable_outcome()->set_mean_choice_millionths(1'666'667);
    for (const int32_t number : {12, 5, 0, 4}) report.add_placed_by_choice(number);
    AddFlow("xian", 12);
    AddFlow("hangzhou", 9);
    AddFlow("unplaced", 3);
    AddGroup("local", 8, 6, *report.mutable_by_group());
    AddGroup("gaffer", 10, 9, *report.mutable_by_role());
    AddGroup("none", 24, 21, *report.mutable_by_home());
    AddGroup(kCohort, 24, 21, *report.mutable_by_cohort());
    v1::UnfilledProgram& unfilled = *report.add_unfilled();
    unfilled.set_program("programs/0000000000000001");
    unfilled.set_title("长安短剧灯光组");
    unfilled.set_capacity(5);
    unfilled.set_empty(4);
    unfilled.set_reason(v1::UnfilledProgram::REASON_NOBODY_WISHES);
    report.set_unfilled_seats(4);
    v1::UnplacedReason& reason = *report.add_unplaced();
    reason.set_reason("program full");
    reason.set_graduates(3);
  }

  CliResult RunSample(std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {
        "placement",   "run",  "--graduates", Sample("graduates.csv"), "--programs",
        Sample("programs.csv"), "--mechanism", "graduates-propose",     "--seed",
        "7",           "--id", "sample"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunCli(server_, arguments);
  }

  // The round of the sample files.
  const v1::Round* Stored() const {
    for (const auto& [name, round] : server_.rounds) {
      if (round.external_id().id() == "sample") return &round;
    }
    return nullptr;
  }

  FakeTroupe server_;
};

TEST_F(PlacementTest, RunStoresWhatTheFilesSayAndPrintsWhatCameOut) {
  const CliResult run = RunSample();
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(server_.calls,
              ElementsAre("ImportPrograms", "CreateCohort", "CreateCohort", "CreateCohort",
                          "ImportPrograms", "CreateRound", "RunRound"));
  const v1::Round& round = *Stored();
  EXPECT_EQ(round.cohorts_size(), 3);
  EXPECT_EQ(round.programs_size(), 10);
  const v1::Cohort& cohort = server_.cohorts.at(round.cohorts(0));
  EXPECT_EQ(cohort.title(), "晨光影视学院2026届");
  EXPECT_EQ(cohort.external_id().id(), "sample/晨光影视学院2026届");
  EXPECT_EQ(cohort.graduates(1).wishes(2).programs_size(), 2);  // camera-hz=lights-xian
  const v1::Program& lights = server_.programs().records.at(round.programs(0));
  EXPECT_EQ(lights.external_id().id(), "sample/lights-xian");
  EXPECT_EQ(lights.priorities(0).graduates(0), absl::StrCat(cohort.name(), "/graduates/ls-02"));
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("placed     21 of 24 graduates (87.5 %) on 25 seats\n"),
                    HasSubstr("by choice  1st 12, 2nd 5, 4th 4\n"), HasSubstr("unplaced   3\n"),
                    HasSubstr(absl::StrCat("troupe placement explain ", round.name()))));
}

TEST_F(PlacementTest, RunningTheSameFilesAgainChangesNothingButTheRun) {
  RunSample();
  server_.calls.clear();
  EXPECT_EQ(RunSample().exit_code, 0);
  EXPECT_THAT(server_.calls, ElementsAre("ImportPrograms", "RunRound"));
}

TEST_F(PlacementTest, RunChangesWhatDiffers) {
  RunSample();
  server_.calls.clear();
  EXPECT_EQ(RunSample({"--title", "new"}).exit_code, 0);
  EXPECT_THAT(server_.calls, ElementsAre("ImportPrograms", "UpdateRound", "RunRound"));
}

TEST_F(PlacementTest, EverySampleIsARound) {
  const std::vector<std::vector<std::string>> forms = {
      {"--regions", Sample("regions.csv"), "--mechanism", "floors"},
      {"--reserves", Sample("reserves.csv"), "--mechanism", "reserves"},
      {"--pairs", Sample("pairs.csv"), "--mechanism", "linked-pairs"}};
  for (const std::vector<std::string>& form : forms) {
    std::vector<std::string> arguments = {"placement",  "run",
                                          "--graduates", Sample("graduates.csv"),
                                          "--programs", Sample("programs.csv"),
                                          "--seed",     "7"};
    arguments.insert(arguments.end(), form.begin(), form.end());
    const CliResult run = RunCli(server_, arguments);
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_THAT(run.err, IsEmpty());
  }
  EXPECT_EQ(RunCli(server_, {"placement", "run", Sample("round.json")}).exit_code, 0);
}

TEST_F(PlacementTest, RunReadsStandardInput) {
  const CliResult run =
      RunCli(server_, {"--json", "placement", "run", "-"}, ReadTestFile(Sample("round.json")));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const auto round = nlohmann::json::parse(run.out);
  EXPECT_EQ(round["external_id"]["id"], "autumn-studios");
  EXPECT_EQ(round["result"]["placed"], 21);
  EXPECT_FALSE(round.contains("programs"));
}

TEST_F(PlacementTest, MalformedFilesAreToldBeforeAnythingIsSent) {
  const std::string graduates = WriteTestFile("g.csv", "id,wishes\na,p\na,q\n");
  const std::string programs = WriteTestFile("p.csv", "id,capacity,priorities\np,0,a\n");
  const CliResult run = RunCli(server_, {"placement", "run", "--graduates", graduates,
                                         "--programs", programs, "--seed", "1"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(server_.calls, IsEmpty());
  EXPECT_THAT(run.err,
              AllOf(HasSubstr("error: the round has 4 faults; nothing was sent\n"),
                    HasSubstr(absl::StrCat("  ", programs, ":2:capacity is 0: give how many")),
                    HasSubstr("  command line:mechanism is not said: say --mechanism and one of"),
                    HasSubstr(absl::StrCat("  ", graduates, ":3:id is \"a\", as is that of")),
                    HasSubstr("reason: MALFORMED_ROUND\n")));
}

TEST_F(PlacementTest, WhatTheServerRefusesIsToldByItsRow) {
  Violations found;
  found.Add("cohort.graduates[1].profile", "is hidden", "give another");
  server_.placement_error = found.ToStatus();
  const CliResult run = RunSample();
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("graduates.csv:3:profile is hidden: give another"));
}

TEST_F(PlacementTest, RunOfAStoredRoundChangesItsSeed) {
  const CliResult run = RunCli(server_, {"placement", "run", kRound, "--seed", "8"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(server_.calls, ElementsAre("UpdateRound", "RunRound"));
  EXPECT_EQ(server_.rounds.at(kRound).seed(), 8);
}

TEST_F(PlacementTest, RunTellsWhyItFailed) {
  server_.operation_error.set_code(9);
  server_.operation_error.set_reason("FLOORS_CONFLICT");
  server_.operation_error.set_message("no placement meets all floors: lower one");
  server_.operation_error.set_problem_count(3);  // Two are not listed.
  v1::OperationProblem& problem = *server_.operation_error.add_problems();
  problem.set_subject("regions north");
  problem.set_description("needs 4: lower its floor");
  const CliResult run = RunCli(server_, {"placement", "run", kRound});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, AllOf(HasSubstr("error: no placement meets all floors\n"),
                             HasSubstr("  regions north needs 4: lower its floor\n  ... and 2 more\n"),
                             HasSubstr("reason: FLOORS_CONFLICT")));
}

TEST_F(PlacementTest, AnInterruptCancelsTheRun) {
  server_.progress.resize(3);
  server_.interrupts_waits = true;
  const CliResult run = RunCli(server_, {"placement", "run", kRound});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(server_.calls, ElementsAre("RunRound", "CancelOperation"));
  EXPECT_THAT(run.err, AllOf(HasSubstr("was cancelled: nothing of it stays"),
                             HasSubstr("reason: OPERATION_CANCELLED")));
}

TEST_F(PlacementTest, ProgressIsToldStepByStep) {
  v1::OperationProgress& first = server_.progress.emplace_back();
  first.set_step("deriving preferences");
  first.set_done(5);
  first.set_total(10);
  const CliResult run = RunCli(server_, {"--verbose", "placement", "run", kRound});
  EXPECT_THAT(run.err, HasSubstr("deriving preferences   50%  5 of 10"));
}

TEST_F(PlacementTest, RunWantsFilesOfOneKind) {
  EXPECT_EQ(RunCli(server_, {"placement", "run"}).exit_code, 2);
  EXPECT_EQ(RunCli(server_, {"placement", "run", "x.json", "--programs", "p.csv"}).exit_code, 2);
  const CliResult run = RunCli(server_, {"placement", "run", kRound, "--mechanism", "best"});
  EXPECT_EQ(run.exit_code, 2);
}

TEST_F(PlacementTest, CertificateIsComparedWithWhatTheRoundNames) {
  const std::string path = TestPath("certificate.json");
  const CliResult run = RunCli(server_, {"placement", "certificate", kRound, path});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(ReadTestFile(path), "{}");
  EXPECT_THAT(run.out, HasSubstr("python3 deploy/verify_placement.py " + path));
}

TEST_F(PlacementTest, ACertificateOfAnotherDigestIsNotKept) {
  server_.certificate = {"{ }"};
  const std::string path = TestPath("certificate.json");
  const CliResult run = RunCli(server_, {"placement", "certificate", kRound, path});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("reason: CERTIFICATE_BROKEN"));
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_FALSE(std::filesystem::exists(path + ".part"));
}

TEST_F(PlacementTest, VerifySaysSo) {
  server_.verdict.set_verified(true);
  server_.verdict.set_admitted(1);
  const CliResult run = RunCli(server_, {"placement", "verify", "autumn"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("VERIFIED  rounds/0000000000000001 keeps"),
                             HasSubstr("but for 1 breach that it admits")));
}

TEST_F(PlacementTest, VerifyFailsWithEachProblem) {
  server_.verdict.add_problems("g1 and lights block");
  const CliResult run = RunCli(server_, {"placement", "verify", kRound});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.out, HasSubstr("NOT VERIFIED"));
  EXPECT_THAT(run.out, HasSubstr("  g1 and lights block\n"));
  EXPECT_THAT(run.err, HasSubstr("reason: NOT_VERIFIED"));
}

class ExplainTest : public PlacementTest {
 protected:
  v1::ExplainPlacementResponse& Explanation(const std::string& cohort) {
    const std::string name = absl::StrCat(cohort, "/graduates/g1");
    v1::ExplainPlacementResponse& explanation = server_.explanations[name];
    explanation.mutable_placement()->set_graduate(name);
    return explanation;
  }
};

TEST_F(ExplainTest, ShowsWhatItWouldRatherHaveAndWhatWouldHavePlacedIt) {
  v1::ExplainPlacementResponse& explanation = Explanation(kCohort);
  explanation.mutable_placement()->set_choices(2);
  v1::OutOfReach& full = *explanation.add_out_of_reach();
  full.set_program("programs/0000000000000001");
  full.set_reason(v1::OutOfReach::REASON_PROGRAM_FULL);
  full.set_rank(12);
  full.set_cutoff(8);
  full.set_seats(4);
  full.set_text("its 4 seats went to graduates ranked 1 to 8");
  v1::PlacementChange& change = *explanation.add_changes();
  change.set_kind(v1::PlacementChange::KIND_FURTHER_ROLE);
  change.set_role("gaffer");
  change.set_program("programs/0000000000000002");
  change.set_readiness_millionths(412'000);
  explanation.set_changes_tried(9);
  const CliResult run = RunCli(server_, {"placement", "explain", "autumn", "g1"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(
      run.out,
      AllOf(HasSubstr("UNPLACED  g1  cohorts/0000000000000001/graduates/g1\n"),
            HasSubstr("at         nowhere, of 2 choices\n"),
            HasSubstr("     program                  why not       its rank  cut-off  seats\n"
                      "  1  长安短剧灯光组 (lights)  program full        12        8      4\n"
                      "      its 4 seats went to graduates ranked 1 to 8\n"),
            HasSubstr("learn the role Gaffer"), HasSubstr("短剧组 & \"Co\" (drama)"),
            HasSubstr("0.412"), HasSubstr("9 changes tried")));
}

TEST_F(ExplainTest, SaysThatNothingIsBetter) {
  v1::ExplainPlacementResponse& explanation = Explanation(kCohort);
  explanation.mutable_placement()->set_program("programs/0000000000000001");
  explanation.mutable_placement()->set_choice(1);
  explanation.mutable_placement()->set_choices(3);
  explanation.set_changes_tried(4);
  const CliResult run = RunCli(server_, {"placement", "explain", kRound, "g1"});
  EXPECT_THAT(run.out, AllOf(HasSubstr("PLACED  g1"), HasSubstr("its 1st of 3 choices"),
                             HasSubstr("nothing: it has the best of its list"),
                             HasSubstr("nothing: 4 changes tried, none did")));
}

TEST_F(ExplainTest, AnIdInTwoCohortsIsAskedAbout) {
  server_.rounds.at(kRound).add_cohorts(kOther);
  Explanation(kCohort);
  EXPECT_EQ(RunCli(server_, {"placement", "explain", kRound, "g1"}).exit_code, 0);
  Explanation(kOther);
  const CliResult run = RunCli(server_, {"placement", "explain", kRound, "g1"});
  EXPECT_THAT(run.err, AllOf(HasSubstr("g1 is in 2 cohorts"), HasSubstr("AMBIGUOUS_GRADUATE")));
  EXPECT_THAT(RunCli(server_, {"placement", "explain", kRound, "g2"}).err,
              HasSubstr("no graduate of rounds/0000000000000001 has the id g2"));
}

TEST_F(PlacementTest, ReportShowsTablesAndBars) {
  const CliResult run = RunCli(server_, {"placement", "report", kRound, "--compare",
                                         "--cross-role", "5"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_TRUE(server_.report_requests.at(0).compare_mechanisms());
  EXPECT_EQ(server_.report_requests.at(0).cross_role_for(), 5);
  EXPECT_THAT(
      run.out,
      AllOf(HasSubstr("placed        21 / 24  (87.5 %)"), HasSubstr("mean choice   1.67"),
            HasSubstr("  1st choice  ████████████████████████         12  50.0 %\n"),
            HasSubstr("  3rd choice                                    0   0.0 %\n"),
            HasSubstr("  unplaced    ██████                            3  12.5 %\n"),
            HasSubstr("Xi'an"), HasSubstr("nobody wishes it"), HasSubstr("program full"),
            Not(HasSubstr("By home city"))));
}

TEST_F(PlacementTest, ReportSpeaksChinese) {
  const CliResult run = RunCli(server_, {"placement", "report", kRound, "--language", "zh"});
  EXPECT_THAT(run.out, AllOf(HasSubstr("第1志愿"), HasSubstr("无人填报"), HasSubstr("西安"),
                             Not(HasSubstr("Programs with"))));
}

TEST_F(PlacementTest, ReportSaysWhyTablesAreEmpty) {
  server_.report.clear_unfilled();
  server_.report.clear_unplaced();
  server_.report.set_cross_role_examined(3);
  const CliResult run = RunCli(server_, {"placement", "report", kRound});
  EXPECT_THAT(run.out, AllOf(HasSubstr("none: all seats are filled"),
                             HasSubstr("none: everybody has a place"),
                             HasSubstr("no single further role or skill")));
}

TEST_F(PlacementTest, ThePageIsWellFormedAndEscapesTexts) {
  const std::string path = TestPath("report.html");
  const CliResult run = RunCli(server_, {"placement", "report", kRound, "--html", path});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const std::string page = ReadTestFile(path);
  EXPECT_THAT(page, AllOf(HasSubstr("<title>秋季安置 - placement 毕业生安置</title>"),
                          HasSubstr("晨光影视学院 &lt;2026&gt;"), Not(HasSubstr("<2026>")),
                          HasSubstr("By choice 按志愿顺序"), HasSubstr("@page { size: A4;"),
                          HasSubstr("44136fa355b3678a")));
  EXPECT_EQ(page.find("<svg"), page.find("<svg xmlns"));
  EXPECT_NE(page.find("<svg"), page.rfind("<svg"));  // Two pictures.
  const std::string check = absl::StrCat("python3 -c 'import sys, xml.dom.minidom as m; "
                                         "m.parse(sys.argv[1])' ", path);
  EXPECT_EQ(std::system(check.c_str()), 0);
}

TEST_F(PlacementTest, ThePageSpeaksOneLanguageIfAsked) {
  const std::string path = TestPath("report.html");
  RunCli(server_, {"placement", "report", kRound, "--html", path, "--language", "zh"});
  EXPECT_THAT(ReadTestFile(path), AllOf(HasSubstr("<html lang=\"zh-CN\">"),
                                        HasSubstr("<h2>按志愿顺序</h2>"),
                                        Not(HasSubstr("By choice"))));
}

TEST_F(PlacementTest, ReportWritesCsvFiles) {
  const std::string folder = TestPath("csv");
  RunCli(server_, {"placement", "report", kRound, "--csv", folder});
  EXPECT_EQ(ReadTestFile(folder + "/by_choice.csv"),
            "\xEF\xBB\xBF" "choice,graduates\r\n1,12\r\n2,5\r\n3,0\r\n4,4\r\nunplaced,3\r\n");
  EXPECT_THAT(ReadTestFile(folder + "/unfilled.csv"), HasSubstr("lights,4,5,nobody wishes it"));
}

TEST_F(PlacementTest, PlacesListsEverybodyOrTheUnplaced) {
  v1::GraduatePlacement& first = server_.placements.emplace_back();
  first.set_graduate(absl::StrCat(kCohort, "/graduates/g1"));
  first.set_program("programs/0000000000000002");
  first.set_choice(2);
  first.set_choices(3);
  server_.placements.emplace_back().set_graduate(absl::StrCat(kCohort, "/graduates/g2"));
  EXPECT_THAT(RunCli(server_, {"placement", "places", "autumn"}).out,
              AllOf(HasSubstr("g1        短剧组 & \"Co\"  drama     2nd   3"),
                    HasSubstr("g2        unplaced                   -   0")));
  EXPECT_THAT(RunCli(server_, {"placement", "places", kRound, "--unplaced"}).out,
              Not(HasSubstr("g1")));
  EXPECT_EQ(RunCli(server_, {"placement", "places", kRound, "--csv", "-"}).out,
            "cohort,graduate,profile,program,title,choice,choices\r\n"
            "晨光影视学院 <2026>,g1,,drama,\"短剧组 & \"\"Co\"\"\",2,3\r\n"
            "晨光影视学院 <2026>,g2,,,,,0\r\n");
}

TEST_F(PlacementTest, PlacesSaysWhyItIsEmpty) {
  EXPECT_EQ(RunCli(server_, {"placement", "places", kRound, "--unplaced"}).out,
            "nobody: everybody has a place\n");
}

TEST_F(PlacementTest, PublishWaitsAndCountsHolds) {
  server_.rounds.at(kRound).mutable_publication()->set_holds(21);
  const CliResult run = RunCli(server_, {"placement", "publish", "autumn", "--expires", "3d"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_TRUE(server_.publish_requests.at(0).has_expire_time());
  EXPECT_THAT(run.out, HasSubstr("published rounds/0000000000000001: 21 holds offered"));
}

TEST_F(PlacementTest, ListsRoundsAndOperations) {
  EXPECT_THAT(RunCli(server_, {"placement", "list"}).out,
              AllOf(HasSubstr("autumn  秋季安置  placed  graduates-propose      21  24")));
  EXPECT_THAT(RunCli(server_, {"placement", "operations", kRound}).out, HasSubstr("none: rounds/"));
  RunCli(server_, {"placement", "run", kRound});
  EXPECT_THAT(RunCli(server_, {"placement", "operations", kRound}).out,
              HasSubstr("rounds/0000000000000001/operations/1  RunRound  succeeded"));
  EXPECT_THAT(
      RunCli(server_, {"placement", "cancel", "rounds/0000000000000001/operations/1"}).out,
      HasSubstr("has ended already: succeeded"));
}

TEST_F(PlacementTest, AnUnknownIdIsTold) {
  EXPECT_THAT(RunCli(server_, {"placement", "report", "spring"}).err,
              HasSubstr("there is no round \"spring\": \"troupe placement list\" shows"));
}

TEST(PlacementWordsTest, MechanismsAreReadBothWays) {
  EXPECT_EQ(MechanismOf("linked-pairs"), v1::MECHANISM_LINKED_PAIRS);
  EXPECT_EQ(MechanismOf("linked_pairs"), v1::MECHANISM_LINKED_PAIRS);
  EXPECT_EQ(MechanismOf("unspecified"), std::nullopt);
  EXPECT_EQ(MechanismWords().size(), 8);
}

TEST(PlacementWordsTest, UnplacedReasonsAreKnownInChinese) {
  EXPECT_EQ(UnplacedPhrase("program full").zh, "项目名额已满");
  EXPECT_EQ(UnplacedPhrase("something new").zh, "");
}

}  // namespace
}  // namespace troupe
