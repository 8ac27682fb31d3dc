#include "matcher/placement/derive_preferences.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "matcher/base/status_macros.h"
#include "matcher/rank/top_k.h"

namespace troupe {
namespace {

uint64_t PairOf(uint64_t graduate, uint64_t ranker) { return graduate << 32 | ranker; }

// One derivation of one round.
class Derivation {
 public:
  Derivation(const DerivationRules& rules, AssembledRound& round, DerivationProgress progress,
             const StopToken& stop)
      : rules_(rules),
        round_(round),
        progress_(progress),
        stop_(stop),
        rarities_(*rules.pool, rules.as_of) {
    const std::vector<ProfileId>& profiles = round.placed.profiles;
    views_.reserve(profiles.size());
    for (const ProfileId profile : profiles) {
      views_.push_back(profile ? rules.pool->FindProfile(profile) : std::nullopt);
    }
    for (uint32_t row : round.placed.derived_priorities) derives_.insert(row);
  }

  absl::Status Run() {
    if (!round_.placed.derived_wishes.empty()) TROUPE_RETURN_IF_ERROR(DeriveWishes());
    if (!derives_.empty()) TROUPE_RETURN_IF_ERROR(DerivePriorities());
    return absl::OkStatus();
  }

 private:
  using Best = TopK<uint32_t>;  // Programs, by row.

  const Instance& instance() const { return round_.placed.certificate.instance; }
  uint32_t program_count() const { return static_cast<uint32_t>(instance().programs.size()); }

  // Whose list has graduates for the program: its own row, or its studio's after those
  // of all programs.
  uint32_t RankerOf(uint32_t program) const {
    const uint32_t studio = instance().programs[program].studio;
    return studio == kNoRow ? program : program_count() + studio;
  }
  const TieredList<uint32_t>& ListOf(uint32_t ranker) const {
    return ranker < program_count() ? round_.priorities[ranker]
                                    : round_.studio_priorities[ranker - program_count()];
  }

  ProgramJudge JudgeOf(uint32_t program) {
    return ProgramJudge(rules_, round_.placed.programs[program].openings, rarities_);
  }

  absl::Status DeriveWishes() {
    const std::vector<uint32_t>& derived = round_.placed.derived_wishes;
    const absl::flat_hash_set<uint64_t> ranked = StatedPairs();
    absl::flat_hash_map<RoleIndex, std::vector<uint32_t>> by_role;  // Positions in `derived`.
    std::vector<Best> best(derived.size(),
                           Best(static_cast<size_t>(round_.placed.derived_length)));
    for (uint32_t at = 0; at < derived.size(); ++at) {
      if (!views_[derived[at]].has_value()) continue;
      for (const RoleRow& role : views_[derived[at]]->roles) by_role[role.role].push_back(at);
    }
    std::vector<uint32_t> seen(derived.size(), kNoRow);  // The last program that considered it.
    for (uint32_t program = 0; program < program_count(); ++program) {
      if (stop_.StopRequested()) return absl::CancelledError("the round was cancelled");
      progress_(program, program_count());
      const ProgramJudge judge = JudgeOf(program);
      const uint32_t ranker = RankerOf(program);
      const bool takes_eligible = derives_.contains(ranker);
      for (const RoleIndex role : judge.roles()) {
        const auto found = by_role.find(role);
        if (found == by_role.end()) continue;
        for (const uint32_t at : found->second) {
          if (std::exchange(seen[at], program) == program) continue;
          const uint32_t graduate = derived[at];
          if (!takes_eligible && !ranked.contains(PairOf(graduate, ranker))) continue;
          const std::optional<int64_t> wish = judge.WishOf(*views_[graduate]);
          if (wish.has_value()) best[at].Offer({program, *wish});
        }
      }
    }
    for (uint32_t at = 0; at < derived.size(); ++at) {
      for (const Ranked<uint32_t>& ranked_one : std::move(best[at]).Take()) {
        round_.wishes[derived[at]].entries.push_back(ranked_one.id);
      }
    }
    return absl::OkStatus();
  }

  // Whom lists that are stated rank.
  absl::flat_hash_set<uint64_t> StatedPairs() const {
    absl::flat_hash_set<uint64_t> pairs;
    const auto rankers = static_cast<uint32_t>(program_count() + instance().studios.size());
    for (uint32_t ranker = 0; ranker < rankers; ++ranker) {
      for (const uint32_t graduate : ListOf(ranker).entries) pairs.insert(PairOf(graduate, ranker));
    }
    return pairs;
  }

  absl::Status DerivePriorities() {
    std::vector<std::vector<uint32_t>> wishing(program_count());
    for (uint32_t graduate = 0; graduate < round_.wishes.size(); ++graduate) {
      if (!views_[graduate].has_value()) continue;
      for (const uint32_t program : WishedBy(graduate)) wishing[program].push_back(graduate);
    }
    // By ranker: the best score of each graduate.
    absl::flat_hash_map<uint32_t, absl::flat_hash_map<uint32_t, int64_t>> scores;
    for (uint32_t program = 0; program < program_count(); ++program) {
      if (stop_.StopRequested()) return absl::CancelledError("the round was cancelled");
      progress_(program, program_count());
      const uint32_t ranker = RankerOf(program);
      if (!derives_.contains(ranker) || wishing[program].empty()) continue;
      const ProgramJudge judge = JudgeOf(program);
      for (const uint32_t graduate : wishing[program]) {
        const std::optional<int64_t> score = judge.PriorityOf(*views_[graduate]);
        if (!score.has_value()) continue;
        int64_t& best = scores[ranker].try_emplace(graduate, *score).first->second;
        best = std::max(best, *score);
      }
    }
    for (const auto& [ranker, by_graduate] : scores) WriteList(ranker, by_graduate);
    return absl::OkStatus();
  }

  // Also what a pair lists for it.
  std::vector<uint32_t> WishedBy(uint32_t graduate) {
    std::vector<uint32_t> wished = round_.wishes[graduate].entries;
    if (pair_wishes_.empty() && !round_.pairs.empty()) NotePairWishes();
    const auto pair = pair_wishes_.find(graduate);
    if (pair == pair_wishes_.end()) return wished;
    wished.insert(wished.end(), pair->second.begin(), pair->second.end());
    std::sort(wished.begin(), wished.end());
    wished.erase(std::unique(wished.begin(), wished.end()), wished.end());
    return wished;
  }

  void NotePairWishes() {
    for (const AssembledRound::Pair& each : round_.pairs) {
      for (const ProgramPair& wish : each.pair.wishes) {
        pair_wishes_[each.pair.first].push_back(wish.first);
        pair_wishes_[each.pair.second].push_back(wish.second);
      }
    }
  }

  void WriteList(uint32_t ranker, const absl::flat_hash_map<uint32_t, int64_t>& by_graduate) {
    std::vector<Ranked<uint32_t>> ranked;
    for (const auto& [graduate, score] : by_graduate) ranked.push_back({graduate, score});
    std::sort(ranked.begin(), ranked.end(), RanksAbove<uint32_t>);
    TieredList<uint32_t>& list = ranker < program_count()
                                     ? round_.priorities[ranker]
                                     : round_.studio_priorities[ranker - program_count()];
    for (const Ranked<uint32_t>& each : ranked) list.entries.push_back(each.id);
  }

  const DerivationRules& rules_;
  AssembledRound& round_;
  const DerivationProgress progress_;
  const StopToken& stop_;
  Rarities rarities_;
  std::vector<std::optional<ProfileView>> views_;  // By graduate.
  absl::flat_hash_set<uint32_t> derives_;          // Rankers.
  absl::flat_hash_map<uint32_t, std::vector<uint32_t>> pair_wishes_;  // By graduate.
};

}  // namespace

absl::Status DerivePreferences(const DerivationRules& rules, AssembledRound& round,
                               DerivationProgress progress, const StopToken& stop) {
  round.placed.as_of = rules.as_of;
  return Derivation(rules, round, progress, stop).Run();
}

}  // namespace troupe
