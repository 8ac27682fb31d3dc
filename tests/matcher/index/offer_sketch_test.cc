#include "matcher/index/offer_sketch.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace troupe {
namespace {

Term Tag(int number) { return Term(Term::Vocabulary::kTag, absl::StrCat("tag", number)); }

bool IsCrowded(const Demand& demand) {
  return (OfferSketch(demand).flags & OfferSketch::kCrowded) != 0;
}

TEST(OfferSketchTest, MarksEveryTerm) {
  Demand demand;
  demand.genres = {Tag(1)};
  demand.tags = {Tag(2), Tag(3)};
  const OfferSketch sketch(demand);
  EXPECT_EQ(sketch.marks[0], OfferSketch::MarkOf(Tag(1)));
  EXPECT_EQ(sketch.marks[2], OfferSketch::MarkOf(Tag(3)));
  EXPECT_EQ(sketch.marks[3], 0);
  EXPECT_EQ(sketch.kinds, 1);
}

TEST(OfferSketchTest, IsCrowdedByMoreTermsThanItHasRoomFor) {
  Demand demand;
  for (int i = 0; i < 14; ++i) demand.tags.push_back(Tag(i));
  EXPECT_FALSE(IsCrowded(demand));
  demand.styles = {Tag(14)};
  EXPECT_TRUE(IsCrowded(demand));
}

TEST(OfferSketchTest, IsCrowdedByMoreSkillsThanItHasRoomFor) {
  Demand demand;
  for (int i = 0; i < 4; ++i) demand.skills.push_back({.skill = Tag(i), .level = 5});
  EXPECT_FALSE(IsCrowded(demand));
  demand.skills.push_back({.skill = Tag(4), .level = 1});
  EXPECT_TRUE(IsCrowded(demand));
}

TEST(OfferSketchTest, IsCrowdedByALevelThatDoesNotFit) {
  Demand demand;
  demand.skills = {{.skill = Tag(1), .level = 31, .required = 1}};
  EXPECT_FALSE(IsCrowded(demand));
  EXPECT_EQ(OfferSketch(demand).wanted, 62);
  demand.skills = {{.skill = Tag(1), .level = 32}};
  EXPECT_TRUE(IsCrowded(demand));
}

}  // namespace
}  // namespace troupe
