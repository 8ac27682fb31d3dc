#ifndef TROUPE_MATCHER_PLACEMENT_PROGRAM_JUDGE_H_
#define TROUPE_MATCHER_PLACEMENT_PROGRAM_JUDGE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "matcher/base/day.h"
#include "matcher/base/ids.h"
#include "matcher/base/term.h"
#include "matcher/index/pool.h"
#include "matcher/index/profile_view.h"
#include "matcher/rank/query.h"
#include "matcher/rank/rarity.h"
#include "matcher/rank/scoring_model.h"

namespace troupe {

// By what rules lists are derived. All of it outlives what is made of it.
struct DerivationRules {
  const Pool* pool;
  const ScoringModel* model;
  Term asker;  // Whose round it is: sees the openings.
  Day as_of;
};

// A program that ranks people by match scores: each by the opening where it scores most,
// of those that are offered and that it is eligible for. Thread-compatible.
class ProgramJudge {
 public:
  ProgramJudge(const DerivationRules& rules, absl::Span<const OpeningId> openings,
               Rarities& rarities);

  // Of its openings that are offered; each once.
  const std::vector<RoleIndex>& roles() const { return roles_; }

  // The score that FindProfiles gives; nullopt if the person is not eligible.
  std::optional<int64_t> PriorityOf(const ProfileView& view) const;
  // The score that FindOpenings gives, which does not know what the project's owner
  // recorded.
  std::optional<int64_t> WishOf(const ProfileView& view) const;

  // The opening of the best priority; nullopt as PriorityOf.
  std::optional<OpeningId> BestOpening(const ProfileView& view) const;

  // True if the lack of skills is all that keeps the person out of the opening at
  // `position` of those given.
  bool LacksSkillsOnly(size_t position, const ProfileView& view) const;

 private:
  struct Judged {
    const Demand* demand;
    const Weights* weights;
    std::unique_ptr<Query> for_program;
    std::unique_ptr<Query> for_person;  // Null: the same.
    size_t position;
  };
  static std::optional<int64_t> ScoreOf(const Judged& judged, const Query& query,
                                        const ProfileView& view);

  std::vector<Judged> judged_;
  std::vector<RoleIndex> roles_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_PROGRAM_JUDGE_H_
