#include "matcher/index/offer_block.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace troupe {
namespace {

using ::testing::ElementsAreArray;

Term Tag(size_t number) { return Term(Term::Vocabulary::kTag, absl::StrCat("tag", number)); }

std::vector<Demand> DemandsWithTags(size_t count, size_t tags) {
  std::vector<Demand> demands(count);
  for (size_t i = 0; i < count; ++i) {
    demands[i].scalars.opening_number = static_cast<uint32_t>(i + 1);
    for (size_t tag = 0; tag < tags; ++tag) demands[i].tags.push_back(Tag(i + tag));
  }
  return demands;
}

OfferBlock BlockOf(const std::vector<Demand>& demands) {
  std::vector<const Demand*> rows;
  for (const Demand& demand : demands) rows.push_back(&demand);
  return OfferBlock(std::move(rows));
}

TEST(OfferBlockTest, FindsEachRecordHoweverLongAllAre) {
  const std::vector<Demand> demands = DemandsWithTags(256, 2'500);  // 80,000 cache lines.
  const OfferBlock block = BlockOf(demands);
  for (const uint32_t row : {0u, 1u, 128u, 255u}) {
    EXPECT_EQ(block.record(row).id(), demands[row].id());
    EXPECT_THAT(block.record(row).words().tags, ElementsAreArray(demands[row].tags));
  }
}

TEST(OfferBlockTest, KnowsHowManyTermsASketchHasAtMost) {
  std::vector<Demand> demands = DemandsWithTags(3, 5);
  demands[1].genres = {Tag(1), Tag(2)};
  EXPECT_EQ(BlockOf(demands).most_terms(), 7u);
  demands[2] = DemandsWithTags(1, 40)[0];  // Crowded.
  EXPECT_EQ(BlockOf(demands).most_terms(), OfferSketch::kTerms);
}

}  // namespace
}  // namespace troupe
