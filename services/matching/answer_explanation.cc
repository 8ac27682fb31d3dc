#include "services/matching/answer_explanation.h"

#include <string>
#include <utility>

#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/why_not.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"
#include "services/matching/match_answer.h"
#include "services/matching/match_question.h"
#include "services/rpc/resource_errors.h"

namespace troupe {
namespace {

std::string NotOffered(const Demand& demand, ProfileId profile, Day as_of) {
  switch (static_cast<Opening::State>(demand.scalars.state)) {
    case Opening::State::kDraft:
      return "draft";
    case Opening::State::kClosed:
      return "closed";
    case Opening::State::kOpen:
      break;
  }
  if (demand.scalars.open_seats == 0) return "filled";
  if (demand.HasWindow() && demand.window().limit <= as_of) return "past";
  return demand.IsAttached(profile) ? "attached" : "";
}

}  // namespace

absl::StatusOr<v1::ExplainMatchResponse> AnswerExplanation(
    const ViewSnapshot& snapshot, const Call& call, const v1::ExplainMatchRequest& request) {
  const QuestionReader reader(snapshot, call.organization());
  TROUPE_ASSIGN_OR_RETURN(const Profile profile, reader.ProfileNamed(request.profile()));
  TROUPE_ASSIGN_OR_RETURN(Target target, reader.TargetOf(request));
  TROUPE_RETURN_IF_ERROR(CheckMayAskAboutPair(call.organization(), profile, target));
  TROUPE_ASSIGN_OR_RETURN(const Day as_of, reader.AsOf(request.has_as_of(), request.as_of()));
  const absl::Status window = CheckWindow(target, as_of);
  if (!window.ok() && ReasonOf(window) != "WINDOW_PAST") return window;
  TROUPE_RETURN_IF_ERROR(reader.Attach(request.attached(), target));
  TROUPE_ASSIGN_OR_RETURN(const ScoringModel model,
                          reader.ModelFor(request.weights(), request.model()));

  const Demand demand = MakeDemand(target.project, target.opening);
  Rarities rarities(snapshot.pool(), as_of);
  const Weights& used = model.Of(demand.scalars.role, RegimeOf(demand));
  const bool for_project_owner = target.project.ownership.owner == call.organization();
  Query query(snapshot.pool(), demand, as_of, rarities, ShownWith(used));
  if (!for_project_owner) query.SetOutcomes(nullptr);
  const ProfileView view = *snapshot.pool().FindProfile(profile.id);
  const JudgedPair pair{query,          view, profile, target.project,
                        target.opening, used, for_project_owner, for_project_owner, snapshot.pool().CountHolds()};
  v1::ExplainMatchResponse response;
  *response.mutable_as_of() = ToWire(as_of);
  *response.mutable_match() = ToWire(pair);
  *response.mutable_match()->mutable_profile_summary() = SummaryOf(pair);
  *response.mutable_match()->mutable_opening_summary() = SummaryOf(target.project, target.opening);
  if (target.is_stored) response.set_not_offered(NotOffered(demand, profile.id, as_of));
  for (const Failure& failure : WhyNot(profile, target.project, target.opening, as_of)) {
    *response.add_failures() = ToWire(failure);
  }
  response.set_eligible(response.failures().empty());
  return response;
}

}  // namespace troupe
