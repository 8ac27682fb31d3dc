#include "matcher/index/offer_sketch.h"

#include <limits>

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

TEST(OfferSketchTest, HoldsACeilingInHalfAFloatThatIsNoLess) {
  for (int64_t units : {int64_t{0}, int64_t{1}, int64_t{255}, int64_t{257}, int64_t{16'777'217},
                        int64_t{999'999'999'999}, std::numeric_limits<int64_t>::max()}) {
    const double held = OfferSketch::HalfValue(OfferSketch::HalfCode(units));
    EXPECT_GE(held, static_cast<double>(units));
    EXPECT_LE(held, static_cast<double>(units) * 1.01);
  }
}

}  // namespace
}  // namespace troupe
