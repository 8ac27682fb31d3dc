#include "matcher/domain/nearest_word.h"

#include <string>

#include "gtest/gtest.h"

namespace troupe {
namespace {

const std::vector<absl::string_view> kWords = {"actor", "director", "editor", "grip"};

TEST(NearestWordTest, MendsAnInsertedADeletedOrAReplacedByte) {
  EXPECT_EQ(NearestWord("direktor", kWords), "director");
  EXPECT_EQ(NearestWord("direcor", kWords), "director");
  EXPECT_EQ(NearestWord("directoor", kWords), "director");
}

TEST(NearestWordTest, TakesAnyCase) { EXPECT_EQ(NearestWord("EDITOR", kWords), "editor"); }

TEST(NearestWordTest, PrefersTheFewestEdits) { EXPECT_EQ(NearestWord("ector", kWords), "actor"); }

TEST(NearestWordTest, TakesTheFirstOfSeveral) {
  EXPECT_EQ(NearestWord("cat", {"bat", "hat"}), "bat");
}

TEST(NearestWordTest, GuessesNothingFromWhatIsFarOff) {
  EXPECT_EQ(NearestWord("plumber", kWords), "");
  EXPECT_EQ(NearestWord("ab", kWords), "");
  EXPECT_EQ(NearestWord("", kWords), "");
}

TEST(NearestWordTest, GuessesNothingFromALongText) {
  const std::string text(61, 'a');
  EXPECT_EQ(NearestWord(text, {text}), "");
  EXPECT_EQ(NearestWord(text.substr(1), {text.substr(1)}), text.substr(1));
}

}  // namespace
}  // namespace troupe
