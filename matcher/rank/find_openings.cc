#include "matcher/rank/find_openings.h"

#include <algorithm>

#include "matcher/base/violation.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/features.h"
#include "matcher/rank/query.h"
#include "matcher/rank/rarity.h"
#include "matcher/rank/shortfall.h"

namespace troupe {
namespace {

// True if the profile's owner may learn of the opening as one for this person:
// a project that excludes the person keeps that to itself.
bool MayBeConsidered(const Demand& demand, const ProfileView& view, Day as_of) {
  if (!IsOffered(demand, as_of) || !IsVisibleTo(demand, view.scalars->owner)) return false;
  return demand.scalars.owner == view.scalars->owner ||
         !std::binary_search(demand.blocked_profiles.begin(), demand.blocked_profiles.end(),
                             view.scalars->id);
}

void AddFailures(const RequirementSet& failures, const Query& query, const ProfileView& view,
                 const RoleRow& role, OpeningsAnswer& answer) {
  for (size_t i = 0; i < kRequirementCount; ++i) {
    const Requirement requirement = static_cast<Requirement>(i);
    if (!failures.Has(requirement)) continue;
    ++answer.failures[i];
    if (!failures.IsOnly(requirement)) continue;
    const MissedOpening miss{query.demand().id(), ShortfallOf(requirement, query, view, &role)};
    std::optional<MissedOpening>& nearest = answer.nearest[i];
    if (!nearest.has_value() || miss.shortfall < nearest->shortfall ||
        (miss.shortfall == nearest->shortfall && miss.opening < nearest->opening)) {
      nearest = miss;
    }
  }
}

}  // namespace

absl::StatusOr<OpeningsAnswer> FindOpenings(const Pool& pool, const OpeningsQuestion& question,
                                            const StopToken& stop) {
  const std::optional<ProfileView> view = pool.FindProfile(question.profile);
  if (!view.has_value()) {
    return ErrorWithReason(absl::StatusCode::kNotFound, "PROFILE_NOT_FOUND",
                           "there is no such profile");
  }
  Rarities rarities(pool, question.as_of);
  TopK<OpeningId> best(question.top_k);
  OpeningsAnswer answer;
  for (const RoleRow& role : view->roles) {
    for (const Demand* demand : pool.OpeningsIn(role.role)) {
      if (stop.StopRequested()) return absl::CancelledError("the question was withdrawn");
      if (!MayBeConsidered(*demand, *view, question.as_of)) continue;
      if (!question.include_attached && demand->IsAttached(question.profile)) continue;
      ++answer.considered;
      const Query query(pool, *demand, question.as_of, rarities);
      const RequirementSet failures = FailuresOf(query, *view, &role);
      if (!failures.empty()) {
        AddFailures(failures, query, *view, role, answer);
        continue;
      }
      ++answer.total;
      ++answer.roles[role.role];
      ++answer.places[demand->scalars.place];
      const Weights& weights =
          question.weights.has_value() ? *question.weights : ShippedWeights(role.role);
      best.Offer({demand->id(), Score(weights, Evaluate(query, *view, &role))});
    }
  }
  answer.best = std::move(best).Take();
  return answer;
}

}  // namespace troupe
