#include "matcher/rank/contention.h"

#include <algorithm>
#include <map>
#include <utility>

#include "matcher/base/millionths.h"
#include "matcher/domain/calendar.h"
#include "matcher/rank/eligibility.h"

namespace troupe {
namespace {

constexpr int64_t kPriorShare = 400'000;  // Ours, until holds have been counted.
constexpr int64_t kPriorHolds = 20;
constexpr int64_t kMarketHolds = 10;

// Days with how many holds stand on each, as spans of equal depth in order.
std::vector<std::pair<DaySpan, int32_t>> Depths(absl::Span<const DaySpan> holds) {
  std::map<Day, int32_t> changes;
  for (const DaySpan& hold : holds) {
    ++changes[hold.start];
    --changes[hold.limit];
  }
  std::vector<std::pair<DaySpan, int32_t>> depths;
  int32_t depth = 0;
  Day from;
  for (const auto& [day, change] : changes) {
    if (depth > 0) depths.emplace_back(DaySpan{from, day}, depth);
    depth += change;
    from = day;
  }
  return depths;
}

// Busy days, and those on which more than `most` holds stand.
std::vector<DaySpan> TakenDays(const DaySet& busy,
                               const std::vector<std::pair<DaySpan, int32_t>>& depths,
                               int32_t most) {
  std::vector<DaySpan> taken(busy.spans.begin(), busy.spans.end());
  for (const auto& [days, depth] : depths) {
    if (depth > most) taken.push_back(days);
  }
  return Union(std::move(taken));
}

bool AnyOverlaps(absl::Span<const DaySpan> spans, DaySpan days) {
  return std::any_of(spans.begin(), spans.end(),
                     [&](const DaySpan& span) { return span.Overlaps(days); });
}

int64_t FreeChance(int64_t booked_chance, int32_t holds) {
  int64_t chance = kMillionths;
  for (int32_t i = 0; i < holds && chance > 0; ++i) {
    chance = chance * (kMillionths - booked_chance) / kMillionths;
  }
  return chance;
}

}  // namespace

int64_t BookedChance(const HoldTotals& own, const HoldTotals& market) {
  const int64_t market_share = (market.booked * kMillionths + kPriorHolds * kPriorShare) /
                               (market.ended + kPriorHolds);
  return (own.booked * kMillionths + kMarketHolds * market_share) / (own.ended + kMarketHolds);
}

std::optional<Contention> ContentionOf(const DatedDemand& query, const ProfileView& view,
                                       const HoldTotals& market) {
  if (!query.demand().HasWindow()) return std::nullopt;
  return ContentionOf(query.plan(), TravelDaysOf(query.demand(), view), view, market);
}

std::optional<Contention> ContentionOf(const WorkPlan& plan, int32_t travel_days,
                                       const ProfileView& view, const HoldTotals& market) {
  if (view.holds.empty() || !plan.IsMetBy(view.busy, travel_days)) return std::nullopt;
  const auto depths = Depths(view.holds);
  for (int32_t most = 0;; ++most) {
    const std::vector<DaySpan> taken = TakenDays(view.busy, depths, most);
    auto work = plan.EarliestWork(DaySet{taken}, travel_days);
    if (!work.has_value()) continue;
    if (most == 0) return std::nullopt;
    Contention contention = {.ladder_place = most + 1, .days = std::move(work->taken)};
    for (const DaySpan& hold : view.holds) {
      contention.holds_above += AnyOverlaps(contention.days, hold);
    }
    contention.free_chance_millionths =
        FreeChance(BookedChance(HoldsOf(view), market), contention.holds_above);
    return contention;
  }
}

bool IsContended(const DatedDemand& query, const ProfileView& view) {
  if (view.holds.empty() || !query.demand().HasWindow()) return false;
  const int32_t travel_days = TravelDaysOf(query.demand(), view);
  if (!query.plan().IsMetBy(view.busy, travel_days)) return false;
  const std::vector<DaySpan> taken = TakenDays(view.busy, Depths(view.holds), 0);
  return !query.plan().IsMetBy(DaySet{taken}, travel_days);
}

int32_t ContendedDays(const DatedDemand& query, const ProfileView& view) {
  int32_t days = 0;
  for (const WorkPeriod& period : query.plan().periods()) {
    for (Day day = period.days.start; day < period.days.limit; day = day + 1) {
      const DaySpan only{day, day + 1};
      days += AnyOverlaps(view.holds, only) && view.busy.CountIn(only) == 0;
    }
  }
  return days;
}

}  // namespace troupe
