#include "matcher/rank/fewest_days.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "matcher/domain/calendar.h"

namespace troupe {
namespace {

constexpr int32_t kNever = std::numeric_limits<int32_t>::max() / 2;

}  // namespace

FewestDays::FewestDays(const WorkPlan& plan, const DaySet& busy, int32_t travel_days)
    : plan_(plan), travel_(travel_days) {
  span_.start = std::max(plan.periods().front().days.start - travel_, plan.as_of());
  span_.limit = plan.periods().back().days.limit + travel_;
  // Days that are past are as good as free.
  if (span_.start == plan.as_of()) first_.rested = travel_;
  for (Day day = span_.start; day < span_.limit; day = day + 1) {
    days_.push_back({.is_busy = busy.CountIn({day, day + 1}) > 0});
  }
  for (const WorkPeriod& period : plan.periods()) {
    for (Day day = period.days.start; day < period.days.limit; day = day + 1) {
      Today& today = days_[static_cast<size_t>(day - span_.start)];
      today.period = &period;
      today.is_first = day == period.days.start;
    }
  }
}

FewestDays::Today FewestDays::DayAt(size_t day) const {
  return day < days_.size() ? days_[day] : Today{};
}

size_t FewestDays::States(size_t day) const {
  return static_cast<size_t>((plan_.needed() + 1) * Phases(DayAt(day)) * (travel_ + 1) *
                             (travel_ + 1));
}

size_t FewestDays::IndexOf(size_t day, const State& state) const {
  const Today today = DayAt(day);
  const int32_t worked = today.period == nullptr || today.is_first ? 0 : state.worked;
  return static_cast<size_t>(
      ((state.met * Phases(today) + worked) * (travel_ + 1) + state.rested) * (travel_ + 1) +
      state.owed);
}

FewestDays::State FewestDays::StateAt(size_t day, size_t index) const {
  const auto take = [&index](int32_t base) {
    const auto digit = static_cast<int32_t>(index % static_cast<size_t>(base));
    index /= static_cast<size_t>(base);
    return digit;
  };
  State state;
  state.owed = take(travel_ + 1);
  state.rested = take(travel_ + 1);
  state.worked = take(Phases(DayAt(day)));
  state.met = static_cast<int32_t>(index);
  return state;
}

template <typename Visit>
void FewestDays::ForEachStep(size_t day, const State& state, Visit visit) const {
  const Today today = DayAt(day);
  const WorkPeriod* period = today.period;
  // A period is begun while one is needed; other states are never come to, but all
  // are counted.
  const bool has_begun = period != nullptr && 0 < state.worked &&
                         state.worked < period->count && state.met < plan_.needed();
  State next = state;
  next.rested = std::min(state.rested + 1, travel_);
  next.owed = std::max(state.owed - 1, 0);
  if (!has_begun || !period->in_a_row) {
    visit(today.is_busy, next);
    if (today.is_busy && state.owed == 0) {
      State busy = state;
      busy.rested = 0;
      visit(false, busy);
    }
  }
  const bool may_begin = period != nullptr && state.worked == 0 &&
                         state.rested == travel_ && state.met < plan_.needed();
  if (!has_begun && !may_begin) return;
  ++next.worked;
  if (next.worked == period->count) {
    ++next.worked;  // Done with it.
    ++next.met;
    next.owed = travel_;
  }
  visit(today.is_busy, next);
}

void FewestDays::CountBackwards() {
  fewest_.resize(days_.size() + 1);
  fewest_.back().assign(States(days_.size()), kNever);
  for (size_t index = 0; index < fewest_.back().size(); ++index) {
    if (StateAt(days_.size(), index).met == plan_.needed()) fewest_.back()[index] = 0;
  }
  for (size_t day = days_.size(); day-- > 0;) {
    fewest_[day].assign(States(day), kNever);
    for (size_t index = 0; index < fewest_[day].size(); ++index) {
      int32_t& fewest = fewest_[day][index];
      ForEachStep(day, StateAt(day, index), [&](bool freed, const State& next) {
        fewest = std::min(fewest, fewest_[day + 1][IndexOf(day + 1, next)] + (freed ? 1 : 0));
      });
    }
  }
}

// Follows all shortest paths at once, and of these those that free a day as
// soon as any does.
std::optional<std::vector<DaySpan>> FewestDays::Find() {
  CountBackwards();
  std::vector<size_t> at = {IndexOf(0, first_)};
  if (fewest_[0][at.front()] >= kNever) return std::nullopt;
  std::vector<DaySpan> freed_days;
  for (size_t day = 0; day < days_.size(); ++day) {
    std::vector<size_t> freeing;
    std::vector<size_t> others;
    for (size_t index : at) {
      const int32_t fewest = fewest_[day][index];
      ForEachStep(day, StateAt(day, index), [&](bool freed, const State& next) {
        const size_t to = IndexOf(day + 1, next);
        if (fewest_[day + 1][to] + (freed ? 1 : 0) != fewest) return;
        (freed ? freeing : others).push_back(to);
      });
    }
    if (!freeing.empty()) {
      const Day freed = span_.start + static_cast<int32_t>(day);
      freed_days.push_back({freed, freed + 1});
    }
    at = freeing.empty() ? std::move(others) : std::move(freeing);
    std::sort(at.begin(), at.end());
    at.erase(std::unique(at.begin(), at.end()), at.end());
  }
  return Union(std::move(freed_days));
}

}  // namespace troupe
