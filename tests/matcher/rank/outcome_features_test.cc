#include <random>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "matcher/index/pool_writer.h"
#include "matcher/rank/acceptance.h"
#include "matcher/rank/evidence.h"
#include "matcher/rank/features.h"
#include "matcher/rank/find_openings.h"
#include "matcher/rank/find_profiles.h"
#include "tests/testing/builders.h"
#include "tests/testing/dice.h"
#include "tests/testing/oracle.h"
#include "tests/testing/random_market.h"

// What features make of what came of openings.
namespace troupe {
namespace {

using testing::Dice;
using testing::Market;
using testing::OracleQuestion;
using testing::OracleMarket;
using testing::OracleScorer;
using testing::RandomMarket;

TEST(AcceptanceChanceTest, DrawsTowardsTheMarketAndThatTowardsSixInTen) {
  EXPECT_EQ(AcceptanceChance({}, {}), 600'000);
  EXPECT_EQ(AcceptanceChance({}, {.accepted = 80, .declined = 0}), 900'000);
  EXPECT_EQ(AcceptanceChance({.accepted = 5}, {}), 800'000);
  EXPECT_EQ(AcceptanceChance({.declined = 5}, {}), 300'000);
}

Outcome RandomOutcome(Dice& dice, const Market& market) {
  Outcome outcome{.profile = dice.Pick(market.profiles).id,
                  .kind = static_cast<Outcome::Kind>(dice.Between(1, 8)),
                  .time = absl::FromUnixSeconds(dice.Between(0, 9))};
  if (outcome.kind == Outcome::Kind::kRated) outcome.rating_hundredths = dice.Between(100, 500);
  return outcome;
}

// What "crew" recorded of some of its openings.
std::vector<OutcomeHistory> RandomHistories(Dice& dice, const Market& market) {
  std::vector<OutcomeHistory> histories(dice.Below(5));
  for (OutcomeHistory& history : histories) {
    for (size_t i = 0; i < dice.Below(40); ++i) history.Add(RandomOutcome(dice, market));
  }
  return histories;
}

std::shared_ptr<const Pool> PoolOf(const Market& market, const std::string& organization,
                                   const std::vector<OutcomeHistory>& histories) {
  PoolChange change{.profiles = market.profiles,
                    .projects = market.projects,
                    .today = market.options.today};
  for (const OutcomeHistory& history : histories) {
    change.outcomes.emplace_back(OrganizationTerm({organization}), TalliesOf(history));
  }
  PoolWriter writer;
  return writer.Apply(change).pool;
}

Weights OutcomeWeights() {
  Weights weights{};
  weights[static_cast<size_t>(Feature::kAcceptance)] = 500'000;
  weights[static_cast<size_t>(Feature::kOwnRating)] = 300'000;
  weights[static_cast<size_t>(Feature::kExperience)] = 200'000;
  return weights;
}

TEST(OutcomeFeaturesTest, FindProfiles_EqualsTheOracle) {
  int matches = 0;
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    std::mt19937_64 rng(seed);
    Dice dice(rng);
    const Market market = RandomMarket(seed, 60, 6);
    const OracleMarket oracle(market.profiles);
    const std::string& recorder = market.projects.front().ownership.owner.slug;
    const std::vector<OutcomeHistory> histories = RandomHistories(dice, market);
    const auto pool = PoolOf(market, recorder, histories);
    for (const Project& project : market.projects) {
      const bool is_own = project.ownership.owner.slug == recorder;
      for (const Opening& opening : project.openings) {
        OracleQuestion question{&project, &opening, pool->today(), {}, {}};
        if (is_own) question.outcomes = histories;
        const OracleScorer scorer(oracle, question);
        std::vector<std::pair<ProfileId, int64_t>> scored;
        for (const Profile& profile : market.profiles) {
          if (!OracleConsiders(question, profile, false) ||
              !OracleFailures(question, profile).empty()) {
            continue;
          }
          scored.emplace_back(profile.id,
                              testing::OracleScore(OutcomeWeights(), scorer.Evaluate(profile)));
        }
        const ProfilesAnswer answer = *FindProfiles(
            *pool,
            {.demand = MakeDemand(project, opening), .weights = OutcomeWeights(),
             .as_of = pool->today()},
            NeverStop());
        const auto expected = testing::BestFirst(scored, 20);
        ASSERT_EQ(answer.best.size(), expected.size());
        for (size_t i = 0; i < expected.size(); ++i, ++matches) {
          ASSERT_EQ(answer.best[i].id, expected[i].first) << "seed " << seed;
          ASSERT_EQ(answer.best[i].score_millionths, expected[i].second);
        }
      }
    }
  }
  EXPECT_GT(matches, 100);
}

// The score of the only opening for the only person, asked by the person's side.
int64_t ScoreForThePerson(const std::vector<std::pair<Term, OutcomeTallies::Changes>>& outcomes) {
  PoolWriter writer;
  const Project project =
      testing::ProjectBuilder().Owner("crew").With(testing::OpeningBuilder()).Build();
  const Profile person = testing::ProfileBuilder().Owner("agency").Holds("director").Build();
  const auto pool = writer.Apply({.profiles = {person},
                                  .projects = {project},
                                  .today = testing::D("2026-11-23"),
                                  .outcomes = outcomes})
                        .pool;
  OpeningsQuestion question{.profile = person.id,
                            .model = ScoringModel::Always(OutcomeWeights()),
                            .as_of = pool->today()};
  const auto answer = FindOpenings(*pool, question, NeverStop());
  return answer->best.at(0).score_millionths;
}

TEST(OutcomeFeaturesTest, FindOpenings_TellsThePersonNothingOfThem) {
  const int64_t unknown = ScoreForThePerson({});
  EXPECT_EQ(ScoreForThePerson({{OrganizationTerm({"crew"}),
                                {{ProfileId(1), {.declined = 9, .ratings = 1,
                                                 .rating_hundredths = 100}}}}}),
            unknown);
}

TEST(OutcomeFeaturesTest, Evidence_SaysHowOftenThePersonAccepted) {
  const Project project =
      testing::ProjectBuilder().Owner("crew").With(testing::OpeningBuilder()).Build();
  Profile person = testing::ProfileBuilder().Holds("director").Build();
  person.hold_counts = {.placed = 3, .booked = 1, .declined = 1, .released = 1};
  PoolWriter writer;
  const auto pool =
      writer.Apply({.profiles = {person},
                    .outcomes = {{OrganizationTerm({"crew"}),
                                  {{person.id, {.accepted = 2, .ratings = 2,
                                                .rating_hundredths = 900}}}}}})
          .pool;
  const Day as_of = testing::D("2026-11-23");
  Rarities rarities(*pool, as_of);
  const Demand demand = MakeDemand(project, project.openings.front());
  const Query query(*pool, demand, as_of, rarities);
  const ProfileView view = *pool->FindProfile(person.id);
  const PerFeature values = Evaluate(query, view, view.FindRole(demand.scalars.role));
  const EvidencePerFeature evidence =
      EvidenceOf(query, person, project, project.openings.front(), values);
  EXPECT_EQ(evidence[static_cast<size_t>(Feature::kAcceptance)].at(0).text, "took 2 of 2 offers of yours");
  EXPECT_EQ(evidence[static_cast<size_t>(Feature::kOwnRating)].at(0).text,
            "4.5 of 5 from 2 ratings of yours");
}

}  // namespace
}  // namespace troupe
