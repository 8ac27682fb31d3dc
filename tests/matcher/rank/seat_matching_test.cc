#include "matcher/rank/seat_matching.h"

#include <algorithm>
#include <bit>
#include <random>
#include <set>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/dice.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using testing::Dice;

using People = std::vector<std::vector<uint32_t>>;

TEST(SeatMatchingTest, MovesSomebodyToMakeRoom) {
  const SeatMatching matching({1, 1}, People{{0, 1}, {0}}, 2);
  EXPECT_TRUE(matching.IsComplete());
  EXPECT_THAT(matching.SeatedIn(0), ElementsAre(1));
  EXPECT_THAT(matching.SeatedIn(1), ElementsAre(0));
}

TEST(SeatMatchingTest, NamesTheOpeningsThatShareTooFewPeople) {
  const SeatMatching matching({1, 2, 1}, People{{0, 1}, {0, 1}, {2, 3}}, 4);
  EXPECT_EQ(matching.filled(), 3);
  EXPECT_EQ(matching.WhyNotComplete(), (Shortage{.openings = {0, 1}, .seats = 3, .people = 2}));
}

TEST(SeatMatchingTest, NamesNoOpeningThatCanBeLeftOut) {
  // The first has too few by itself, whoever else shares its one person.
  const SeatMatching matching({2, 2}, People{{0}, {0, 1}}, 2);
  const Shortage shortage = matching.WhyNotComplete();
  EXPECT_EQ(shortage, (Shortage{.openings = {0}, .seats = 2, .people = 1}));
}

TEST(SeatMatchingTest, NamesAnOpeningForWhichThereIsNobody) {
  EXPECT_EQ(SeatMatching({1}, People{{}}, 0).WhyNotComplete(),
            (Shortage{.openings = {0}, .seats = 1, .people = 0}));
}

int32_t PeopleOf(const People& people, uint32_t openings) {
  std::set<uint32_t> distinct;
  for (size_t i = 0; i < people.size(); ++i) {
    if (openings >> i & 1) distinct.insert(people[i].begin(), people[i].end());
  }
  return static_cast<int32_t>(distinct.size());
}

int32_t SeatsOf(const std::vector<int32_t>& seats, uint32_t openings) {
  int32_t sum = 0;
  for (size_t i = 0; i < seats.size(); ++i) sum += openings >> i & 1 ? seats[i] : 0;
  return sum;
}

// By Hall's theorem: as many seats stay empty as some openings, the worst off,
// lack people.
TEST(SeatMatchingTest, FillsAsManySeatsAsHallsTheoremAllows) {
  std::mt19937_64 rng(11);
  Dice dice(rng);
  int short_of = 0;
  for (int i = 0; i < 5'000; ++i) {
    std::vector<int32_t> seats(1 + dice.Below(5));
    People people(seats.size());
    const size_t all = 1 + dice.Below(9);
    for (size_t opening = 0; opening < seats.size(); ++opening) {
      seats[opening] = dice.Between(1, 3);
      for (uint32_t person = 0; person < all; ++person) {
        if (dice.OneIn(3)) people[opening].push_back(person);
      }
    }
    int32_t most_short = 0;
    for (uint32_t some = 1; some < 1u << seats.size(); ++some) {
      most_short = std::max(most_short, SeatsOf(seats, some) - PeopleOf(people, some));
    }
    const SeatMatching matching(seats, people, all);
    ASSERT_EQ(matching.seats() - matching.filled(), most_short);
    std::set<uint32_t> seated;
    for (size_t opening = 0; opening < seats.size(); ++opening) {
      ASSERT_LE(matching.SeatedIn(opening).size(), static_cast<size_t>(seats[opening]));
      for (uint32_t person : matching.SeatedIn(opening)) {
        ASSERT_TRUE(seated.insert(person).second);
        ASSERT_EQ(std::count(people[opening].begin(), people[opening].end(), person), 1);
      }
    }
    ASSERT_EQ(static_cast<int32_t>(seated.size()), matching.filled());
    if (matching.IsComplete()) continue;
    ++short_of;
    const Shortage shortage = matching.WhyNotComplete();
    uint32_t named = 0;
    for (size_t opening : shortage.openings) named |= 1u << opening;
    ASSERT_EQ(shortage.seats, SeatsOf(seats, named));
    ASSERT_EQ(shortage.people, PeopleOf(people, named));
    ASSERT_GT(shortage.seats, shortage.people);
    for (size_t opening : shortage.openings) {
      const uint32_t others = named & ~(1u << opening);
      ASSERT_LE(SeatsOf(seats, others), PeopleOf(people, others));
    }
  }
  EXPECT_GT(short_of, 500);
}

}  // namespace
}  // namespace troupe
