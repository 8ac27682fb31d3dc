#include "matcher/index/offer_sketch.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace troupe {
namespace {

Term Tag(int number) { return Term(Term::Vocabulary::kTag, absl::StrCat("tag", number)); }

TEST(OfferSketchTest, MarksEveryTerm) {
  Demand demand;
  demand.tags = {Tag(1), Tag(2)};
  const OfferSketch sketch(demand);
  ASSERT_EQ(sketch.tags.count, 2);
  EXPECT_EQ(sketch.tags.marks[1], OfferSketch::MarkOf(Tag(2)));
}

TEST(OfferSketchTest, KnowsNothingOfMoreTermsThanItHasRoomFor) {
  Demand demand;
  for (int i = 0; i < 300; ++i) demand.tags.push_back(Tag(i));
  const OfferSketch sketch(demand);
  EXPECT_FALSE(sketch.tags.IsKnown());
  EXPECT_EQ(sketch.tags.begin(), sketch.tags.end());
}

TEST(OfferSketchTest, KnowsNothingOfSkillsWithALevelThatDoesNotFit) {
  Demand demand;
  demand.skills = {{.skill = Tag(1), .level = 256}};
  EXPECT_FALSE(OfferSketch(demand).skills.IsKnown());
}

}  // namespace
}  // namespace troupe
