#include "services/outcome/fairness_report.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/rank/fairness.h"
#include "services/convert/outcome_conversion.h"
#include "services/convert/types_conversion.h"
#include "services/rpc/stored_outcomes.h"

namespace troupe {
namespace {

constexpr size_t kMostOpenings = 1'000;

// What a report is asked to be about.
struct Scope {
  GroupAttribute group_by{};
  std::string role;
  std::optional<Day> since, until;

  bool Holds(const OutcomeHistory& history, Day asked) const {
    return (role.empty() || history.role == role) && (!since.has_value() || asked >= *since) &&
           (!until.has_value() || asked < *until);
  }
};

absl::StatusOr<Scope> Read(const v1::ReportFairnessRequest& request) {
  Violations found;
  const Field message(&found);
  Scope scope{.group_by = GroupAttributeFromWire(request.group_by(), message["group_by"]),
              .role = request.role()};
  if (!scope.role.empty() && ShippedRoles().Find(scope.role) == nullptr) {
    message["role"].Report("is not a role of the taxonomy", "use an id that `troupe roles` lists");
  }
  if (request.has_since()) scope.since = FromWire(request.since(), message["since"]);
  if (request.has_until()) scope.until = FromWire(request.until(), message["until"]);
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  return scope;
}

// True if that came about for anybody.
bool Occurs(const std::vector<GroupCounts>& counts, size_t kind) {
  return std::any_of(counts.begin(), counts.end(),
                     [kind](const GroupCounts& group) { return group.by_kind[kind] > 0; });
}

void AddGroups(const std::vector<GroupCounts>& counts, v1::ReportFairnessResponse& response) {
  for (const GroupCounts& group : counts) {
    v1::GroupOutcomes& wire = *response.add_groups();
    wire.set_group(group.group);
    wire.set_eligible(group.eligible);
  }
  for (size_t kind = 1; kind < kOutcomeKinds; ++kind) {
    if (!Occurs(counts, kind)) continue;
    const std::vector<SelectionRate> rates =
        SelectionRates(counts, static_cast<Outcome::Kind>(kind));
    for (size_t i = 0; i < counts.size(); ++i) {
      v1::SelectionRate& rate = *response.mutable_groups(static_cast<int>(i))->add_rates();
      rate.set_kind(static_cast<v1::OutcomeKind>(kind));
      rate.set_people(rates[i].selected);
      rate.set_share_millionths(rates[i].share);
      rate.set_impact_millionths(rates[i].impact);
    }
  }
}

}  // namespace

absl::StatusOr<v1::ReportFairnessResponse> FairnessReport(const ViewSnapshot& now,
                                                          const OrganizationId& caller,
                                                          const v1::ReportFairnessRequest& request,
                                                          const StopToken& stop) {
  TROUPE_ASSIGN_OR_RETURN(const Scope scope, Read(request));
  TROUPE_ASSIGN_OR_RETURN(
      RecordedOpenings recorded,
      RecordedBy(
          now, caller,
          [&scope](const OutcomeHistory& history, Day asked) {
            return scope.Holds(history, asked);
          },
          stop));
  std::vector<RecordedQuestion>& questions = recorded.questions;
  v1::ReportFairnessResponse response;
  response.set_openings_limited(questions.size() > kMostOpenings);
  if (response.openings_limited()) {
    std::stable_sort(questions.begin(), questions.end(),
                     [](const auto& a, const auto& b) { return a.asked > b.asked; });
    questions.erase(questions.begin() + kMostOpenings, questions.end());
  }
  response.set_openings(static_cast<int32_t>(questions.size()));
  response.set_openings_gone(recorded.gone);
  TROUPE_ASSIGN_OR_RETURN(const std::vector<GroupCounts> counts,
                          CountByGroup(now.pool(), questions, scope.group_by, stop));
  AddGroups(counts, response);
  return response;
}

}  // namespace troupe
