#include "matcher/rank/find_profiles.h"

#include "matcher/rank/contention.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/features.h"
#include "matcher/rank/query.h"
#include "matcher/rank/rarity.h"
#include "matcher/rank/shortfall.h"

namespace troupe {
namespace {

constexpr int32_t kRowsBetweenStops = 4'096;

// Calls `visit` for everybody in the role whom the asker may see and who is not
// attached, until `stop`.
template <typename Visit>
absl::Status ForEachConsidered(const Pool& pool, const ProfilesQuestion& question,
                               const StopToken& stop, Visit visit) {
  const Demand& demand = question.demand;
  bool stopped = false;
  int32_t rows = 0;
  pool.ForEachInRole(demand.scalars.role, [&](const ProfileView& view, const RoleRow& role) {
    if (++rows % kRowsBetweenStops == 0 && stop.StopRequested()) {
      stopped = true;
      return false;
    }
    if (!IsVisibleTo(view, demand.scalars.owner)) return true;
    if (!question.include_attached && demand.IsAttached(view.scalars->id)) return true;
    visit(view, role);
    return true;
  });
  return stopped ? absl::CancelledError("the question was withdrawn") : absl::OkStatus();
}

void AddFacets(const Query& query, const ProfileView& view, const RoleRow& role,
               ProfileFacets& facets) {
  ++facets.home[view.scalars->home];
  ++facets.level[role.level];
  for (Term language : view.languages) {
    LanguageFacet& facet = facets.language[language];
    ++facet.count;
    facet.speaker = view.scalars->id;
  }
  ++facets.contended[IsContended(query, view)];
}

void AddFailures(const Query& query, const ProfileView& view, const RoleRow& role,
                 Diagnosis& diagnosis) {
  ++diagnosis.considered;
  const RequirementSet failures = FailuresOf(query, view, &role);
  for (size_t i = 0; i < kRequirementCount; ++i) {
    const Requirement requirement = static_cast<Requirement>(i);
    if (!failures.Has(requirement)) continue;
    ++diagnosis.failures[i];
    if (!failures.IsOnly(requirement)) continue;
    const NearMiss miss{view.scalars->id, ShortfallOf(requirement, query, view, &role)};
    std::optional<NearMiss>& nearest = diagnosis.nearest[i];
    if (!nearest.has_value() || miss.shortfall < nearest->shortfall ||
        (miss.shortfall == nearest->shortfall && miss.profile < nearest->profile)) {
      nearest = miss;
    }
  }
}

absl::StatusOr<Diagnosis> Diagnose(const Pool& pool, const ProfilesQuestion& question,
                                   const Query& query, const StopToken& stop) {
  Diagnosis diagnosis;
  const absl::Status done =
      ForEachConsidered(pool, question, stop, [&](const ProfileView& view, const RoleRow& role) {
        AddFailures(query, view, role, diagnosis);
      });
  if (!done.ok()) return done;
  return diagnosis;
}

}  // namespace

absl::StatusOr<ProfilesAnswer> FindProfiles(const Pool& pool, const ProfilesQuestion& question,
                                            const StopToken& stop) {
  Rarities rarities(pool, question.as_of);
  const Query query(pool, question.demand, question.as_of, rarities,
                    FeatureSet::In(question.weights));
  TopK<ProfileId> best(question.top_k);
  ProfilesAnswer answer;
  if (question.want_facets) answer.facets.emplace();
  int64_t total = 0;
  const absl::Status done =
      ForEachConsidered(pool, question, stop, [&](const ProfileView& view, const RoleRow& role) {
        if (!IsEligible(query, view, &role)) return;
        ++total;
        if (question.want_facets) AddFacets(query, view, role, *answer.facets);
        best.Offer({view.scalars->id, Score(question.weights, Evaluate(query, view, &role))});
      });
  if (!done.ok()) return done;
  answer.best = std::move(best).Take();
  if (question.want_total) answer.total = total;
  if (total == 0) {
    absl::StatusOr<Diagnosis> diagnosis = Diagnose(pool, question, query, stop);
    if (!diagnosis.ok()) return diagnosis.status();
    answer.diagnosis = *std::move(diagnosis);
  }
  return answer;
}

}  // namespace troupe
