#include "services/staffing/told_gaps.h"

#include <optional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/convert/wire_samples.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Property;

v1::AnalyzeGapsResponse Answer(const std::string& text) {
  return FromText<v1::AnalyzeGapsResponse>(text);
}

constexpr char kXian[] = "cells { role: 'gaffer' cities: 'xian' unmet_millidays: 3000 } ";
constexpr char kXianMore[] = "cells { role: 'gaffer' cities: 'xian' unmet_millidays: 4000 } ";
constexpr char kBeijing[] = "cells { role: 'gaffer' cities: 'beijing' unmet_millidays: 1000 } ";
constexpr char kBoth[] = "cells { role: 'gaffer' cities: ['beijing', 'xian'] } ";

TEST(ToldGapsTest, Tells_FirstAllOfIt) {
  ToldGaps told;
  const auto news = told.Tell(Answer(std::string(kXian) + kBeijing + "undated_openings: 2"));
  ASSERT_TRUE(news.has_value());
  EXPECT_EQ(news->cells_size(), 2);
  EXPECT_EQ(news->summary().undated_openings(), 2);
  EXPECT_THAT(news->summary().cells(), IsEmpty());
}

TEST(ToldGapsTest, Tells_FirstEvenThatThereIsNothing) {
  EXPECT_TRUE(ToldGaps().Tell(Answer("")).has_value());
}

TEST(ToldGapsTest, Tells_ThenCellsThatAreOtherwise) {
  ToldGaps told;
  told.Tell(Answer(std::string(kXian) + kBeijing));
  const auto news = told.Tell(Answer(std::string(kXianMore) + kBeijing));
  ASSERT_TRUE(news.has_value());
  EXPECT_THAT(news->cells(), ElementsAre(Property(&v1::GapCell::unmet_millidays, 4000)));
  EXPECT_THAT(news->gone(), IsEmpty());
}

TEST(ToldGapsTest, Tells_WhatIsGone) {
  ToldGaps told;
  told.Tell(Answer(std::string(kXian) + kBeijing));
  const auto news = told.Tell(Answer(kBoth));
  ASSERT_TRUE(news.has_value());
  EXPECT_EQ(news->cells_size(), 1);
  ASSERT_EQ(news->gone_size(), 2);
  EXPECT_THAT(news->gone(0).cities(), ElementsAre("beijing"));
  EXPECT_EQ(news->gone(0).unmet_millidays(), 0);
}

TEST(ToldGapsTest, Tells_ASummaryThatIsOtherwise) {
  ToldGaps told;
  told.Tell(Answer(kXian));
  const auto news = told.Tell(Answer(std::string(kXian) + "undated_openings: 2"));
  ASSERT_TRUE(news.has_value());
  EXPECT_THAT(news->cells(), IsEmpty());
  EXPECT_EQ(news->summary().undated_openings(), 2);
}

TEST(ToldGapsTest, Tells_NothingOfTheSame) {
  ToldGaps told;
  told.Tell(Answer(kXian));
  EXPECT_EQ(told.Tell(Answer(kXian)).has_value(), false);
}

}  // namespace
}  // namespace troupe::testing
