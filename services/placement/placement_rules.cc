#include "services/placement/placement_rules.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "matcher/base/status_macros.h"
#include "matcher/domain/field.h"
#include "matcher/index/profile_row.h"
#include "matcher/rank/eligibility.h"
#include "services/placement/round_parts.h"
#include "services/rpc/stored_operations.h"

namespace troupe {

absl::Status CheckProfiles(const Cohort& stored, const Cohort& next, const ViewSnapshot& now,
                           Violations& found) {
  absl::flat_hash_set<ProfileId> known;
  for (const Graduate& graduate : stored.graduates) known.insert(graduate.profile);
  const Term owner = OrganizationTerm(next.ownership.owner);
  const Field root(&found);
  const Field graduates = root["graduates"];
  for (size_t i = 0; i < next.graduates.size(); ++i) {
    const ProfileId profile = next.graduates[i].profile;
    if (!profile || known.contains(profile)) continue;
    const std::optional<ProfileView> view = now.pool().FindProfile(profile);
    if (view.has_value() && view->scalars->owner == owner) continue;
    const Field graduate = graduates[i];
    graduate["profile"].Report("is no profile of the organization",
                               "create the profile first, or leave it out");
  }
  return absl::OkStatus();
}

absl::Status CheckOpenings(const Program& stored, const Program& next, const ViewSnapshot& now,
                           Violations& found) {
  const Term owner = OrganizationTerm(next.ownership.owner);
  const Field root(&found);
  const Field openings = root["openings"];
  for (size_t i = 0; i < next.openings.size(); ++i) {
    const OpeningId id = next.openings[i];
    if (std::find(stored.openings.begin(), stored.openings.end(), id) != stored.openings.end()) {
      continue;
    }
    const Demand* demand = now.pool().FindOpening(id);
    if (demand != nullptr && IsVisibleTo(*demand, owner)) continue;
    openings[i].Report("is no opening that the organization sees",
                       "create it first, or leave it out");
  }
  return absl::OkStatus();
}

absl::Status CheckRoundIdle(const Round& round, const ViewSnapshot& now) {
  if (!round.id) return absl::OkStatus();
  TROUPE_ASSIGN_OR_RETURN(const auto operations, FindOperations(now, round.id.value()));
  return CheckIdle(operations, "round");
}

absl::Status CheckNotPublished(const Round& round) {
  if (round.state != Round::State::kPublished) return absl::OkStatus();
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "ROUND_PUBLISHED",
                         "the round is published: create another one");
}

absl::Status CheckChangeable(const Round& round, const ViewSnapshot& now) {
  TROUPE_RETURN_IF_ERROR(CheckNotPublished(round));
  return CheckRoundIdle(round, now);
}

absl::Status AddRoundDeletion(const Round& round, const ViewSnapshot& now,
                              std::vector<Mutation>& mutations) {
  TROUPE_ASSIGN_OR_RETURN(const auto operations, FindOperations(now, round.id.value()));
  if (operations.has_value()) mutations.push_back(DeleteOperations(*operations));
  if (!round.result.has_value()) return absl::OkStatus();
  return AddPartDeletions(now, round.id, round.result->run, round.ownership, mutations);
}

}  // namespace troupe
