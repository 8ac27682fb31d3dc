#include "matcher/placement/validate_instance.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/testing/round_builder.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::RoundBuilder;

// "field problem" of each defect.
std::vector<std::string> Defects(const Instance& instance,
                                 OneSided one_sided = OneSided::kUnacceptable) {
  std::vector<std::string> defects;
  for (const FieldViolation& violation : ViolationsOf(ValidateInstance(instance, one_sided))) {
    EXPECT_FALSE(violation.fix.empty());
    defects.push_back(violation.field + " " + violation.problem);
  }
  return defects;
}

TEST(ValidateInstanceTest, LetsThroughWhatIsWellFormed) {
  EXPECT_THAT(ValidateInstance(RoundBuilder()
                                   .Graduate("A", {"X", "Y"})
                                   .Graduate("B", {})
                                   .Program("X", 1, {"B", "A"})
                                   .Program("Y", 2)
                                   .Build()),
              IsOk());
}

TEST(ValidateInstanceTest, NamesADuplicateGraduate) {
  EXPECT_THAT(Defects(RoundBuilder().Graduate("A").Graduate("B").Graduate("A").Build()),
              ElementsAre("graduates[2] has the id of row 0"));
}

TEST(ValidateInstanceTest, NamesProgramsAndGraduatesThatAreNotThere) {
  EXPECT_THAT(Defects(RoundBuilder().Graduate("A", {"X", "Z"}).Program("X", 1, {"C"}).Build()),
              ElementsAre("graduates[0].wishes[1] names a program that is not there",
                          "programs[0].priorities[0] names a graduate that is not there"));
}

TEST(ValidateInstanceTest, NamesWhatIsListedTwice) {
  EXPECT_THAT(
      Defects(RoundBuilder().Graduate("A", {"X", "X"}).Program("X", 1, {"A=A"}).Build()),
      ElementsAre("graduates[0].wishes[1] names a program that the list names before",
                  "programs[0].priorities[1] names a graduate that the list names before"));
}

TEST(ValidateInstanceTest, NamesCapacitiesBelowOne) {
  EXPECT_THAT(
      Defects(RoundBuilder().Program("X", 0).Program("Y", -2).Studio("S", 0, {}, {"X"}).Build()),
      ElementsAre("programs[0].capacity is 0", "programs[1].capacity is -2",
                  "studios[0].capacity is 0"));
}

TEST(ValidateInstanceTest, NamesPrioritiesBesideThoseOfAStudio) {
  EXPECT_THAT(Defects(RoundBuilder()
                          .Graduate("A", {"X"})
                          .Program("X", 1, {"A"})
                          .Studio("S", 1, {"A"}, {"X"})
                          .Build()),
              ElementsAre("programs[0].priorities is given beside those of the studio"));
}

TEST(ValidateInstanceTest, NamesMoreReservedSeatsThanThereAre) {
  EXPECT_THAT(Defects(RoundBuilder()
                          .Graduate("A", {"X"})
                          .Program("X", 2, {"A"})
                          .Reserve("X", 1, {"A"})
                          .Reserve("X", 2, {})
                          .Build()),
              ElementsAre("reserves[1].seats makes 3 reserved seats at a program of 2"));
}

TEST(ValidateInstanceTest, NamesASelfPairAndAGraduateInTwoPairs) {
  EXPECT_THAT(Defects(RoundBuilder()
                          .Graduate("A")
                          .Graduate("B")
                          .Graduate("C")
                          .Pair("A", "A", {})
                          .Pair("B", "C", {})
                          .Pair("C", "D", {})
                          .Build()),
              ElementsAre("pairs[0] links a graduate with itself",
                          "pairs[2] has a member of pair 1",
                          "pairs[2] names a graduate that is not there"));
}

TEST(ValidateInstanceTest, NamesWishesOfAPairWhereAMemberCannotGo) {
  EXPECT_THAT(Defects(RoundBuilder()
                          .Graduate("A", {"X"})
                          .Graduate("B")
                          .Program("X", 1, {"A"})
                          .Program("Y", 1, {"A", "B"})
                          .Pair("A", "B", {{"X", "Y"}, {"Y", "X"}})
                          .Build()),
              ElementsAre(
                  "pairs[0].wishes[1] names program 1, which graduate 0 does not list itself",
                  "pairs[0].wishes[1] names program 0, where graduate 1 is not ranked"));
}

TEST(ValidateInstanceTest, NamesFloorsThatContradictCapsSeatsAndGraduates) {
  EXPECT_THAT(Defects(RoundBuilder()
                          .Graduate("A")
                          .Program("X", 2)
                          .Program("Y", 1)
                          .Region("north", 2, 1, {"X"})
                          .Region("south", 3, 9, {"Y"})
                          .Region("west", -1, -1, {})
                          .Build()),
              ElementsAre("regions[0].floor is 2, above the cap of 1",
                          "regions[1].floor is 3, above the 1 seats of its programs",
                          "regions[2].cap is -1", "regions[2].floor is -1",
                          "regions ask for 4 graduates in all, and there are 1"));
}

TEST(ValidateInstanceTest, NamesOneSidedEntriesWhereTheyAreMistakes) {
  const Instance round = RoundBuilder()
                             .Graduate("A", {"X", "Y"})
                             .Graduate("B", {})
                             .Program("X", 1, {"B", "A"})
                             .Program("Y", 1, {})
                             .Build();
  EXPECT_THAT(Defects(round), IsEmpty());
  EXPECT_THAT(Defects(round, OneSided::kDefect),
              ElementsAre(
                  "graduates[0].wishes[1] names program 1, which does not rank the graduate",
                  "graduates[1].wishes is empty",
                  "programs[0].priorities[0] names graduate 1, who does not wish to go there",
                  "programs[1].priorities is empty"));
}

TEST(ValidateInstanceTest, KeepsWhatBothSidesListWithItsTies) {
  const Instance cleaned = WithoutOneSided(RoundBuilder()
                                               .Graduate("A", {"Z", "X=Y"})
                                               .Graduate("B", {"X"})
                                               .Program("X", 1, {"B=A"})
                                               .Program("Y", 1, {"A", "B"})
                                               .Program("Z", 1, {})
                                               .Build());
  EXPECT_THAT(cleaned.wishes[0], ElementsAre(0, 1));
  EXPECT_EQ(cleaned.wishes.RankAt(0, 1), 0u);
  EXPECT_THAT(cleaned.priorities[0], ElementsAre(1, 0));
  EXPECT_THAT(cleaned.priorities[1], ElementsAre(0));
}

TEST(ValidateInstanceTest, StopsNamingAfterAThousand) {
  RoundBuilder builder;
  for (int i = 0; i < 1'500; ++i) builder.Program("P" + std::to_string(i), 0);
  EXPECT_EQ(Defects(builder.Build()).size(), kMostDefects);
}

}  // namespace
}  // namespace troupe
