#include "matcher/placement/what_if.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "matcher/base/status_macros.h"
#include "matcher/placement/place.h"
#include "matcher/rank/top_k.h"

namespace troupe {

// What takes the place of lists of the round.
struct WhatIf::Lists {
  std::vector<RankedLists::Tied> wishes;  // Of the graduate.
  absl::flat_hash_map<uint32_t, std::vector<uint32_t>> of_rankers;
};

namespace {

std::vector<RankedLists::Tied> TiersOf(const RankedLists& lists, size_t row) {
  std::vector<RankedLists::Tied> tiers;
  for (size_t i = 0; i < lists[row].size(); ++i) {
    if (i == 0 || lists.RankAt(row, i) != lists.RankAt(row, i - 1)) tiers.emplace_back();
    tiers.back().push_back(lists[row][i]);
  }
  return tiers;
}

// `lists` with those replaced that `replaced` gives another of.
template <typename Replaced>
RankedLists Replace(const RankedLists& lists, Replaced replaced) {
  RankedLists result;
  result.Reserve(lists.size(), lists.entry_count() + 64);
  for (size_t row = 0; row < lists.size(); ++row) {
    const auto* list = replaced(row);
    if (list != nullptr) {
      result.Add(*list);
    } else if (!lists.HasTies()) {
      result.Add(lists[row]);
    } else {
      result.Add(TiersOf(lists, row));
    }
  }
  return result;
}

}  // namespace

WhatIf::WhatIf(const DerivationRules& rules, const PlacedRound& placed)
    : rules_(rules),
      placed_(placed),
      rarities_(*rules.pool, rules.as_of),
      derives_(placed.derived_priorities.begin(), placed.derived_priorities.end()) {}

uint32_t WhatIf::RankerOf(uint32_t program) const {
  const uint32_t studio = placed_.instance().programs[program].studio;
  return studio == kNoRow ? program : program_count() + studio;
}

const ProgramJudge& WhatIf::JudgeOf(uint32_t program) {
  std::unique_ptr<ProgramJudge>& judge = judges_[program];
  if (judge == nullptr) {
    judge = std::make_unique<ProgramJudge>(rules_, placed_.programs[program].openings, rarities_);
  }
  return *judge;
}

bool WhatIf::AsksForRoleOf(uint32_t program, const ProfileView& view) const {
  const std::vector<OpeningId>& openings = placed_.programs[program].openings;
  return std::any_of(openings.begin(), openings.end(), [&](OpeningId opening) {
    const Demand* demand = rules_.pool->FindOpening(opening);
    return demand != nullptr && view.FindRole(demand->scalars.role) != nullptr;
  });
}

bool WhatIf::Ranks(uint32_t ranker, uint32_t graduate) const {
  const Instance& instance = placed_.instance();
  const auto list = ranker < program_count()
                        ? instance.priorities[ranker]
                        : instance.studio_priorities[ranker - program_count()];
  return std::find(list.begin(), list.end(), graduate) != list.end();
}

std::vector<uint32_t> WhatIf::FurtherPrograms(uint32_t graduate) const {
  const auto wishes = placed_.instance().wishes[graduate];
  const ProfileId profile = placed_.profiles[graduate];
  const std::optional<ProfileView> view =
      profile ? rules_.pool->FindProfile(profile) : std::nullopt;
  std::vector<uint32_t> further;
  for (uint32_t program = 0; program < program_count(); ++program) {
    if (std::find(wishes.begin(), wishes.end(), program) != wishes.end()) continue;
    const bool may_derive =
        DerivesPriorities(program) && view.has_value() && AsksForRoleOf(program, *view);
    if (may_derive || Ranks(RankerOf(program), graduate)) further.push_back(program);
  }
  return further;
}

std::vector<RankedLists::Tied> WhatIf::WishesWith(uint32_t graduate, const ProfileView& view) {
  const auto stated = placed_.instance().wishes[graduate];
  const bool is_derived = std::binary_search(placed_.derived_wishes.begin(),
                                             placed_.derived_wishes.end(), graduate);
  TopK<uint32_t> best(is_derived ? static_cast<size_t>(placed_.derived_length) : program_count());
  for (uint32_t program = 0; program < program_count(); ++program) {
    if (!is_derived && std::find(stated.begin(), stated.end(), program) != stated.end()) continue;
    if (!AsksForRoleOf(program, view)) continue;
    const bool is_ranked = is_derived && Ranks(RankerOf(program), graduate);
    if (!DerivesPriorities(program) && !is_ranked) continue;
    const std::optional<int64_t> wish = JudgeOf(program).WishOf(view);
    if (wish.has_value()) best.Offer({program, *wish});
  }
  std::vector<RankedLists::Tied> wishes;
  if (!is_derived) wishes = TiersOf(placed_.instance().wishes, graduate);
  for (const Ranked<uint32_t>& ranked : std::move(best).Take()) wishes.push_back({ranked.id});
  return wishes;
}

// The list of who ranks for `program`, with the graduate where its score puts it.
std::vector<uint32_t> WhatIf::Reinserted(uint32_t program, uint32_t graduate,
                                         const ProfileView& view) {
  const Instance& instance = placed_.instance();
  const uint32_t ranker = RankerOf(program);
  const auto listed = ranker < program_count()
                          ? instance.priorities[ranker]
                          : instance.studio_priorities[ranker - program_count()];
  std::vector<uint32_t> list(listed.begin(), listed.end());
  std::erase(list, graduate);
  const ProgramJudge& judge = JudgeOf(program);
  const std::optional<int64_t> score = judge.PriorityOf(view);
  if (!score.has_value()) return list;
  const Ranked<uint32_t> own{graduate, *score};
  const auto at = std::partition_point(list.begin(), list.end(), [&](uint32_t other) {
    const ProfileId profile = placed_.profiles[other];
    const std::optional<ProfileView> known =
        profile ? rules_.pool->FindProfile(profile) : std::nullopt;
    const std::optional<int64_t> others =
        known.has_value() ? judge.PriorityOf(*known) : std::nullopt;
    return others.has_value() && RanksAbove(Ranked<uint32_t>{other, *others}, own);
  });
  list.insert(at, graduate);
  return list;
}

absl::StatusOr<uint32_t> WhatIf::WithProfile(uint32_t graduate, const ProfileView& view,
                                             const StopToken& stop) {
  Lists lists{.wishes = WishesWith(graduate, view)};
  for (const RankedLists::Tied& tier : lists.wishes) {
    for (const uint32_t program : tier) {
      const uint32_t ranker = RankerOf(program);
      if (!derives_.contains(ranker) || lists.of_rankers.contains(ranker)) continue;
      lists.of_rankers[ranker] = Reinserted(program, graduate, view);
    }
  }
  return PlaceWith(lists, graduate, stop);
}

absl::StatusOr<uint32_t> WhatIf::WithWish(uint32_t graduate, uint32_t program,
                                          const StopToken& stop) {
  Lists lists{.wishes = TiersOf(placed_.instance().wishes, graduate)};
  lists.wishes.push_back({program});
  const ProfileId profile = placed_.profiles[graduate];
  const std::optional<ProfileView> view =
      profile ? rules_.pool->FindProfile(profile) : std::nullopt;
  // Whoever does not wish a program is not in its derived list.
  if (view.has_value() && DerivesPriorities(program)) {
    lists.of_rankers[RankerOf(program)] = Reinserted(program, graduate, *view);
  }
  return PlaceWith(lists, graduate, stop);
}

absl::StatusOr<uint32_t> WhatIf::PlaceWith(const Lists& lists, uint32_t graduate,
                                           const StopToken& stop) const {
  Instance instance = placed_.instance();
  const auto ranker_list = [&](size_t ranker) -> const std::vector<uint32_t>* {
    const auto found = lists.of_rankers.find(static_cast<uint32_t>(ranker));
    return found == lists.of_rankers.end() ? nullptr : &found->second;
  };
  instance.wishes = Replace(instance.wishes, [&](size_t row) {
    return row == graduate ? &lists.wishes : nullptr;
  });
  if (!lists.of_rankers.empty()) {
    instance.priorities = Replace(instance.priorities, ranker_list);
    instance.studio_priorities =
        Replace(instance.studio_priorities,
                [&](size_t studio) { return ranker_list(program_count() + studio); });
  }
  TROUPE_ASSIGN_OR_RETURN(const PlacementOutcome outcome,
                          PlaceGraduates(instance, placed_.certificate.mechanism,
                                placed_.certificate.seed, stop));
  return outcome.placement.program_of[graduate];
}

}  // namespace troupe
