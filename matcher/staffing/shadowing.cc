#include "matcher/staffing/shadowing.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "matcher/domain/calendar.h"

namespace troupe::staffing {
namespace {

// Of more days more is learned, but not for ever.
constexpr int32_t kUsefulDays = 10;
constexpr int64_t kWishWorth = 1'000;
constexpr int64_t kAdjacencyUnit = 1'000;
constexpr int64_t kFar = std::numeric_limits<int64_t>::max();

// What `taken` leaves of `days`; both sorted and disjoint.
std::vector<DaySpan> Without(const std::vector<DaySpan>& days, const std::vector<DaySpan>& taken) {
  std::vector<DaySpan> left;
  for (const DaySpan& span : days) {
    Day at = span.start;
    auto next = std::partition_point(taken.begin(), taken.end(), [&](const DaySpan& other) {
      return other.limit <= span.start;
    });
    for (; next != taken.end() && next->start < span.limit; ++next) {
      if (at < next->start) left.push_back({at, next->start});
      at = std::max(at, next->limit);
    }
    if (at < span.limit) left.push_back({at, span.limit});
  }
  return left;
}

int32_t CountDays(const std::vector<DaySpan>& days) {
  return std::accumulate(days.begin(), days.end(), int32_t{0},
                         [](int32_t sum, const DaySpan& span) { return sum + span.length(); });
}

std::vector<DaySpan> TakenDaysOf(const CrewPerson& person) {
  std::vector<DaySpan> taken = person.busy;
  for (const CrewSeat& seat : person.seats) {
    taken.insert(taken.end(), seat.days.begin(), seat.days.end());
  }
  return Union(std::move(taken));
}

const Prospect* ProspectOf(const CrewPerson& learner, uint32_t role) {
  const auto at = std::lower_bound(
      learner.prospects.begin(), learner.prospects.end(), role,
      [](const Prospect& prospect, uint32_t wanted) { return prospect.role < wanted; });
  return at != learner.prospects.end() && at->role == role ? &*at : nullptr;
}

// Gives rows columns at the greatest worth: successive shortest paths with prices (Jonker
// and Volgenant 1987), where a column takes as many rows as it has room for. A row may stay
// without a column, which is one more column with room for all.
class Assignment {
 public:
  // `worth` by row, then column; 0: not allowed.
  Assignment(const std::vector<std::vector<int64_t>>& worth, const std::vector<int32_t>& room)
      : worth_(worth), room_(room), nobody_(room.size()), price_(room.size() + 1) {
    rows_of_.resize(room.size() + 1);
    column_of_.resize(worth.size(), nobody_);
  }

  // By row: its column, if any.
  std::vector<std::optional<size_t>> Solve() {
    for (size_t row = 0; row < worth_.size(); ++row) Insert(row);
    std::vector<std::optional<size_t>> columns(worth_.size());
    for (size_t row = 0; row < worth_.size(); ++row) {
      if (column_of_[row] != nobody_) columns[row] = column_of_[row];
    }
    return columns;
  }

 private:
  struct Reach {
    int64_t distance = kFar;
    size_t from = 0;  // The row.
    bool is_settled = false;
  };

  bool HasRoom(size_t column) const {
    return column == nobody_ ||
           rows_of_[column].size() < static_cast<size_t>(room_[column]);
  }

  // Of giving `row` the column, at prices; kFar where that is not allowed.
  int64_t CostOf(size_t row, size_t column) const {
    if (column == nobody_) return 0;
    const int64_t worth = worth_[row][column];
    return worth == 0 ? kFar : -worth - price_[column];
  }

  void ReachFrom(size_t row, int64_t base, std::vector<Reach>& reached) const {
    for (size_t column = 0; column <= nobody_; ++column) {
      Reach& reach = reached[column];
      const int64_t cost = CostOf(row, column);
      if (reach.is_settled || cost == kFar || base + cost >= reach.distance) continue;
      reach.distance = base + cost;
      reach.from = row;
    }
  }

  static size_t Nearest(const std::vector<Reach>& reached) {
    size_t nearest = reached.size() - 1;  // Nobody, who is always reached.
    for (size_t column = 0; column < reached.size(); ++column) {
      if (reached[column].is_settled) continue;
      if (reached[column].distance < reached[nearest].distance) nearest = column;
    }
    return nearest;
  }

  void Insert(size_t row) {
    std::vector<Reach> reached(nobody_ + 1);
    ReachFrom(row, 0, reached);
    size_t column = Nearest(reached);
    while (!HasRoom(column)) {
      Reach& reach = reached[column];
      reach.is_settled = true;
      for (const size_t other : rows_of_[column]) {
        ReachFrom(other, reach.distance - CostOf(other, column), reached);
      }
      column = Nearest(reached);
    }
    const int64_t shortest = reached[column].distance;
    for (size_t settled = 0; settled < nobody_; ++settled) {
      const Reach& reach = reached[settled];
      if (reach.is_settled) price_[settled] += reach.distance - shortest;
    }
    GiveWay(row, column, reached);
  }

  // Everybody on the way to `column` moves on by one.
  void GiveWay(size_t row, size_t column, const std::vector<Reach>& reached) {
    for (;;) {
      const size_t mover = reached[column].from;
      const size_t before = column_of_[mover];
      if (mover != row) std::erase(rows_of_[before], mover);
      rows_of_[column].push_back(mover);
      column_of_[mover] = column;
      if (mover == row) return;
      column = before;
    }
  }

  const std::vector<std::vector<int64_t>>& worth_;
  const std::vector<int32_t>& room_;
  const size_t nobody_;
  std::vector<int64_t> price_;                // By column; never above 0.
  std::vector<std::vector<size_t>> rows_of_;  // By column.
  std::vector<size_t> column_of_;             // By row.
};

// One choice among the people of a crew, taken in the order of their ids.
class Chooser {
 public:
  Chooser(const std::vector<CrewPerson>& crew, const ShadowingTerms& terms)
      : crew_(crew), terms_(terms), by_id_(crew.size()) {
    std::iota(by_id_.begin(), by_id_.end(), size_t{0});
    std::sort(by_id_.begin(), by_id_.end(),
              [&](size_t a, size_t b) { return crew[a].id < crew[b].id; });
  }

  ShadowingChoice Choose() {
    FindExperts();
    std::vector<std::vector<std::optional<ShadowingPair>>> best;
    std::vector<std::vector<int64_t>> worth;
    for (const size_t learner : by_id_) {
      if (crew_[learner].is_learning) continue;
      best.emplace_back();
      worth.emplace_back();
      const std::vector<DaySpan> taken = TakenDaysOf(crew_[learner]);
      for (const size_t expert : experts_) {
        best.back().push_back(BestOf(learner, expert, taken));
        worth.back().push_back(best.back().back().has_value() ? best.back().back()->worth : 0);
      }
    }
    const auto columns = Assignment(worth, room_).Solve();
    for (size_t row = 0; row < columns.size(); ++row) {
      if (columns[row].has_value()) choice_.pairs.push_back(*best[row][*columns[row]]);
    }
    std::stable_sort(choice_.pairs.begin(), choice_.pairs.end(),
                     [](const ShadowingPair& a, const ShadowingPair& b) {
                       return a.worth > b.worth;
                     });
    return std::move(choice_);
  }

 private:
  bool IsExpertIn(const CrewSeat& seat) const {
    return seat.level >= terms_.expert_level && !seat.days.empty();
  }

  void FindExperts() {
    for (const size_t number : by_id_) {
      const CrewPerson& person = crew_[number];
      const bool is_expert =
          std::any_of(person.seats.begin(), person.seats.end(),
                      [this](const CrewSeat& seat) { return IsExpertIn(seat); });
      if (!is_expert) continue;
      ++choice_.experts;
      if (person.learners >= terms_.learners_per_expert) continue;
      experts_.push_back(number);
      room_.push_back(terms_.learners_per_expert - person.learners);
    }
  }

  // In the seat of the expert where that is worth the most.
  std::optional<ShadowingPair> BestOf(size_t learner, size_t expert,
                                      const std::vector<DaySpan>& taken) {
    std::optional<ShadowingPair> best;
    if (learner == expert) return best;
    const std::vector<CrewSeat>& seats = crew_[expert].seats;
    for (size_t i = 0; i < seats.size(); ++i) {
      if (!IsExpertIn(seats[i])) continue;
      const Prospect* prospect = ProspectOf(crew_[learner], seats[i].role);
      if (prospect == nullptr) continue;
      choice_.has_learners = true;
      ShadowingPair pair = {.learner = learner,
                            .expert = expert,
                            .seat = i,
                            .prospect = *prospect,
                            .days = Without(seats[i].days, taken)};
      pair.day_count = CountDays(pair.days);
      if (pair.day_count < terms_.least_days) continue;
      pair.worth = ShadowingWorth(*prospect, seats[i].level, pair.day_count);
      if (pair.worth > (best.has_value() ? best->worth : 0)) best = std::move(pair);
    }
    return best;
  }

  const std::vector<CrewPerson>& crew_;
  const ShadowingTerms terms_;
  std::vector<size_t> by_id_;
  std::vector<size_t> experts_;  // With room for learners, by id.
  std::vector<int32_t> room_;    // By expert.
  ShadowingChoice choice_;
};

}  // namespace

int64_t ShadowingWorth(const Prospect& prospect, int32_t expert_level, int32_t days) {
  const int64_t leaning = (prospect.is_wished ? kWishWorth : 0) +
                          prospect.adjacency_millionths / kAdjacencyUnit;
  return std::min(days, kUsefulDays) * expert_level * leaning;
}

ShadowingChoice ChooseShadowing(const std::vector<CrewPerson>& crew,
                                const ShadowingTerms& terms) {
  return Chooser(crew, terms).Choose();
}

}  // namespace troupe::staffing
