#include "services/cli/staffing/plan_store.h"

#include <cstdint>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/cli/record_sender.h"
#include "troupe/v1/staffing_service.grpc.pb.h"

namespace troupe {
namespace {

using Staffing = v1::StaffingService::Stub;

constexpr int32_t kPage = 1'000;

// Gives `plan` the name and etag of the stored one with its external id, if there is one.
absl::Status FindStored(const Connection& connection, v1::TrainingPlan& plan) {
  return ForEachPlan(connection, [&](const v1::TrainingPlan& stored) {
    const bool is_it = stored.external_id().source() == plan.external_id().source() &&
                       stored.external_id().id() == plan.external_id().id();
    if (!is_it) return true;
    plan.set_name(stored.name());
    plan.set_etag(stored.etag());
    return false;
  });
}

}  // namespace

absl::Status ForEachPlan(const Connection& connection,
                         const std::function<bool(const v1::TrainingPlan&)>& take) {
  v1::ListTrainingPlansRequest request;
  request.set_page_size(kPage);
  while (true) {
    TROUPE_ASSIGN_OR_RETURN(
        const v1::ListTrainingPlansResponse response,
        connection.Ask(&Staffing::ListTrainingPlans, request));
    for (const v1::TrainingPlan& plan : response.training_plans()) {
      if (!take(plan)) return absl::OkStatus();
    }
    if (response.next_page_token().empty()) return absl::OkStatus();
    request.set_page_token(response.next_page_token());
  }
}

absl::StatusOr<v1::TrainingPlan> GetPlan(const std::string& name, const Connection& connection) {
  v1::GetTrainingPlanRequest request;
  request.set_name(name);
  return connection.Ask(&Staffing::GetTrainingPlan, request);
}

absl::StatusOr<std::string> PlanNameOf(const std::string& text, const Connection& connection) {
  if (absl::StartsWith(text, "trainingPlans/")) return text;
  std::string name;
  TROUPE_RETURN_IF_ERROR(ForEachPlan(connection, [&](const v1::TrainingPlan& plan) {
    if (plan.external_id().id() == text) name = plan.name();
    return name.empty();
  }));
  if (!name.empty()) return name;
  return ErrorWithReason(absl::StatusCode::kNotFound, "TRAINING_PLAN_NOT_FOUND",
                         absl::StrCat("there is no plan \"", text,
                                      "\": \"troupe plan list\" shows which there are"));
}

absl::StatusOr<v1::TrainingPlan> StorePlan(v1::TrainingPlan plan, Session& session) {
  const Connection& connection = session.connection();
  if (plan.name().empty()) TROUPE_RETURN_IF_ERROR(FindStored(connection, plan));
  if (plan.name().empty()) {
    v1::CreateTrainingPlanRequest request;
    request.set_request_id(absl::StrCat(RequestIdFor("", session), "-plan"));
    *request.mutable_training_plan() = std::move(plan);
    return connection.Ask(&Staffing::CreateTrainingPlan, request);
  }
  v1::UpdateTrainingPlanRequest request;
  *request.mutable_training_plan() = std::move(plan);
  request.mutable_update_mask()->add_paths(std::string("*"));
  return connection.Ask(&Staffing::UpdateTrainingPlan, request);
}

void ClearGiven(v1::TrainingPlan& plan) {
  plan.clear_organization();
  plan.clear_create_time();
  plan.clear_update_time();
  plan.clear_state();
  plan.clear_result();
  plan.clear_simulation();
}

}  // namespace troupe
