#include "matcher/domain/travel.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using testing::OpeningBuilder;
using testing::ProfileBuilder;
using testing::ProjectBuilder;

int32_t DaysTo(const OpeningBuilder& opening) {
  const Project project = ProjectBuilder().Place("xian").With(opening).Build();
  return TravelDays(ProfileBuilder().Home("zhengzhou").Build(), project,
                    project.openings.front());
}

TEST(TravelTest, GoesToTheProjectUnlessTheOpeningIsElsewhere) {
  EXPECT_EQ(DaysTo(OpeningBuilder()), 1);
  EXPECT_EQ(DaysTo(OpeningBuilder().Place("zhengzhou")), 0);
}

TEST(TravelTest, TakesNoDaysForWorkFromAnywhere) {
  EXPECT_EQ(DaysTo(OpeningBuilder().Role("editor")), 0);
}

}  // namespace
}  // namespace troupe
