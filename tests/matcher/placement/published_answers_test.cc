// The answers that others have published for known instances, and an instance that
// is known for its defects.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "matcher/placement/place.h"
#include "matcher/placement/validate_instance.h"
#include "nlohmann/json.hpp"
#include "tests/testing/round_builder.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using ::testing::IsEmpty;
using testing::IsOk;
using testing::NamesOf;
using testing::RoundBuilder;
using Json = nlohmann::json;
using Names = std::map<std::string, std::string>;

class PublishedAnswersTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(Folder())) {
      GTEST_SKIP() << "no published answers at ../shared/data/placement: set TROUPE_SHARED";
    }
  }

  // It need not exist.
  static std::filesystem::path Folder() {
    const char* const shared = std::getenv("TROUPE_SHARED");
    return std::filesystem::path(shared != nullptr ? shared : TROUPE_SHARED_FOLDER) / "data" /
           "placement";
  }
  static Json Read(const std::string& name) { return Json::parse(std::ifstream(Folder() / name)); }
};

// Those whom each program is to take, seen from the graduates.
Names Expected(const Json& taken, const Instance& round) {
  Names names;
  for (const std::string& id : round.graduates) names[id] = "";
  for (const auto& [program, graduates] : taken.items()) {
    for (const std::string id : graduates) names[id] = program;
  }
  return names;
}

Names PlacedBy(Mechanism mechanism, const Instance& round) {
  EXPECT_THAT(ValidateInstance(round, OneSided::kDefect), IsOk());
  return NamesOf(round, PlaceGraduates(round, mechanism, 1, NeverStop())->placement.program_of);
}

TEST_F(PublishedAnswersTest, OfHospitalsAndResidents) {
  const Json cases = Read("known_answers.json")["hr"];
  EXPECT_EQ(cases.size(), 3u);
  for (const Json& known : cases) {
    RoundBuilder builder;
    for (const auto& [id, list] : known["resident_prefs"].items()) builder.Graduate(id, list);
    for (const auto& [id, list] : known["hospital_prefs"].items()) {
      builder.Program(id, known["capacities"][id], list);
    }
    const Instance round = builder.Build();
    EXPECT_EQ(PlacedBy(Mechanism::kGraduatesPropose, round),
              Expected(known["expected_resident_optimal"], round))
        << known["name"];
  }
}

TEST_F(PublishedAnswersTest, OfStableMarriage) {
  const Json cases = Read("known_answers.json")["sm"];
  EXPECT_EQ(cases.size(), 2u);
  for (const Json& known : cases) {
    RoundBuilder builder;
    for (const auto& [id, list] : known["suitors"].items()) builder.Graduate(id, list);
    for (const auto& [id, list] : known["reviewers"].items()) builder.Program(id, 1, list);
    EXPECT_EQ(PlacedBy(Mechanism::kGraduatesPropose, builder.Build()),
              known["expected_suitor_optimal"].get<Names>())
        << known["name"];
  }
}

TEST_F(PublishedAnswersTest, OfStudentsAndProjects) {
  const Json cases = Read("known_answers.json")["spa_s"];
  EXPECT_EQ(cases.size(), 1u);
  for (const Json& known : cases) {
    RoundBuilder builder;
    for (const auto& [id, list] : known["student_prefs"].items()) builder.Graduate(id, list);
    std::map<std::string, RoundBuilder::Names> projects;
    for (const auto& [id, supervisor] : known["project_supervisor"].items()) {
      builder.Program(id, known["project_capacity"][id]);
      projects[supervisor].push_back(id);
    }
    for (const auto& [id, list] : known["supervisor_prefs"].items()) {
      builder.Studio(id, known["supervisor_capacity"][id], list, projects[id]);
    }
    const Instance round = builder.Build();
    EXPECT_EQ(PlacedBy(Mechanism::kStudentProject, round),
              Expected(known["expected_student_optimal"], round))
        << known["name"];
  }
}

// As "graduates" or "programs", and the numbers in the lists.
RoundBuilder::Names NumbersIn(const Json& list) {
  RoundBuilder::Names names;
  for (int number : list) names.push_back(std::to_string(number));
  return names;
}

Instance Issue159(const Json& known) {
  RoundBuilder builder;
  for (const auto& [id, list] : known["residents"].items()) builder.Graduate(id, NumbersIn(list));
  for (const auto& [id, list] : known["hospitals"].items()) {
    builder.Program(id, 1, NumbersIn(list));
  }
  return builder.Build();
}

// Entries that the other side does not answer, and empty lists, of one side.
size_t DefectsOf(const Json& side, const Json& other) {
  size_t defects = 0;
  for (const auto& [id, list] : side.items()) {
    defects += list.empty();
    for (int number : list) {
      const Json& answer = other[std::to_string(number)];
      defects += std::count(answer.begin(), answer.end(), std::stoi(id)) == 0;
    }
  }
  return defects;
}

TEST_F(PublishedAnswersTest, NameEachDefectOfIssue159) {
  const Json known = Read("hr_issue_159.json");
  const Instance round = Issue159(known);
  const auto violations = ViolationsOf(ValidateInstance(round, OneSided::kDefect));
  const size_t defects = DefectsOf(known["residents"], known["hospitals"]) +
                         DefectsOf(known["hospitals"], known["residents"]);
  EXPECT_EQ(violations.size(), defects);
  EXPECT_EQ(defects, 133u);
  std::set<std::string> fields;
  for (const FieldViolation& violation : violations) fields.insert(violation.field);
  EXPECT_EQ(fields.size(), defects);
}

TEST_F(PublishedAnswersTest, PlaceIssue159OnceCleaned) {
  const Instance cleaned = WithoutOneSided(Issue159(Read("hr_issue_159.json")));
  ASSERT_THAT(ValidateInstance(cleaned), IsOk());
  const PlacementOutcome outcome =
      *PlaceGraduates(cleaned, Mechanism::kGraduatesPropose, 1, NeverStop());
  EXPECT_THAT(*Verify(cleaned, Mechanism::kGraduatesPropose, 1, outcome.placement, NeverStop()),
              IsEmpty());
}

}  // namespace
}  // namespace troupe
