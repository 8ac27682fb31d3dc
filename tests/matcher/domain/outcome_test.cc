#include "matcher/domain/outcome.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using Kind = Outcome::Kind;

Outcome Came(uint64_t profile, Kind kind, int64_t second = 0, int32_t rating = 0) {
  return {.profile = ProfileId(profile),
          .kind = kind,
          .rating_hundredths = rating,
          .time = absl::FromUnixSeconds(second)};
}

OutcomeHistory HistoryOf(const std::vector<Outcome>& outcomes) {
  OutcomeHistory history;
  for (const Outcome& outcome : outcomes) history.Add(outcome);
  return history;
}

OutcomeTally TallyOf(const std::vector<Kind>& kinds) {
  std::vector<Outcome> outcomes;
  for (Kind kind : kinds) outcomes.push_back(Came(1, kind));
  const auto tallies = TalliesOf(HistoryOf(outcomes));
  return tallies.empty() ? OutcomeTally() : tallies.front().second;
}

TEST(OutcomeHistoryTest, Add_KeepsOneOfEachPersonAndKindInOrder) {
  const OutcomeHistory history =
      HistoryOf({Came(2, Kind::kShown), Came(1, Kind::kBooked), Came(1, Kind::kShown)});
  EXPECT_THAT(history.outcomes, ElementsAre(Came(1, Kind::kShown), Came(1, Kind::kBooked),
                                            Came(2, Kind::kShown)));
}

TEST(OutcomeHistoryTest, Add_KeepsTheLatest) {
  EXPECT_THAT(HistoryOf({Came(1, Kind::kRated, 5, 300), Came(1, Kind::kRated, 6, 400)}).outcomes,
              ElementsAre(Came(1, Kind::kRated, 6, 400)));
  EXPECT_THAT(HistoryOf({Came(1, Kind::kRated, 6, 400), Came(1, Kind::kRated, 5, 300)}).outcomes,
              ElementsAre(Came(1, Kind::kRated, 6, 400)));
}

TEST(TalliesOfTest, CountsWhoTookTheWork) {
  EXPECT_EQ(TallyOf({Kind::kBooked}).accepted, 1);
  EXPECT_EQ(TallyOf({Kind::kFinished}).accepted, 1);
  EXPECT_EQ(TallyOf({Kind::kHeld}).accepted, 1);
  EXPECT_EQ(TallyOf({Kind::kHeld, Kind::kBooked, Kind::kFinished}).accepted, 1);
  EXPECT_EQ(TallyOf({Kind::kHeld, Kind::kDeclined}).accepted, 0);
}

TEST(TalliesOfTest, CountsWhoDeclined) {
  EXPECT_EQ(TallyOf({Kind::kInvited, Kind::kDeclined}).declined, 1);
  EXPECT_EQ(TallyOf({Kind::kHeld, Kind::kDeclined}).declined, 1);
  EXPECT_EQ(TallyOf({Kind::kDeclined, Kind::kBooked}).declined, 0);
}

TEST(TalliesOfTest, LeavesOutWhoAnsweredNothing) {
  EXPECT_THAT(TalliesOf(HistoryOf({Came(1, Kind::kShown), Came(2, Kind::kOpened),
                                   Came(3, Kind::kInvited)})),
              IsEmpty());
}

TEST(TalliesOfTest, TakesRatings) {
  EXPECT_THAT(TalliesOf(HistoryOf({Came(1, Kind::kRated, 0, 450), Came(2, Kind::kShown)})),
              ElementsAre(Pair(ProfileId(1),
                               OutcomeTally{.ratings = 1, .rating_hundredths = 450})));
}

}  // namespace
}  // namespace troupe
