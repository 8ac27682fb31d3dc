#include "matcher/rank/term_table.h"

#include <memory_resource>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;

Term Tag(int number) { return Term(Term::Vocabulary::kTag, absl::StrCat("tag", number)); }

// `count` terms that sketches cannot tell apart.
std::vector<Term> TermsWithOneMark(size_t count) {
  std::vector<Term> terms;
  for (int number = 0; terms.size() < count; ++number) {
    const Term term = Tag(number);
    if (terms.empty() || OfferSketch::MarkOf(term) == OfferSketch::MarkOf(terms[0])) {
      terms.push_back(term);
    }
  }
  return terms;
}

TEST(TermTableTest, KeepsTermsWithOneMarkApart) {
  const std::vector<Term> terms = TermsWithOneMark(4);
  TermTable table(3, 0, std::pmr::new_delete_resource());
  for (int i = 0; i < 3; ++i) table.Add(terms[static_cast<size_t>(i)]).worth = 10 + i;
  EXPECT_EQ(table.slot_count(), 2u);  // None, and theirs.
  for (int i = 0; i < 3; ++i) EXPECT_EQ(table.Find(terms[static_cast<size_t>(i)]).worth, 10 + i);
  EXPECT_EQ(&table.Add(terms[1]), &table.Find(terms[1]));
  EXPECT_EQ(table.Find(terms[3]).worth, 0);
  EXPECT_EQ(table.Find(Term()).worth, 0);
}

TEST(TermTableTest, KnowsWhichCreditsHaveATerm) {
  TermTable table(2, 70, std::pmr::new_delete_resource());
  table.Mark(table.Add(Tag(1)), 3);
  table.Mark(table.Add(Tag(2)), 69);
  EXPECT_THAT(table.MaskOf(table.Find(Tag(1))), ElementsAre(uint64_t{1} << 3, 0));
  EXPECT_THAT(table.MaskOf(table.Find(Tag(2))), ElementsAre(0, uint64_t{1} << 5));
  EXPECT_THAT(table.MaskOf(table.Find(Tag(3))), ElementsAre(0, 0));
}

}  // namespace
}  // namespace troupe
