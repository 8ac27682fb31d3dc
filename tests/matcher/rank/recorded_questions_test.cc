#include "matcher/rank/recorded_questions.h"

#include <memory>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/index/pool_writer.h"
#include "matcher/index/profile_row.h"
#include "matcher/rank/fairness.h"
#include "matcher/rank/learn_model.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using testing::D;
using testing::OpeningBuilder;
using testing::ProfileBuilder;
using testing::ProjectBuilder;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Kind = Outcome::Kind;

constexpr int kDay = 86'400;

std::shared_ptr<const Pool> PoolOf(std::vector<Profile> profiles) {
  PoolWriter writer;
  return writer.Apply({.profiles = std::move(profiles)}).pool;
}

Profile Director(uint64_t id) { return ProfileBuilder().Id(id).Holds("director").Build(); }

// Something of an opening that was asked on that day, counted from 2026-01-01.
struct Came {
  uint64_t profile;
  Kind kind;
};
RecordedQuestion Recorded(int day, const std::vector<Came>& outcomes,
                          const ProjectBuilder& project =
                              ProjectBuilder().With(OpeningBuilder())) {
  const Project built = project.Build();
  RecordedQuestion question{.demand = MakeDemand(built, built.openings.front()),
                            .asked = D("2026-01-01") + day};
  question.history.owner = {"crew"};
  question.history.role = "director";
  question.history.create_time = absl::FromUnixSeconds(1'767'225'600 + day * kDay);
  for (const Came& came : outcomes) {
    question.history.Add({.profile = ProfileId(came.profile),
                          .kind = came.kind,
                          .rating_hundredths = came.kind == Kind::kRated ? 500 : 0,
                          .time = question.history.create_time});
  }
  return question;
}

std::vector<HiringQuestion> ColdOf(const Pool& pool, std::vector<RecordedQuestion> recorded) {
  const auto questions = QuestionsOf(pool, std::move(recorded), NeverStop()).value();
  return questions.empty() ? std::vector<HiringQuestion>()
                           : questions.begin()->second[static_cast<size_t>(Regime::kCold)];
}

TEST(RecordedQuestionsTest, AskWhoOfThoseShownWasBooked) {
  const auto pool = PoolOf({Director(1), Director(2), Director(3), Director(4)});
  const auto questions = ColdOf(
      *pool, {Recorded(0, {{1, Kind::kShown}, {2, Kind::kShown}, {2, Kind::kBooked},
                           {3, Kind::kDeclined}})});
  ASSERT_THAT(questions, SizeIs(1));
  EXPECT_EQ(questions[0].candidates, 3u);
  EXPECT_EQ(questions[0].hired, 1u);
}

TEST(RecordedQuestionsTest, AskNothingWhereNobodyCanBeToldApart) {
  const auto pool = PoolOf({Director(1), Director(2)});
  EXPECT_THAT(ColdOf(*pool, {Recorded(0, {{1, Kind::kShown}, {2, Kind::kDeclined}}),
                             Recorded(1, {{1, Kind::kBooked}, {2, Kind::kFinished}}),
                             Recorded(2, {{1, Kind::kBooked}, {9, Kind::kShown}})}),
              IsEmpty());
}

TEST(RecordedQuestionsTest, KnowWhatCameOfEarlierOpeningsOnly) {
  const auto pool = PoolOf({Director(1), Director(2)});
  const auto questions =
      ColdOf(*pool, {Recorded(1, {{1, Kind::kBooked}, {2, Kind::kDeclined}}),
                     Recorded(0, {{1, Kind::kBooked}, {2, Kind::kDeclined}})});
  ASSERT_THAT(questions, SizeIs(2));
  const size_t acceptance = static_cast<size_t>(Feature::kAcceptance);
  EXPECT_FLOAT_EQ(questions[0].Of(acceptance)[0], questions[0].Of(acceptance)[1]);
  EXPECT_GT(questions[1].Of(acceptance)[0], questions[1].Of(acceptance)[1]);
}

TEST(RecordedQuestionsTest, KnowNeitherHoldsNorYearsOfToday) {
  Profile held = ProfileBuilder().Id(1).Holds("director", 3, 30).Build();
  held.hold_counts = {.placed = 9, .booked = 9};
  const auto pool = PoolOf({held, Director(2)});
  const auto questions =
      ColdOf(*pool, {Recorded(0, {{1, Kind::kBooked}, {2, Kind::kShown}})});
  ASSERT_THAT(questions, SizeIs(1));
  for (Feature feature : {Feature::kAcceptance, Feature::kExperience}) {
    const auto values = questions[0].Of(static_cast<size_t>(feature));
    EXPECT_EQ(values[0], values[1]) << FeatureName(feature);
  }
}

TEST(RecordedQuestionsTest, DoNotKnowWhomTheOpeningGot) {
  const auto pool = PoolOf({Director(1), Director(2)});
  const auto attached =
      ProjectBuilder().With(OpeningBuilder().Attach(1, "director"));
  const auto questions = ColdOf(
      *pool, {Recorded(0, {{1, Kind::kBooked}, {2, Kind::kShown}}, attached)});
  ASSERT_THAT(questions, SizeIs(1));  // Cold: nobody was attached yet.
  EXPECT_EQ(questions[0].Of(static_cast<size_t>(Feature::kAttached))[0], 0);
}

TEST(RecordedQuestionsTest, TeachWhatTellsThoseBookedFromOthers) {
  std::vector<Profile> people;
  std::vector<RecordedQuestion> recorded;
  for (uint64_t id = 1; id <= 40; ++id) {
    people.push_back(ProfileBuilder().Id(id).Holds("director").Rated(50, id % 2 ? 4'800 : 2'000)
                         .Build());
  }
  for (int day = 0; day < 40; ++day) {
    const uint64_t good = 1 + 2 * static_cast<uint64_t>(day % 20);
    recorded.push_back(Recorded(day, {{good, Kind::kBooked}, {good + 1, Kind::kShown}}));
  }
  const auto pool = PoolOf(people);
  const auto learned =
      LearnModel(*pool, recorded, NeverStop(), [](int64_t, int64_t) {}).value();
  ASSERT_THAT(learned, SizeIs(1));
  const LearnedWeights& cold = learned[0].by_regime[static_cast<size_t>(Regime::kCold)];
  EXPECT_EQ(cold.questions, 40);
  EXPECT_LT(cold.loss, cold.loss_of_chance);
  const Weights& weights = cold.weights.value();
  // They share what ships for them: nothing else tells people apart here.
  EXPECT_EQ(weights[static_cast<size_t>(Feature::kRating)] +
                weights[static_cast<size_t>(Feature::kOwnRating)] +
                weights[static_cast<size_t>(Feature::kAcceptance)],
            ShippedWeights(learned[0].role)[static_cast<size_t>(Feature::kRating)]);
  EXPECT_GT(weights[static_cast<size_t>(Feature::kOwnRating)] +
                weights[static_cast<size_t>(Feature::kAcceptance)],
            0);
}

// People of both genders, all directors: women have odd ids.
std::vector<Profile> Genders(uint64_t count) {
  std::vector<Profile> people;
  for (uint64_t id = 1; id <= count; ++id) {
    people.push_back(ProfileBuilder().Id(id).Holds("director").Of(
        id % 2 ? Gender::kFemale : Gender::kMale).Build());
  }
  return people;
}

TEST(FairnessTest, CountsWhoWasEligibleAndWhatCameOfThem) {
  std::vector<Profile> people = Genders(6);
  people.push_back(ProfileBuilder().Id(7).Holds("writer").Of(Gender::kFemale).Build());
  people.push_back(ProfileBuilder().Id(8).Holds("director").Hidden().Owner("x").Build());
  const auto pool = PoolOf(people);
  const auto counts =
      CountByGroup(*pool,
                   std::vector{Recorded(0, {{1, Kind::kShown}, {2, Kind::kShown},
                                            {2, Kind::kBooked}, {8, Kind::kShown}})},
                   GroupAttribute::kGender, NeverStop())
          .value();
  ASSERT_THAT(counts, SizeIs(2));
  const GroupCounts& women = counts[0].group == "female" ? counts[0] : counts[1];
  const GroupCounts& men = counts[0].group == "female" ? counts[1] : counts[0];
  EXPECT_EQ(women.eligible, 3);
  EXPECT_EQ(women.by_kind[static_cast<size_t>(Kind::kShown)], 1);
  EXPECT_EQ(women.by_kind[static_cast<size_t>(Kind::kBooked)], 0);
  EXPECT_EQ(men.eligible, 3);
  EXPECT_EQ(men.by_kind[static_cast<size_t>(Kind::kBooked)], 1);
}

TEST(FairnessTest, CountsWhoeverWasBookedThoughNotFreeNow) {
  const auto project =
      ProjectBuilder().With(OpeningBuilder().AllDays("2026-02-01", 3));
  const auto pool = PoolOf({ProfileBuilder().Id(1).Holds("director").Booked("2026-02-01", 3)
                                .Build(),
                            ProfileBuilder().Id(2).Holds("director").Busy("2026-02-02", 1)
                                .Build()});
  const auto counts = CountByGroup(*pool, std::vector{Recorded(0, {{1, Kind::kBooked}}, project)},
                                   GroupAttribute::kNewcomer, NeverStop())
                          .value();
  ASSERT_THAT(counts, SizeIs(1));
  EXPECT_EQ(counts[0].group, "newcomer");
  EXPECT_EQ(counts[0].eligible, 1);
}

TEST(FairnessTest, GroupsByAgeAndHome) {
  const auto pool = PoolOf(
      {ProfileBuilder().Id(1).Holds("director").Plays(25, 40).Home("hangzhou").Build(),
       ProfileBuilder().Id(2).Holds("director").Build()});
  const std::vector<RecordedQuestion> recorded = {Recorded(0, {{1, Kind::kShown}})};
  const auto groups = [&](GroupAttribute attribute) {
    std::vector<std::string> names;
    const auto counts = CountByGroup(*pool, recorded, attribute, NeverStop()).value();
    for (const GroupCounts& group : counts) names.push_back(group.group);
    return names;
  };
  EXPECT_THAT(groups(GroupAttribute::kPlayingAge),
              ::testing::UnorderedElementsAre("30-39", "not stated"));
  EXPECT_THAT(groups(GroupAttribute::kHome),
              ::testing::UnorderedElementsAre("zhejiang", "not stated"));
}

TEST(SelectionRatesTest, CompareWithTheHighestShareOfAGroupThatIsNotSmall) {
  const auto group = [](int64_t eligible, int64_t booked) {
    GroupCounts counts{.eligible = eligible};
    counts.by_kind[static_cast<size_t>(Kind::kBooked)] = booked;
    return counts;
  };
  const std::vector<GroupCounts> counts = {group(100, 40), group(50, 10), group(2, 2)};
  const std::vector<SelectionRate> rates = SelectionRates(counts, Kind::kBooked);
  EXPECT_EQ(rates[0], (SelectionRate{40, 400'000, 1'000'000}));
  EXPECT_EQ(rates[1], (SelectionRate{10, 200'000, 500'000}));
  EXPECT_EQ(rates[2].impact, 1'000'000);
  EXPECT_EQ(SelectionRates(counts, Kind::kShown)[1].impact, 1'000'000);  // Nobody was.
  const std::vector<GroupCounts> small = {group(4, 2), group(4, 1)};
  EXPECT_EQ(SelectionRates(small, Kind::kBooked)[1].impact, 500'000);
}

}  // namespace
}  // namespace troupe
