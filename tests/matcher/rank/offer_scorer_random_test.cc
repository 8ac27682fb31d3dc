#include <memory_resource>
#include <vector>

#include "gtest/gtest.h"
#include "matcher/base/vectors.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/index/pool_writer.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/features.h"
#include "matcher/rank/offer_filter.h"
#include "matcher/rank/offer_scorer.h"
#include "matcher/rank/offer_totals.h"
#include "tests/testing/random_market.h"

// Holds what FindOpenings is made of against the formulas and the requirements,
// for every profile and offer of random markets.

namespace troupe {
namespace {

using testing::Market;
using testing::RandomMarket;

// Calls `visit(pool, view, role, as_of)` for every role of every profile.
template <typename Visit>
void ForEachRole(Visit visit) {
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    const Market market = RandomMarket(seed, 60, 25);
    PoolWriter writer;
    const auto pool = writer.Apply({.profiles = market.profiles,
                                    .projects = market.projects,
                                    .today = market.options.today}).pool;
    const Day as_of = pool->today() + static_cast<int32_t>(seed % 2);
    for (const Profile& profile : market.profiles) {
      const ProfileView view = *pool->FindProfile(profile.id);
      for (const RoleRow& role : view.roles) visit(*pool, view, role, as_of);
    }
  }
}

void ExpectScoresOfTheFormulasWithinBounds() {
  int64_t scores = 0;
  ForEachRole([&](const Pool& pool, const ProfileView& view, const RoleRow& role, Day as_of) {
    std::pmr::monotonic_buffer_resource memory;
    Rarities rarities(pool, as_of);
    const OfferTotals totals(pool, as_of, rarities);
    const Weights& weights = ShippedWeights(role.role);
    OfferScorer scorer(pool, view, role, weights, as_of, rarities, &memory);
    scorer.Complete();
    for (const auto& block : pool.OffersIn(role.role)) {
      std::vector<const OfferSketch*> sketches;
      for (uint32_t row = 0; row < block->rows().size(); ++row) {
        totals.TellSketch(*block, row);
        sketches.push_back(&block->sketch(row));
      }
      std::vector<int32_t> bounds(sketches.size());
      const bool know_totals = scorer.Bound(sketches, block->most_terms(), bounds.data());
      EXPECT_TRUE(know_totals || !totals.AreKept());
      for (uint32_t row = 0; row < sketches.size(); ++row) {
        const Query query(pool, *block->rows()[row], as_of, rarities);
        const int64_t expected = Score(weights, Evaluate(query, view, &role));
        EXPECT_EQ(scorer.ScoreOf(*block, row, 0), expected);
        if (!IsEligible(query, view, &role)) continue;  // No bound is promised.
        EXPECT_GE(bounds[row], expected);
        ++scores;
      }
    }
  });
  EXPECT_GT(scores, 500);
}

TEST(OfferScorerRandomTest, ScoresAsTheFormulasDoAndBoundsTheScore) {
  ExpectScoresOfTheFormulasWithinBounds();
}

TEST(OfferScorerRandomTest, DoesSoOnAnyProcessor) {
  const NoWideVectors none;
  ExpectScoresOfTheFormulasWithinBounds();
}

void ExpectToPassWhatMayBeToldAndFits() {
  int64_t fitting = 0;
  ForEachRole([&](const Pool& pool, const ProfileView& view, const RoleRow& role, Day as_of) {
    OfferFilter filter(view, as_of, pool.past_work(), false);
    filter.StartRole(role);
    for (const auto& block : pool.OffersIn(role.role)) {
      std::vector<bool> passes(block->rows().size());
      OfferFilter::Stretches stretches;
      filter.AddStretches(*block, stretches);
      for (OfferBlock::RowNumber row : filter.Passing(*block, stretches)) {
        passes[row] = filter.IsFit(*block, row, role);
      }
      for (uint32_t row = 0; row < block->rows().size(); ++row) {
        const Demand& demand = *block->rows()[row];
        const bool expected = IsOffered(demand, as_of) &&
                              IsVisibleTo(demand, view.scalars->owner) &&
                              !demand.IsAttached(view.scalars->id) &&
                              IsEligible(DatedDemand(demand, as_of), view, &role);
        EXPECT_EQ(passes[row], expected);
        fitting += expected;
      }
    }
  });
  EXPECT_GT(fitting, 200);
}

TEST(OfferFilterRandomTest, LetsPassExactlyWhatMayBeToldAndFits) {
  ExpectToPassWhatMayBeToldAndFits();
}

TEST(OfferFilterRandomTest, DoesSoOnAnyProcessor) {
  const NoWideVectors none;
  ExpectToPassWhatMayBeToldAndFits();
}

}  // namespace
}  // namespace troupe
