#include "services/convert/opening_numbers.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using testing::FieldsOf;
using testing::OpeningBuilder;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A project whose openings have these roles and numbers, the last number 9.
Project With(const std::vector<std::pair<const char*, uint32_t>>& openings) {
  Project project;
  for (const auto& [role, number] : openings) {
    project.openings.push_back(OpeningBuilder().Role(role).Number(number).Build());
  }
  project.last_opening_number = 9;
  return project;
}

std::vector<uint32_t> Numbers(const Project& project) {
  std::vector<uint32_t> numbers;
  for (const Opening& opening : project.openings) numbers.push_back(opening.number);
  return numbers;
}

TEST(OpeningNumbersTest, AreGivenOnceEver) {
  Project project = With({{"actor", 0}, {"actor", 3}, {"writer", 0}});
  AssignOpeningNumbers(project);
  EXPECT_THAT(Numbers(project), ElementsAre(10, 3, 11));
  EXPECT_EQ(project.last_opening_number, 11u);
}

TEST(OpeningNumbersTest, MustBeOfTheStoredProject) {
  Violations found;
  CheckOpeningNumbers(With({{"actor", 3}}), With({{"actor", 0}, {"actor", 3}, {"actor", 4}}),
                      found);
  EXPECT_THAT(FieldsOf(found), ElementsAre("openings[2].name"));
}

TEST(OpeningNumbersTest, AreNotForTheClientOfACreate) {
  Violations found;
  CheckOpeningNumbers(Project(), With({{"actor", 0}, {"actor", 1}}), found);
  EXPECT_THAT(FieldsOf(found), ElementsAre("openings[1].name"));
}

TEST(OpeningNumbersTest, AreKeptByImportsByRoleAndOrder) {
  Project import = With({{"writer", 0}, {"actor", 0}, {"actor", 0}, {"actor", 0}});
  KeepOpeningNumbers(With({{"actor", 2}, {"writer", 5}, {"actor", 4}}), import);
  EXPECT_THAT(Numbers(import), ElementsAre(5, 2, 4, 0));
}

TEST(OpeningNumbersTest, FindNothingWrongInNewOpenings) {
  Violations found;
  CheckOpeningNumbers(Project(), With({{"actor", 0}, {"actor", 0}}), found);
  EXPECT_THAT(FieldsOf(found), IsEmpty());
}

}  // namespace
}  // namespace troupe
