#include "matcher/rank/role_adjacency.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "matcher/base/millionths.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/index/terms.h"
#include "matcher/rank/rank_data.h"

namespace troupe {
namespace {

constexpr uint32_t kRowsBetweenStops = 4'096;

// The first day in each role, by role.
using FirstDays = std::map<RoleIndex, int32_t>;

FirstDays FirstDaysOf(const ProfileView& view, Day until) {
  FirstDays first;
  for (const CreditRow& credit : view.credits) {
    const int32_t date = view.ProductionOf(credit).date;
    if (credit.role < 0 || date == kUndated || date >= until.since_epoch()) continue;
    const auto [day, is_new] = first.emplace(credit.role, date);
    if (!is_new) day->second = std::min(day->second, date);
  }
  return first;
}

// What is counted in careers.
class StepCounter {
 public:
  StepCounter() : people_in_(ShippedRoles().roles().size()), came_into_(people_in_.size()) {}

  void Add(const FirstDays& first) {
    if (first.empty()) return;
    ++people_;
    const int32_t earliest =
        std::min_element(first.begin(), first.end(), [](const auto& a, const auto& b) {
          return a.second < b.second;
        })->second;
    for (const auto& [to, came] : first) {
      ++people_in_[static_cast<size_t>(to)];
      if (came > earliest) ++came_into_[static_cast<size_t>(to)];
      for (const auto& [from, day] : first) {
        if (day < came) days_[{from, to}].push_back(came - day);
      }
    }
  }

  std::vector<int64_t> Base() const {
    std::vector<int64_t> base;
    for (int64_t came : came_into_) base.push_back(people_ == 0 ? 0 : Share(came, people_));
    return base;
  }

  std::vector<RoleStep> Steps(const std::vector<int64_t>& base) {
    std::vector<RoleStep> steps;
    for (auto& [step, days] : days_) {
      const int64_t people = people_in_[static_cast<size_t>(step.first)];
      const int64_t moved = static_cast<int64_t>(days.size());
      const int64_t anybody = base[static_cast<size_t>(step.second)];
      const int64_t chance = (moved * kMillionths + RoleAdjacency::kPriorPeople * anybody) /
                             (people + RoleAdjacency::kPriorPeople);
      const auto middle = days.begin() + (moved - 1) / 2;
      std::nth_element(days.begin(), middle, days.end());
      steps.push_back({.from = step.first,
                       .to = step.second,
                       .people = people,
                       .moved = moved,
                       .chance = chance,
                       .lift_thousandths = chance * 1'000 / std::max<int64_t>(anybody, 1),
                       .median_days = *middle});
    }
    return steps;
  }

  // Of steps that nobody took.
  std::vector<std::vector<int64_t>> Others(const std::vector<int64_t>& base) const {
    std::vector<std::vector<int64_t>> chances;
    for (int64_t people : people_in_) {
      std::vector<int64_t>& of_role = chances.emplace_back();
      for (int64_t anybody : base) {
        of_role.push_back(RoleAdjacency::kPriorPeople * anybody /
                          (people + RoleAdjacency::kPriorPeople));
      }
    }
    return chances;
  }

 private:
  int64_t people_ = 0;
  std::vector<int64_t> people_in_;   // By role.
  std::vector<int64_t> came_into_;   // By role: who had worked in another before.
  absl::flat_hash_map<std::pair<RoleIndex, RoleIndex>, std::vector<int32_t>> days_;
};

// Rows of "from,to,percent", and "*,*,percent" for roles of one department.
std::vector<RoleStep> ReadShipped() {
  std::map<std::pair<RoleIndex, RoleIndex>, int64_t> chances;
  int64_t within_department = 0;
  for (absl::string_view line : absl::StrSplit(data::kRoleAdjacency, '\n', absl::SkipEmpty())) {
    const std::vector<std::string> cells = absl::StrSplit(line, ',');
    int64_t percent = 0;
    if (cells.size() != 3 || !absl::SimpleAtoi(cells[2], &percent)) continue;
    const int64_t chance = percent * kMillionths / 100;
    if (cells[0] == "*") {
      within_department = chance;
    } else {
      chances[{RoleIndexOf(cells[0]), RoleIndexOf(cells[1])}] = chance;
    }
  }
  const absl::Span<const Role> roles = ShippedRoles().roles();
  std::vector<RoleStep> steps;
  for (size_t from = 0; from < roles.size(); ++from) {
    for (size_t to = 0; to < roles.size(); ++to) {
      if (from == to) continue;
      const std::pair step(static_cast<RoleIndex>(from), static_cast<RoleIndex>(to));
      const auto named = chances.find(step);
      const bool is_near = roles[from].department == roles[to].department;
      if (named == chances.end() && !is_near) continue;
      steps.push_back({.from = step.first,
                       .to = step.second,
                       .chance = named == chances.end() ? within_department : named->second});
    }
  }
  return steps;
}

}  // namespace

RoleAdjacency::RoleAdjacency(const std::vector<RoleStep>& steps, Chances others)
    : from_(others.size()), chances_(std::move(others)) {
  for (const RoleStep& step : steps) {
    const auto from = static_cast<size_t>(step.from);
    from_[from].push_back(step);
    chances_[from][static_cast<size_t>(step.to)] = step.chance;
  }
  for (size_t role = 0; role < chances_.size(); ++role) chances_[role][role] = 0;
  for (std::vector<RoleStep>& of_role : from_) {
    std::sort(of_role.begin(), of_role.end(), [](const RoleStep& a, const RoleStep& b) {
      return a.chance != b.chance ? a.chance > b.chance : a.to < b.to;
    });
  }
}

const RoleAdjacency& RoleAdjacency::Shipped() {
  static const RoleAdjacency& shipped = *[] {  // Constant data.
    const size_t roles = ShippedRoles().roles().size();
    return new RoleAdjacency(ReadShipped(), Chances(roles, std::vector<int64_t>(roles)));
  }();
  return shipped;
}

absl::StatusOr<RoleAdjacency> RoleAdjacency::Learn(const Pool& pool, Term asker, Day until,
                                                   const StopToken& stop) {
  StepCounter counter;
  for (const LiveSegment& segment : pool.segments()) {
    for (uint32_t row = 0; row < segment->size(); ++row) {
      if (row % kRowsBetweenStops == 0 && stop.StopRequested()) {
        return absl::CancelledError("the question was withdrawn");
      }
      if (!segment.IsLive(row)) continue;
      const ProfileView view = segment->ViewAt(row);
      if (IsVisibleTo(view, asker)) counter.Add(FirstDaysOf(view, until));
    }
  }
  const std::vector<int64_t> base = counter.Base();
  return RoleAdjacency(counter.Steps(base), counter.Others(base));
}

absl::Span<const RoleStep> RoleAdjacency::From(RoleIndex role) const {
  if (role < 0 || static_cast<size_t>(role) >= from_.size()) return {};
  return from_[static_cast<size_t>(role)];
}

int64_t RoleAdjacency::ChanceOfStep(RoleIndex from, RoleIndex to) const {
  if (from < 0 || to < 0) return 0;
  return chances_[static_cast<size_t>(from)][static_cast<size_t>(to)];
}

RoleStep RoleAdjacency::LikeliestInto(RoleIndex to, absl::Span<const RoleRow> roles) const {
  RoleStep likeliest{.to = to};
  for (const RoleRow& held : roles) {
    if (held.grow_into) continue;
    const int64_t chance = ChanceOfStep(held.role, to);
    if (chance > likeliest.chance) likeliest = {.from = held.role, .to = to, .chance = chance};
  }
  return likeliest;
}

int64_t RoleAdjacency::ChanceOf(absl::Span<const RoleIndex> roles, RoleIndex to) const {
  int64_t stays = kMillionths;
  for (RoleIndex role : roles) {
    if (role == to) return 0;
    stays = stays * (kMillionths - ChanceOfStep(role, to)) / kMillionths;
  }
  return kMillionths - stays;
}

}  // namespace troupe
