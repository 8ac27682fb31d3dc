#include "services/cli/staffing/plan_pictures.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "services/cli/staffing/plan_words.h"

namespace troupe {
namespace {

using Sums = std::map<std::string, int64_t>;

constexpr int64_t kMillidays = 1'000;
constexpr size_t kMostRoles = 14;
constexpr size_t kMostCities = 14;

// The keys of the largest, the largest first.
std::vector<std::string> Largest(const Sums& sums, size_t most) {
  std::vector<std::pair<std::string, int64_t>> pairs(sums.begin(), sums.end());
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> keys;
  for (size_t i = 0; i < std::min(pairs.size(), most); ++i) keys.push_back(pairs[i].first);
  return keys;
}

}  // namespace

FlowPicture MovesPicture(const PlanFigures& figures, Language language) {
  FlowPicture picture = {
      .title = In(language, {"People from main role to new role", "从原工种到新工种的人数"}),
      .sources = {},
      .targets = {},
      .flows = {}};
  std::map<std::string, size_t> sources, targets;
  for (const v1::RoleMove& move : figures.plan.result().moves()) {
    const auto [source, source_is_new] = sources.emplace(move.from_role(), picture.sources.size());
    if (source_is_new) {
      picture.sources.push_back(
          In(language, move.from_role().empty() ? Phrase{"several roles", "多个工种"}
                                                : RolePhrase(move.from_role())));
    }
    const auto [target, target_is_new] = targets.emplace(move.to_role(), picture.targets.size());
    if (target_is_new) picture.targets.push_back(In(language, RolePhrase(move.to_role())));
    picture.flows.push_back(
        {.from = source->second, .to = target->second, .number = move.people()});
  }
  return MostFirst(picture, kMostRoles, kMostRoles, In(language, {"others", "其他"}));
}

HeatPicture WorkPicture(const PlanFigures& figures, Language language) {
  HeatPicture picture;
  picture.title =
      In(language, {"Role-days in new roles, by role and city", "新工种工日，按工种和城市"});
  picture.number_label = In(language, {"role-days", "工日"});
  picture.none_label = In(language, {"none", "无"});
  Sums by_role, by_city;
  std::map<std::pair<std::string, std::string>, int64_t> by_cell;
  for (const v1::CourseGroup& group : figures.plan.result().courses()) {
    for (const v1::WorkPlaceDays& work : group.fills()) {
      by_role[work.role()] += work.millidays();
      by_city[work.city()] += work.millidays();
      by_cell[{work.role(), work.city()}] += work.millidays();
    }
  }
  const std::vector<std::string> cities = Largest(by_city, kMostCities);
  for (const std::string& city : cities) {
    const Phrase name = city.empty() ? Phrase{"anywhere", "远程"} : PlacePhrase(city);
    picture.columns.push_back(
        language == Language::kEnglish ? name.en : In(Language::kChinese, name));
  }
  for (const std::string& role : Largest(by_role, kMostRoles)) {
    HeatPicture::Row row = {.label = In(language, RolePhrase(role)), .numbers = {}};
    for (const std::string& city : cities) {
      const auto cell = by_cell.find({role, city});
      row.numbers.push_back(cell == by_cell.end()
                                ? std::nullopt
                                : std::optional<int64_t>((cell->second + kMillidays - 1) /
                                                         kMillidays));
      picture.most = std::max(picture.most, row.numbers.back().value_or(0));
    }
    picture.rows.push_back(std::move(row));
  }
  return picture;
}

IntervalPicture PolicyPicture(const v1::PolicyComparison& comparison, Language language) {
  IntervalPicture picture = {
      .title = In(language, {"Role-days gained, with 95 % intervals", "增加的工日及 95 % 区间"}),
      .bars = {}};
  const auto add = [&](const Phrase& name, const v1::DrawnMillidays& gained, bool is_plan) {
    picture.bars.push_back({.label = In(language, name),
                            .number = gained.mean(),
                            .low = gained.low(),
                            .high = gained.high(),
                            .text = WithInterval(gained),
                            .set_off = is_plan});
  };
  add({"this plan", "本计划"}, comparison.plan_gained(), true);
  for (const v1::PolicyResult& policy : comparison.policies()) {
    if (policy.policy() == v1::TRAINING_POLICY_NONE) continue;
    add(NameOf(policy.policy()), policy.gained(), false);
  }
  return picture;
}

}  // namespace troupe
