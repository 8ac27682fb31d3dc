#include "matcher/rank/acceptance.h"

#include "matcher/base/millionths.h"

namespace troupe {
namespace {

constexpr int64_t kPriorShare = 600'000;
constexpr int64_t kPriorAnswers = 20;
constexpr int64_t kMarketAnswers = 5;
constexpr int64_t kStep = 50'000;

}  // namespace

Answers AnswersOf(const HoldTotals& holds, const OutcomeTally& outcomes) {
  return {holds.booked + outcomes.accepted, holds.declined + outcomes.declined};
}

int64_t AcceptanceChance(const Answers& own, const Answers& market) {
  const int64_t share = (market.accepted * kMillionths + kPriorAnswers * kPriorShare) /
                        (market.accepted + market.declined + kPriorAnswers);
  const int64_t chance = (own.accepted * kMillionths + kMarketAnswers * share) /
                         (own.accepted + own.declined + kMarketAnswers);
  return chance / kStep * kStep;
}

}  // namespace troupe
