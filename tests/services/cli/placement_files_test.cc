#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/cli/placement/round_check.h"
#include "services/cli/placement/round_draft.h"
#include "tests/testing/temp_directory.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::TempDirectory;

constexpr char kGraduates[] =
    "id,groups,wishes\n"
    "g1,local,lights>drama=edit\n"
    "g2,,drama>lights\n";
constexpr char kPrograms[] =
    "id,title,capacity,studio,region,place,priorities\n"
    "lights,灯光组,2,,north,xian,g1=g2\n"
    "drama,短剧组,1,,north,西安,g2>g1\n"
    "edit,剪辑室,1,,east,hangzhou,g1\n";

// A good round, whose files a test changes to what it is about.
class PlacementFilesTest : public ::testing::Test {
 protected:
  PlacementFilesTest() { files_ = {{"graduates", kGraduates}, {"programs", kPrograms}}; }

  RoundDraft Read() {
    std::map<std::string, Sheet> sheets;
    for (const auto& [form, text] : files_) {
      const std::string path = folder_.path() + "/" + form + ".csv";
      std::ofstream(path, std::ios::binary) << text;
      sheets[form] = ReadCsvSheet(path, SheetFormOf(form), defects_).value();
    }
    RoundDraft draft = ReadDraft(sheets, ReadRules(settings_, "line", defects_), defects_);
    CheckDraft(draft, defects_);
    return draft;
  }

  // What is wrong, each as "file:row:column problem: fix".
  std::vector<std::string> Faults() {
    Read();
    return Told(defects_.found());
  }

  std::vector<std::string> Told(const std::vector<FieldViolation>& found) const {
    std::vector<std::string> told;
    for (const FieldViolation& one : found) {
      told.push_back(absl::StrReplaceAll(absl::StrCat(one.field, " ", one.problem, ": ", one.fix),
                                         {{folder_.path() + "/", ""}}));
    }
    return told;
  }

  TempDirectory folder_;
  std::map<std::string, std::string> files_;
  std::map<std::string, std::string> settings_;
  Defects defects_{"round"};
};

TEST_F(PlacementFilesTest, ReadsEveryColumn) {
  const RoundDraft draft = Read();
  EXPECT_THAT(Told(defects_.found()), IsEmpty());
  EXPECT_THAT(draft.graduates.at(0).groups, ElementsAre("local"));
  EXPECT_THAT(draft.graduates.at(0).wishes,
              ElementsAre(ElementsAre("lights"), ElementsAre("drama", "edit")));
  EXPECT_EQ(draft.programs.at(1).title, "短剧组");
  EXPECT_EQ(draft.programs.at(1).place, "xian");  // By its name.
  EXPECT_THAT(draft.programs.at(0).priorities, ElementsAre(ElementsAre("g1", "g2")));
}

TEST_F(PlacementFilesTest, FullWidthSignsMeanTheSame) {
  files_["graduates"] = "id,groups,wishes\ng1,local；newcomer,lights＞drama＝edit\ng2,,drama\n";
  const RoundDraft draft = Read();
  EXPECT_THAT(draft.graduates.at(0).groups, ElementsAre("local", "newcomer"));
  EXPECT_THAT(draft.graduates.at(0).wishes,
              ElementsAre(ElementsAre("lights"), ElementsAre("drama", "edit")));
}

TEST_F(PlacementFilesTest, RowsOfBlanksAreNone) {
  files_["graduates"] = std::string(kGraduates) + ",,\n";
  EXPECT_EQ(Read().graduates.size(), 2);
}

TEST_F(PlacementFilesTest, RefusesAGraduateTwice) {
  files_["graduates"] += "g1,,edit\n";
  EXPECT_THAT(Faults(), ElementsAre("graduates.csv:4:id is \"g1\", as is that of graduates.csv:2: "
                                    "leave one of the rows out, or give each graduate an id of "
                                    "its own"));
}

TEST_F(PlacementFilesTest, RefusesAnUnknownProgram) {
  files_["graduates"] += "g3,,light\n";
  EXPECT_THAT(Faults(),
              ElementsAre("graduates.csv:4:wishes names the program \"light\", which programs.csv "
                          "does not have: say \"lights\" if that is meant, or add it to "
                          "programs.csv"));
}

TEST_F(PlacementFilesTest, RefusesCapacitiesBelowOne) {
  files_["programs"] += "a,,0,,,,\nb,,-3,,,,\nc,,2.5,,,,\nd,,,,,,\n";
  const std::string fix =
      ": give how many graduates it takes, from 1 to 10,000; leave the row out if it takes none";
  EXPECT_THAT(Faults(), ElementsAre("programs.csv:5:capacity is 0" + fix,
                                    "programs.csv:6:capacity is -3" + fix,
                                    "programs.csv:7:capacity is \"2.5\", which is no whole number" +
                                        fix,
                                    "programs.csv:8:capacity is empty" + fix));
}

TEST_F(PlacementFilesTest, RefusesAPairOfOne) {
  files_["pairs"] = "first,second,together\ng1,g1,program\n";
  EXPECT_THAT(Faults(), ElementsAre("pairs.csv:2:second is \"g1\", as is the first: pair two "
                                    "graduates, or leave the row out"));
}

TEST_F(PlacementFilesTest, RefusesAPairThatRanksDifferentProgramsThoughItIsToBeInOne) {
  files_["pairs"] = "first,second,wishes,together\ng1,g2,lights+drama,program\n";
  EXPECT_THAT(Faults(),
              ElementsAre("pairs.csv:2:wishes ranks different programs, lights and drama, though "
                          "they are to be in one: name the same program on both sides of each "
                          "\"+\", or leave together empty"));
}

TEST_F(PlacementFilesTest, RefusesAPairWithoutAnythingInCommon) {
  files_["graduates"] = "id,wishes\ng1,lights\ng2,edit\n";
  files_["pairs"] = "first,second,together\ng1,g2,program\n";
  files_["programs"] = "id,capacity,place,priorities\nlights,2,xian,g1\nedit,2,hangzhou,g2\n";
  EXPECT_THAT(Faults(),
              ElementsAre("pairs.csv:2:together is program, but the two rank different programs: "
                          "none is in the wishes of both, at graduates.csv:2 and graduates.csv:3: "
                          "add one program to both lists, or give the pair wishes of its own"));
  files_["pairs"] = "first,second,together\ng1,g2,city\n";
  defects_ = Defects("round");
  EXPECT_THAT(Faults(), ElementsAre(HasSubstr("together is city, but the two rank programs of "
                                              "different cities")));
}

TEST_F(PlacementFilesTest, RefusesAPairWhereAMemberCannotGo) {
  files_["pairs"] = "first,second,wishes\ng1,g2,edit+edit>lights+edit\n";
  EXPECT_THAT(Faults(),
              ElementsAre("pairs.csv:2:wishes has \"edit+edit\", which has one seat only: leave it "
                          "out, or raise the capacity at programs.csv:4",
                          "pairs.csv:2:wishes has \"edit+edit\", but edit does not rank \"g2\": "
                          "leave it out, or add \"g2\" to the priorities at programs.csv:4",
                          HasSubstr("has \"lights+edit\", but edit does not rank")));
}

TEST_F(PlacementFilesTest, RefusesPairsThatSayNothingTooMuchOrTwice) {
  files_["pairs"] =
      "first,second,wishes,together\ng1,g2,,\ng2,g1,lights+lights,city\ng1,g9,lights,home\n";
  EXPECT_THAT(Faults(),
              ElementsAre(HasSubstr("pairs.csv:4:wishes has \"lights\", which is not two programs"),
                          "pairs.csv:4:together is \"home\": say program, crew or city",
                          HasSubstr("pairs.csv:2:wishes is empty, as is together"),
                          HasSubstr("pairs.csv:3:first is \"g2\", who is in the pair of pairs.csv:2"),
                          HasSubstr("pairs.csv:3:second is \"g1\", who is in the pair of"),
                          HasSubstr("pairs.csv:3:together stands beside wishes"),
                          HasSubstr("pairs.csv:4:second names the graduate \"g9\""),
                          HasSubstr("pairs.csv:4:first is \"g1\", who is in the pair of"),
                          HasSubstr("pairs.csv:4:wishes is empty")));
}

TEST_F(PlacementFilesTest, RefusesContradictoryFloors) {
  files_["regions"] = "id,floor,cap\nnorth,2,1\neast,2,\nwest,,4\n";
  EXPECT_THAT(Faults(),
              ElementsAre("regions.csv:2:floor is 2, above the cap of 1: lower the floor or raise "
                          "the cap",
                          "regions.csv:3:floor is 2; the programs there have 1 seat: lower the "
                          "floor, or raise their capacity",
                          "regions.csv:4:id is \"west\", which no program is in: give it as the "
                          "region of a program in programs.csv, or leave the row out",
                          "regions.csv:floor sums up to 4; there are 2 graduates: lower floors "
                          "until they sum up to no more"));
}

TEST_F(PlacementFilesTest, RefusesMoreReservedSeatsThanThereAre) {
  files_["reserves"] = "program,group,seats,when,reverts\ndrama,local,1,before,yes\n"
                       "drama,local,1,later,maybe\n";
  EXPECT_THAT(Faults(),
              ElementsAre("reserves.csv:3:when is \"later\": say before or after",
                          "reserves.csv:3:reverts is \"maybe\": say yes or no",
                          "reserves.csv:3:seats makes 2 reserved seats of drama, which has 1: "
                          "lower it, or raise the capacity at programs.csv:3"));
}

TEST_F(PlacementFilesTest, WarnsOfAGroupThatNobodyIsIn) {
  files_["reserves"] = "program,group,seats\ndrama,locals,1\n";
  Read();
  EXPECT_THAT(Told(defects_.warnings()),
              ElementsAre("reserves.csv:2:group is \"locals\", which nobody is in: graduates are "
                          "in local"));
}

TEST_F(PlacementFilesTest, RefusesListsThatNameOneTwiceOrNothing) {
  files_["graduates"] = "id,wishes\ng1,lights>drama>lights\ng2,lights>>drama\n";
  EXPECT_THAT(Faults(),
              ElementsAre("graduates.csv:3:wishes has nothing between two signs, or at an end: "
                          "write ids of programs as a>b=c: best first, \"=\" between those liked "
                          "equally",
                          "graduates.csv:2:wishes lists \"lights\" twice: leave it only where it "
                          "belongs"));
}

TEST_F(PlacementFilesTest, RefusesPrioritiesBesideThoseOfAStudio) {
  settings_["mechanism"] = "student-project";
  files_["studios"] = "id,capacity,priorities\ns,0,g1>g2\n";
  files_["programs"] = "id,capacity,studio,priorities\nlights,2,s,g1\ndrama,1,t,\nedit,1,,g1\n";
  EXPECT_THAT(Faults(),
              ElementsAre(HasSubstr("studios.csv:2:capacity is 0: give how many graduates"),
                          "programs.csv:2:priorities stands beside a studio, whose priorities "
                          "count for it: leave it empty, or move it to the studio \"s\"",
                          HasSubstr("programs.csv:3:studio names the studio \"t\", which "
                                    "studios.csv does not have")));
}

TEST_F(PlacementFilesTest, RefusesRowsThatTheMechanismDoesNotRespect) {
  settings_["mechanism"] = "graduates-propose";
  files_["regions"] = "id,cap\nnorth,2\n";
  EXPECT_THAT(Faults(),
              ElementsAre("regions.csv has regions, which graduates-propose does not respect: "
                          "leave them out, or place by regional-caps or floors"));
}

TEST_F(PlacementFilesTest, RefusesColumnsAndCellsThatAreNone) {
  files_["graduates"] = "id,wish,id\ng1,lights,g1\n";
  files_["programs"] = "id,capacity\nlights,1\n";
  EXPECT_THAT(Faults(),
              ElementsAre(HasSubstr("graduates.csv:1 has a column \"wish\", which graduates do not "
                                    "have: leave it out, or name one of id, cohort, profile"),
                          "graduates.csv:1 has the column \"id\" twice: leave one of them out",
                          HasSubstr("graduates.csv has no rows")));
}

TEST_F(PlacementFilesTest, RefusesPlacesProfilesAndOpeningsThatAreNone) {
  files_["programs"] = "id,capacity,place,openings,priorities\nlights,2,atlantis,x,g1\n"
                       "drama,1,,projects/0123456789abcdef/openings/1,g1\nedit,1,,,g1\n";
  files_["graduates"] = "id,profile,wishes\ng1,somebody,lights>drama\n李雷,,edit\n";
  EXPECT_THAT(Faults(),
              ElementsAre("graduates.csv:2:profile is \"somebody\": give profiles/ and 16 "
                          "hexadecimal digits, or leave it empty",
                          HasSubstr("graduates.csv:3:id is \"李雷\", which is no id: give 1 to 63 "
                                    "letters"),
                          HasSubstr("programs.csv:2:place is \"atlantis\", which the gazetteer "
                                    "lacks"),
                          HasSubstr("programs.csv:2:openings has \"x\"")));
}

TEST_F(PlacementFilesTest, NobodyWhoWishesAnythingIsAMistake) {
  files_["graduates"] = "id,wishes\ng1,\ng2,\n";
  EXPECT_THAT(Faults(), ElementsAre("graduates.csv:wishes is empty in all rows: nobody could be "
                                    "placed: list programs, or have lists derived with --derive "
                                    "wishes"));
  EXPECT_THAT(Told(defects_.warnings()),
              ElementsAre(HasSubstr("graduates.csv:2:wishes is empty: this graduate"),
                          HasSubstr("graduates.csv:3:wishes is empty: this graduate")));
}

TEST_F(PlacementFilesTest, ProgramsThatAllRankNobodyAreAMistake) {
  files_["programs"] = "id,capacity\nlights,2\ndrama,1\nedit,1\n";
  EXPECT_THAT(Faults(), ElementsAre("programs.csv:priorities is empty in all rows: nobody could be "
                                    "placed: list graduates, or give openings and --derive "
                                    "priorities"));
}

TEST_F(PlacementFilesTest, NothingCanBeDerivedWithoutAProfile) {
  settings_["derive"] = "wishes";
  files_["graduates"] = "id,wishes\ng1,lights\ng2,\n";
  EXPECT_THAT(Faults(), ElementsAre("graduates.csv:3:wishes is empty, and there is no profile to "
                                    "derive it from: list programs, or give the profile"));
}

TEST_F(PlacementFilesTest, TellsTheFirstFiftyFaultsAndHowManyThereAre) {
  for (int i = 0; i < 60; ++i) files_["graduates"] += absl::StrCat("n", i, ",,nowhere\n");
  Read();
  const absl::Status status = defects_.ToStatus();
  EXPECT_EQ(ReasonOf(status), "MALFORMED_ROUND");
  EXPECT_EQ(status.message(),
            "the round has 60 faults; nothing was sent. The first 50 are");
  EXPECT_EQ(ViolationsOf(status).size(), 50);
}

TEST_F(PlacementFilesTest, ABrokenLineIsToldWithItsRow) {
  files_["graduates"] += "g3,\"local,edit\n";
  EXPECT_THAT(Faults(), ElementsAre("graduates.csv:4 a quotation mark is in a wrong place, or one "
                                    "is missing: mend the line"));
}

class PlacementJsonTest : public ::testing::Test {
 protected:
  RoundDraft Read(const std::string& text) {
    const JsonRound round = ReadJsonRound(text, "r.json", RoundSettings(), defects_);
    RoundDraft draft =
        ReadDraft(round.sheets, ReadRules(round.settings, "r.json", defects_), defects_);
    if (defects_.empty()) CheckDraft(draft, defects_);
    return draft;
  }

  std::vector<std::string> Faults(const std::string& text) {
    Read(text);
    std::vector<std::string> told;
    for (const FieldViolation& one : defects_.found()) {
      told.push_back(absl::StrCat(one.field, " ", one.problem, ": ", one.fix));
    }
    return told;
  }

  Defects defects_{"round"};
};

TEST_F(PlacementJsonTest, ListsAreTextsOrArrays) {
  const RoundDraft draft = Read(R"({"id": "autumn", "seed": 7, "mechanism": "linked_pairs",
    "derive": "both", "length": 5,
    "graduates": [{"id": "g1", "groups": ["a", "b"], "wishes": ["p", ["q", "r"]]},
                  {"id": "g2", "groups": "a;b", "wishes": "p>q=r",
                   "profile": "profiles/0123456789abcdef"}],
    "programs": [{"id": "p", "capacity": 2, "priorities": [["g1", "g2"]]},
                 {"id": "q", "capacity": "1"}, {"id": "r", "capacity": 1}],
    "pairs": [{"first": "g1", "second": "g2", "wishes": [["p", "p"], "q+r"]}]})");
  EXPECT_TRUE(defects_.empty()) << defects_.ToStatus();
  EXPECT_EQ(draft.graduates.at(0).wishes, draft.graduates.at(1).wishes);
  EXPECT_EQ(draft.graduates.at(0).groups, draft.graduates.at(1).groups);
  EXPECT_EQ(draft.rules.mechanism, v1::MECHANISM_LINKED_PAIRS);
  EXPECT_EQ(draft.rules.seed, 7);
  EXPECT_TRUE(draft.DerivesWishes() && draft.DerivesPriorities());
  EXPECT_EQ(draft.pairs.at(0).wishes, (IdPairs{{"p", "p"}, {"q", "r"}}));
}

TEST_F(PlacementJsonTest, TellsWhereATextIsNoJson) {
  EXPECT_THAT(Faults("{\n \"graduates\": [,]}"),
              ElementsAre("r.json is no JSON at line 2, column 16: mend it there"));
}

TEST_F(PlacementJsonTest, TellsRowsAndFieldsByTheirPath) {
  EXPECT_THAT(Faults(R"({"graduates": [{"id": "g1", "wish": "p"}, 3], "programs": {}, "x": 1})"),
              ElementsAre(HasSubstr("r.json:graduates[0] has a field \"wish\", which graduates do "
                                    "not have"),
                          HasSubstr("r.json:graduates[1] is no object: give one with id, cohort"),
                          "r.json:programs is no array: give an array of objects, one a row",
                          HasSubstr("r.json:x is not a field of a round")));
}

TEST_F(PlacementJsonTest, RefusesSettingsThatAreNone) {
  EXPECT_THAT(Faults(R"({"mechanism": "lottery", "seed": -1, "derive": "all", "length": 2000,
                         "graduates": [], "programs": []})"),
              ElementsAre(HasSubstr("r.json:mechanism is \"lottery\": say one of "
                                    "graduates-propose, programs-propose, student-project"),
                          "r.json:seed is \"-1\": give a whole number, not negative",
                          "r.json:length is 2000: give a number from 1 to 1,000",
                          "r.json:derive is \"all\": say wishes, priorities, both or none"));
}

}  // namespace
}  // namespace troupe
