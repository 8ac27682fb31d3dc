#include "services/matching/answer_role_steps.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/index/profile_row.h"
#include "matcher/index/terms.h"
#include "matcher/rank/role_adjacency.h"
#include "services/matching/match_question.h"

namespace troupe {
namespace {

constexpr int32_t kMostSteps = 100;
constexpr int32_t kDefaultSteps = 20;

const std::string& RoleId(RoleIndex role) {
  return ShippedRoles().roles()[static_cast<size_t>(role)].id;
}

absl::StatusOr<size_t> ReadCount(int32_t page_size) {
  if (page_size >= 0 && page_size <= kMostSteps) {
    return static_cast<size_t>(page_size == 0 ? kDefaultSteps : page_size);
  }
  Violations found;
  found.Add("page_size", absl::StrCat("is ", page_size), "give 1 to 100");
  return found.ToStatus();
}

absl::StatusOr<RoleIndex> ReadRole(const std::string& id) {
  const RoleIndex role = RoleIndexOf(id);
  if (role != kNone) return role;
  Violations found;
  found.Add("role", id.empty() ? "and profile are unset" : "is no role of the taxonomy",
            "give a role (troupe roles lists them) or a profile");
  return found.ToStatus();
}

// The roles that the person has worked in before `until`, or holds.
std::vector<RoleIndex> RolesOf(const ProfileView& view, Day until) {
  std::vector<RoleIndex> roles;
  for (const CreditRow& credit : view.credits) {
    const bool counts = view.ProductionOf(credit).date < until.since_epoch();
    if (credit.role >= 0 && counts) roles.push_back(credit.role);
  }
  for (const RoleRow& role : view.roles) {
    if (role.role != kNone && role.grow_into == 0) roles.push_back(role.role);
  }
  std::sort(roles.begin(), roles.end());
  roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
  return roles;
}

void AddStepsFrom(const RoleAdjacency& adjacency, RoleIndex role, size_t count,
                  v1::ListRoleStepsResponse& response) {
  for (const RoleStep& step : adjacency.From(role)) {
    if (static_cast<size_t>(response.steps_size()) == count) return;
    v1::RoleStep& wire = *response.add_steps();
    wire.set_role(RoleId(step.to));
    wire.set_chance_millionths(step.chance);
    wire.set_people(step.people);
    wire.set_moved(step.moved);
    wire.set_lift_thousandths(step.lift_thousandths);
    wire.set_median_days(step.median_days);
  }
}

void AddStepsOf(const RoleAdjacency& adjacency, const std::vector<RoleIndex>& roles, size_t count,
                v1::ListRoleStepsResponse& response) {
  std::vector<std::pair<int64_t, RoleIndex>> steps;  // Likeliest first, then by role.
  for (size_t role = 0; role < ShippedRoles().roles().size(); ++role) {
    const auto to = static_cast<RoleIndex>(role);
    const int64_t chance = adjacency.ChanceOf(roles, to);
    if (chance > 0) steps.emplace_back(-chance, to);
  }
  std::sort(steps.begin(), steps.end());
  for (const auto& [chance, role] : steps) {
    if (static_cast<size_t>(response.steps_size()) == count) return;
    v1::RoleStep& wire = *response.add_steps();
    wire.set_role(RoleId(role));
    wire.set_chance_millionths(-chance);
  }
}

}  // namespace

absl::StatusOr<v1::ListRoleStepsResponse> AnswerRoleSteps(
    const ViewSnapshot& snapshot, const Call& call, const v1::ListRoleStepsRequest& request) {
  const QuestionReader reader(snapshot, call.organization());
  TROUPE_ASSIGN_OR_RETURN(const size_t count, ReadCount(request.page_size()));
  TROUPE_ASSIGN_OR_RETURN(const Day until,
                          reader.AsOf(request.has_until(), request.until(), "until"));
  RoleIndex role = kNone;
  std::vector<RoleIndex> roles;
  if (request.has_profile()) {
    TROUPE_ASSIGN_OR_RETURN(const Profile profile, reader.ProfileNamed(request.profile()));
    roles = RolesOf(MakeProfileRow(profile).View(), until);
  } else {
    TROUPE_ASSIGN_OR_RETURN(role, ReadRole(request.role()));
  }
  std::optional<RoleAdjacency> learned;
  if (!request.shipped()) {
    TROUPE_ASSIGN_OR_RETURN(learned,
                            RoleAdjacency::Learn(snapshot.pool(),
                                                 OrganizationTerm(call.organization()), until,
                                                 call.stop()));
  }
  const RoleAdjacency& adjacency = learned.has_value() ? *learned : RoleAdjacency::Shipped();
  v1::ListRoleStepsResponse response;
  if (request.has_profile()) {
    AddStepsOf(adjacency, roles, count, response);
  } else {
    AddStepsFrom(adjacency, role, count, response);
  }
  return response;
}

}  // namespace troupe
