#include "matcher/staffing/shadowing.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/dice.h"

namespace troupe::staffing {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using testing::Dice;

constexpr uint32_t kDirector = 0, kWriter = 1, kGaffer = 2;

DaySpan Days(int32_t start, int32_t limit) { return {Day(start), Day(limit)}; }

// A person with one seat and what can be learned.
CrewPerson Person(uint64_t id, CrewSeat seat, std::vector<Prospect> prospects = {}) {
  return {.id = ProfileId(id), .seats = {std::move(seat)}, .prospects = std::move(prospects)};
}
CrewPerson Director(uint64_t id, int32_t level, std::vector<DaySpan> days) {
  return Person(id, {.role = kDirector, .level = level, .days = std::move(days)});
}
// A writer who wants to direct, and has written before the shoot.
CrewPerson Learner(uint64_t id, int64_t adjacency = 0) {
  return Person(id, {.role = kWriter, .level = 3, .days = {Days(-9, 0)}},
                {{.role = kDirector, .is_wished = true, .adjacency_millionths = adjacency}});
}

// Learner's id, expert's id, days, worth.
using Told = std::tuple<uint64_t, uint64_t, int32_t, int64_t>;
std::vector<Told> Choose(const std::vector<CrewPerson>& crew, const ShadowingTerms& terms = {}) {
  std::vector<Told> told;
  for (const ShadowingPair& pair : ChooseShadowing(crew, terms).pairs) {
    told.emplace_back(crew[pair.learner].id.value(), crew[pair.expert].id.value(), pair.day_count,
                      pair.worth);
  }
  return told;
}

TEST(ShadowingTest, Worth_IsDaysTimesLevelTimesLeaning) {
  EXPECT_EQ(ShadowingWorth({.is_wished = true, .adjacency_millionths = 120'000}, 5, 4), 22'400);
  EXPECT_EQ(ShadowingWorth({.adjacency_millionths = 120'000}, 4, 3), 1'440);
}

TEST(ShadowingTest, Worth_OfMoreThanTenDaysIsThatOfTen) {
  EXPECT_EQ(ShadowingWorth({.is_wished = true}, 4, 30), ShadowingWorth({.is_wished = true}, 4, 10));
}

TEST(ShadowingTest, Days_AreThoseOfTheExpertOnWhichTheLearnerIsFree) {
  CrewPerson learner = Learner(2);
  learner.busy = {Days(2, 3), Days(5, 6)};
  learner.seats[0].days = {Days(3, 4), Days(8, 20)};
  const auto choice = ChooseShadowing({Director(1, 5, {Days(0, 7), Days(9, 10)}), learner}, {});
  EXPECT_THAT(choice.pairs, ElementsAre(Field(&ShadowingPair::days,
                                              ElementsAre(Days(0, 2), Days(4, 5), Days(6, 7)))));
}

TEST(ShadowingTest, Expert_IsWhoHasTheLevelAndDays) {
  const std::vector<CrewPerson> crew = {Director(1, 3, {Days(0, 5)}), Director(2, 5, {}),
                                        Director(3, 4, {Days(0, 5)}), Learner(4)};
  EXPECT_EQ(ChooseShadowing(crew, {}).experts, 1);
  EXPECT_THAT(Choose(crew), ElementsAre(Told(4, 3, 5, 20'000)));
  EXPECT_EQ(ChooseShadowing(crew, {.expert_level = 3}).experts, 3);  // The writer, too.
}

TEST(ShadowingTest, Expert_HasNoMoreLearnersThanAskedFor) {
  std::vector<CrewPerson> crew = {Director(1, 5, {Days(0, 5)}), Learner(2), Learner(3),
                                  Learner(4)};
  EXPECT_THAT(Choose(crew), ElementsAre(Told(2, 1, 5, 25'000)));
  EXPECT_THAT(Choose(crew, {.learners_per_expert = 2}),
              ElementsAre(Told(2, 1, 5, 25'000), Told(3, 1, 5, 25'000)));
  crew[0].learners = 1;
  EXPECT_THAT(Choose(crew), IsEmpty());
}

TEST(ShadowingTest, Learner_LearnsBesideOnePersonOnly) {
  std::vector<CrewPerson> crew = {Director(1, 4, {Days(0, 5)}), Director(2, 5, {Days(0, 5)}),
                                  Learner(3)};
  EXPECT_THAT(Choose(crew), ElementsAre(Told(3, 2, 5, 25'000)));
  crew[2].is_learning = true;
  EXPECT_THAT(Choose(crew), IsEmpty());
}

TEST(ShadowingTest, Learner_NeedsTheLeastDays) {
  const std::vector<CrewPerson> crew = {Director(1, 5, {Days(0, 2)}), Learner(2)};
  EXPECT_THAT(Choose(crew, {.least_days = 3}), IsEmpty());
  EXPECT_TRUE(ChooseShadowing(crew, {.least_days = 3}).has_learners);
}

TEST(ShadowingTest, Choice_GivesUpABestPairForTheWhole) {
  CrewPerson either = Learner(3, 500'000);
  either.prospects.push_back({.role = kGaffer, .is_wished = true, .adjacency_millionths = 400'000});
  const std::vector<CrewPerson> crew = {
      Director(1, 5, {Days(0, 4)}),
      Person(2, {.role = kGaffer, .level = 5, .days = {Days(0, 4)}}), either, Learner(4)};
  EXPECT_THAT(Choose(crew), ElementsAre(Told(3, 2, 4, 28'000), Told(4, 1, 4, 20'000)));
}

TEST(ShadowingTest, Choice_IsOfTheBetterSeatOfAnExpert) {
  CrewPerson expert = Director(1, 4, {Days(0, 9)});
  expert.seats.push_back({.role = kDirector, .level = 4, .days = {Days(20, 30)}});
  CrewPerson learner = Learner(2);
  const auto choice = ChooseShadowing({expert, learner}, {});
  EXPECT_THAT(choice.pairs, ElementsAre(Field(&ShadowingPair::seat, 1)));
}

// The choice by trying all, days looked at one by one.
class Oracle {
 public:
  Oracle(const std::vector<CrewPerson>& crew, const ShadowingTerms& terms)
      : crew_(crew), terms_(terms), learners_(crew.size()) {
    for (size_t i = 0; i < crew.size(); ++i) learners_[i] = crew[i].learners;
  }

  int64_t Best(size_t learner = 0) {
    if (learner == crew_.size()) return 0;
    int64_t best = Best(learner + 1);
    if (crew_[learner].is_learning) return best;
    for (size_t expert = 0; expert < crew_.size(); ++expert) {
      const int64_t worth = WorthOf(learner, expert);
      if (worth == 0 || learners_[expert] >= terms_.learners_per_expert) continue;
      ++learners_[expert];
      best = std::max(best, worth + Best(learner + 1));
      --learners_[expert];
    }
    return best;
  }

  int64_t WorthOf(size_t learner, size_t expert) const {
    int64_t best = 0;
    for (const CrewSeat& seat : crew_[expert].seats) {
      for (const Prospect& prospect : crew_[learner].prospects) {
        if (prospect.role == seat.role) best = std::max(best, WorthIn(seat, prospect, learner));
      }
    }
    return learner == expert ? 0 : best;
  }

 private:
  int64_t WorthIn(const CrewSeat& seat, const Prospect& prospect, size_t learner) const {
    if (seat.level < terms_.expert_level) return 0;
    std::set<int32_t> days = DaysOf(seat.days);
    for (const int32_t day : DaysOf(crew_[learner].busy)) days.erase(day);
    for (const CrewSeat& own : crew_[learner].seats) {
      for (const int32_t day : DaysOf(own.days)) days.erase(day);
    }
    const auto count = static_cast<int64_t>(days.size());
    if (count < terms_.least_days) return 0;
    const int64_t wish = prospect.is_wished ? 1'000 : 0;
    return std::min<int64_t>(count, 10) * seat.level *
           (wish + prospect.adjacency_millionths / 1'000);
  }

  static std::set<int32_t> DaysOf(const std::vector<DaySpan>& spans) {
    std::set<int32_t> days;
    for (const DaySpan& span : spans) {
      for (Day day = span.start; day < span.limit; day = day + 1) days.insert(day.since_epoch());
    }
    return days;
  }

  const std::vector<CrewPerson>& crew_;
  const ShadowingTerms& terms_;
  std::vector<int32_t> learners_;
};

// Few different values, so many ties.
class RandomCrew {
 public:
  explicit RandomCrew(uint64_t seed) : rng_(seed), dice_(rng_) {}

  std::vector<CrewPerson> People(size_t count) {
    std::vector<CrewPerson> crew(count);
    for (size_t i = 0; i < count; ++i) {
      CrewPerson& person = crew[i];
      person.id = ProfileId(1 + (i * 7) % 11);
      for (size_t seats = dice_.Below(3); seats > 0; --seats) {
        person.seats.push_back({.role = Role(), .level = dice_.Between(2, 5), .days = Spans(2)});
      }
      person.busy = Spans(3);
      for (uint32_t role = 0; role < 3; ++role) {
        if (!dice_.OneIn(2)) continue;
        person.prospects.push_back({.role = role,
                                    .is_wished = dice_.OneIn(2),
                                    .adjacency_millionths = 50'500 * dice_.Between(1, 3)});
      }
      person.learners = dice_.OneIn(5) ? 1 : 0;
      person.is_learning = dice_.OneIn(8);
    }
    return crew;
  }
  ShadowingTerms Terms() {
    return {.learners_per_expert = dice_.Between(1, 2),
            .expert_level = dice_.Between(2, 5),
            .least_days = dice_.Between(1, 4)};
  }

 private:
  uint32_t Role() { return static_cast<uint32_t>(dice_.Below(3)); }
  std::vector<DaySpan> Spans(size_t most) {
    std::vector<DaySpan> spans;
    int32_t at = 0;
    for (size_t count = dice_.Below(most + 1); count > 0; --count) {
      const int32_t start = at + dice_.Between(1, 4);
      at = start + dice_.Between(1, 8);
      spans.push_back(Days(start, at));
    }
    return spans;
  }

  std::mt19937_64 rng_;
  Dice dice_;
};

void ExpectAllowed(const std::vector<CrewPerson>& crew, const ShadowingTerms& terms,
                   const std::vector<ShadowingPair>& pairs) {
  const Oracle oracle(crew, terms);
  std::set<size_t> learning;
  std::map<size_t, int32_t> learners;
  for (const ShadowingPair& pair : pairs) {
    EXPECT_EQ(pair.worth, oracle.WorthOf(pair.learner, pair.expert));
    EXPECT_FALSE(crew[pair.learner].is_learning);
    EXPECT_TRUE(learning.insert(pair.learner).second);
    EXPECT_LE(crew[pair.expert].learners + ++learners[pair.expert], terms.learners_per_expert);
  }
}

TEST(ShadowingTest, Choice_IsWorthAsMuchAsTheBestOfAll) {
  int chosen = 0;
  for (uint64_t seed = 0; seed < 5'000; ++seed) {
    RandomCrew random(seed);
    const std::vector<CrewPerson> crew = random.People(2 + seed % 5);
    const ShadowingTerms terms = random.Terms();
    const ShadowingChoice choice = ChooseShadowing(crew, terms);
    ExpectAllowed(crew, terms, choice.pairs);
    int64_t worth = 0;
    for (const ShadowingPair& pair : choice.pairs) worth += pair.worth;
    ASSERT_EQ(worth, Oracle(crew, terms).Best()) << "seed " << seed;
    chosen += choice.pairs.size() > 1 ? 1 : 0;
  }
  EXPECT_GT(chosen, 500);  // Where pairs stand in each other's way.
}

TEST(ShadowingTest, Choice_IsTheSameInWhateverOrderTheCrewComes) {
  for (uint64_t seed = 0; seed < 500; ++seed) {
    RandomCrew random(seed);
    std::vector<CrewPerson> crew = random.People(10);
    const ShadowingTerms terms = random.Terms();
    const std::vector<Told> told = Choose(crew, terms);
    std::mt19937_64 rng(seed);
    Dice dice(rng);
    for (size_t i = 0; i + 1 < crew.size(); ++i) {
      std::swap(crew[i], crew[i + dice.Below(crew.size() - i)]);
    }
    ASSERT_EQ(Choose(crew, terms), told) << "seed " << seed;
  }
}

TEST(ShadowingTest, Choice_OfFiveHundredPeopleIsMadeAtOnce) {
  std::vector<CrewPerson> crew;
  for (uint64_t id = 1; id <= 500; ++id) {
    CrewPerson person = id % 2 == 0 ? Director(id, 5, {Days(0, 1 + static_cast<int32_t>(id % 9))})
                                    : Learner(id, static_cast<int64_t>(id * 1'999));
    crew.push_back(std::move(person));
  }
  EXPECT_EQ(ChooseShadowing(crew, {.least_days = 1}).pairs.size(), 250u);
}

}  // namespace
}  // namespace troupe::staffing
