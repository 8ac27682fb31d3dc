#include "matcher/base/term.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace troupe {
namespace {

using Vocabulary = Term::Vocabulary;

TEST(TermTest, IsTheSameForTheSameWord) {
  EXPECT_EQ(Term(Vocabulary::kGenre, "crime"), Term(Vocabulary::kGenre, "crime"));
}

TEST(TermTest, DiffersByWord) {
  EXPECT_NE(Term(Vocabulary::kGenre, "crime"), Term(Vocabulary::kGenre, "crimes"));
  EXPECT_NE(Term(Vocabulary::kLanguage, "en"), Term(Vocabulary::kLanguage, "EN"));
}

TEST(TermTest, DiffersByVocabulary) {
  EXPECT_NE(Term(Vocabulary::kGenre, "crime"), Term(Vocabulary::kTag, "crime"));
}

TEST(TermTest, IsNoneForTheEmptyWord) {
  EXPECT_FALSE(Term(Vocabulary::kPlace, ""));
  EXPECT_EQ(Term(Vocabulary::kPlace, ""), Term());
  EXPECT_TRUE(Term(Vocabulary::kPlace, "xian"));
}

// Segments are stored as terms: they may never change.
TEST(TermTest, IsTheSameInEveryRelease) {
  EXPECT_EQ(Term(Vocabulary::kSkill, "riding").value(), 0xb5e6bfb2fe5f95dfu);
}

TEST(TermTest, RarelyCollides) {
  absl::flat_hash_set<Term> terms;
  for (int i = 0; i < 100'000; ++i) terms.insert(Term(Vocabulary::kTag, absl::StrCat("tag-", i)));
  EXPECT_EQ(terms.size(), 100'000u);
}

}  // namespace
}  // namespace troupe
