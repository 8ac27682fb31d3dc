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
  for (int i = 0; i < 12; ++i) demand.tags.push_back(Tag(i));
  EXPECT_FALSE(IsCrowded(demand));
  demand.styles = {Tag(12)};
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

TEST(OfferSketchTest, WantsALittleOfNoSkillWhereItWantsNothing) {
  Demand demand;
  demand.skills = {{.skill = Tag(1), .level = 0}};
  const OfferSketch sketch(demand);
  EXPECT_EQ(sketch.wanted, 1);
  EXPECT_EQ(sketch.levels[0], 1);
  EXPECT_EQ(sketch.skills[0], 0);
}

TEST(OfferSketchTest, MakesSharesOfTotalsThatAreNoLess) {
  for (const int64_t total : {int64_t{1}, int64_t{3}, int64_t{7'000'003}, int64_t{1} << 40}) {
    const uint32_t codes = OfferSketch::InverseTotals(total, 2 * total);
    const double of_traits = OfferSketch::HalfValue(static_cast<uint16_t>(codes));
    const double of_tags = OfferSketch::HalfValue(static_cast<uint16_t>(codes >> 16));
    EXPECT_GE(of_traits * static_cast<double>(total), 1);
    EXPECT_LE(of_traits * static_cast<double>(total), 1.01);
    EXPECT_GE(of_tags * 2 * static_cast<double>(total), 1);
  }
  EXPECT_EQ(OfferSketch::InverseTotals(0, 0), 0u);
}

TEST(OfferSketchTest, TakesWhateverIsThereForAllUntilItIsTold) {
  const OfferSketch sketch(Demand{});
  EXPECT_EQ(sketch.totals.Known(0), OfferSketch::kUnknownTotals);
  EXPECT_EQ(OfferSketch::HalfValue(OfferSketch::kUnknownTotals & 0xffff), 1.0f);
  EXPECT_EQ(sketch.totals.Known(7), -1);
}

}  // namespace
}  // namespace troupe
