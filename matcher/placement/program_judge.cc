#include "matcher/placement/program_judge.h"

#include <algorithm>

#include "matcher/rank/eligibility.h"
#include "matcher/rank/features.h"

namespace troupe {

ProgramJudge::ProgramJudge(const DerivationRules& rules, absl::Span<const OpeningId> openings,
                           Rarities& rarities) {
  for (size_t i = 0; i < openings.size(); ++i) {
    const Demand* demand = rules.pool->FindOpening(openings[i]);
    if (demand == nullptr || !IsVisibleTo(*demand, rules.asker) ||
        !IsOffered(*demand, rules.as_of)) {
      continue;
    }
    const Weights& weights = rules.model->Of(demand->scalars.role, RegimeOf(*demand));
    const FeatureSet wanted = FeatureSet::In(weights);
    Judged judged{.demand = demand, .weights = &weights, .position = i};
    judged.for_program =
        std::make_unique<Query>(*rules.pool, *demand, rules.as_of, rarities, wanted);
    if (rules.pool->outcomes().Of(demand->scalars.owner) != nullptr) {
      judged.for_person =
          std::make_unique<Query>(*rules.pool, *demand, rules.as_of, rarities, wanted);
      judged.for_person->SetOutcomes(nullptr);
    }
    if (std::find(roles_.begin(), roles_.end(), demand->scalars.role) == roles_.end()) {
      roles_.push_back(demand->scalars.role);
    }
    judged_.push_back(std::move(judged));
  }
}

std::optional<int64_t> ProgramJudge::ScoreOf(const Judged& judged, const Query& query,
                                             const ProfileView& view) {
  const RoleRow* role = view.FindRole(judged.demand->scalars.role);
  if (role == nullptr || judged.demand->IsAttached(view.scalars->id) ||
      !IsVisibleTo(view, judged.demand->scalars.owner) || !IsEligible(query, view, role)) {
    return std::nullopt;
  }
  return Score(*judged.weights, Evaluate(query, view, role));
}

std::optional<int64_t> ProgramJudge::PriorityOf(const ProfileView& view) const {
  std::optional<int64_t> best;
  for (const Judged& judged : judged_) {
    best = std::max(best, ScoreOf(judged, *judged.for_program, view));
  }
  return best;
}

std::optional<int64_t> ProgramJudge::WishOf(const ProfileView& view) const {
  std::optional<int64_t> best;
  for (const Judged& judged : judged_) {
    const Query& query = judged.for_person == nullptr ? *judged.for_program : *judged.for_person;
    best = std::max(best, ScoreOf(judged, query, view));
  }
  return best;
}

std::optional<OpeningId> ProgramJudge::BestOpening(const ProfileView& view) const {
  std::optional<int64_t> best;
  std::optional<OpeningId> opening;
  for (const Judged& judged : judged_) {
    const std::optional<int64_t> score = ScoreOf(judged, *judged.for_program, view);
    if (score <= best) continue;  // None is less than any.
    best = score;
    opening = judged.demand->id();
  }
  return opening;
}

bool ProgramJudge::LacksSkillsOnly(size_t position, const ProfileView& view) const {
  for (const Judged& judged : judged_) {
    if (judged.position != position) continue;
    const RoleRow* role = view.FindRole(judged.demand->scalars.role);
    return role != nullptr &&
           FailuresOf(*judged.for_program, view, role).IsOnly(Requirement::kSkills);
  }
  return false;
}

}  // namespace troupe
