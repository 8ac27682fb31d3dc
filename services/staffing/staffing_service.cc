#include "services/staffing/staffing_service.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/rpc/create_resource.h"
#include "services/rpc/delete_resource.h"
#include "services/rpc/operation_writes.h"
#include "services/rpc/read_resources.h"
#include "services/rpc/resource_errors.h"
#include "services/rpc/update_resource.h"
#include "services/staffing/analyze_gaps.h"
#include "services/staffing/make_training_plan.h"
#include "services/staffing/suggest_shadowing.h"
#include "spdlog/spdlog.h"

namespace troupe {
namespace {

absl::StatusOr<v1::AnalyzeGapsResponse> Analyze(const View& view, const Call& call,
                                                const v1::AnalyzeGapsRequest& request) {
  TROUPE_RETURN_IF_ERROR(CheckWanted(call));
  TROUPE_RETURN_IF_ERROR(view.failure());
  return GapsFor(*view.Now(), call.organization(), request, call.stop());
}

absl::StatusOr<v1::SuggestShadowingResponse> Suggest(
    const View& view, const Call& call, const v1::SuggestShadowingRequest& request) {
  TROUPE_RETURN_IF_ERROR(CheckWanted(call));
  TROUPE_RETURN_IF_ERROR(view.failure());
  return ShadowingFor(*view.Now(), call.organization(), request, call.stop());
}

}  // namespace

StaffingService::StaffingService(ChangeLog* log, View* view, Executor* executor,
                                 const Clock* clock, RandomIds* ids, LiveOperations* live,
                                 RetryTimer* timer, std::function<absl::Status()> caught_up)
    : view_(view),
      writer_(log, view, executor),
      tools_{&writer_, view, executor, clock, ids, log},
      live_(live),
      operations_(tools_, live),
      watches_(std::make_shared<GapWatches>(view, &threads_, clock, timer)) {
  planning_.Run([this, caught_up = std::move(caught_up)] { EndBrokenOff(caught_up); });
}

StaffingService::~StaffingService() { Close(); }

void StaffingService::Close() {
  live_->Close();
  if (!closing_.HasBeenNotified()) closing_.Notify();
}

void StaffingService::EndBrokenOff(const std::function<absl::Status()>& caught_up) {
  if (!WaitUntilCaughtUp(caught_up, closing_)) return operations_.Open();
  std::vector<std::string> methods;
  const absl::StatusOr<std::vector<BegunPlan>> broken = operations_.BrokenOff(methods);
  operations_.Open();
  if (!broken.ok()) {
    return spdlog::error("operations cannot be read: {}", broken.status().ToString());
  }
  for (const BegunPlan& begun : *broken) EndBrokenOffPlan(operations_, begun);
}

void StaffingService::AnalyzeGaps(std::shared_ptr<const Call> call,
                                  const v1::AnalyzeGapsRequest& request,
                                  Done<v1::AnalyzeGapsResponse> done) {
  if (under_way_.fetch_add(1) >= kMostAtOnce) {
    --under_way_;
    return done(ErrorWithReason(absl::StatusCode::kResourceExhausted, "ANALYSIS_UNDER_WAY",
                                "this server is analysing gaps for others: try again when that "
                                "is done"));
  }
  threads_.Run([this, call = std::move(call), &request, done = std::move(done)] {
    absl::StatusOr<v1::AnalyzeGapsResponse> response = Analyze(*view_, *call, request);
    --under_way_;  // Before the client can ask again.
    done(std::move(response));
  });
}

void StaffingService::WatchGaps(std::shared_ptr<const Call> call,
                                const v1::WatchGapsRequest& request,
                                std::shared_ptr<ResponseSink<v1::WatchGapsResponse>> sink) {
  watches_->Open(std::move(call), request, std::move(sink));
}

void StaffingService::CreateTrainingPlan(std::shared_ptr<const Call> call,
                                         const v1::CreateTrainingPlanRequest& request,
                                         Done<v1::TrainingPlan> done) {
  CreateResource<TrainingPlanKind>(tools_, std::move(call), request, request.training_plan(),
                                   std::move(done));
}

void StaffingService::GetTrainingPlan(std::shared_ptr<const Call> call,
                                      const v1::GetTrainingPlanRequest& request,
                                      Done<v1::TrainingPlan> done) {
  GetResource<TrainingPlanKind>(tools_, std::move(call), request.name(), std::move(done));
}

void StaffingService::ListTrainingPlans(std::shared_ptr<const Call> call,
                                        const v1::ListTrainingPlansRequest& request,
                                        Done<v1::ListTrainingPlansResponse> done) {
  ListResources<TrainingPlanKind>(
      tools_, std::move(call), request, &v1::ListTrainingPlansResponse::mutable_training_plans,
      Done<v1::ListTrainingPlansResponse>(
          [done = std::move(done)](absl::StatusOr<v1::ListTrainingPlansResponse> response) {
            if (response.ok()) {
              for (v1::TrainingPlan& plan : *response->mutable_training_plans()) {
                plan.clear_result();
                plan.clear_simulation();
              }
            }
            done(std::move(response));
          }));
}

void StaffingService::UpdateTrainingPlan(std::shared_ptr<const Call> call,
                                         const v1::UpdateTrainingPlanRequest& request,
                                         Done<v1::TrainingPlan> done) {
  UpdateResource<TrainingPlanKind>(tools_, std::move(call), request, request.training_plan(),
                                   std::move(done));
}

void StaffingService::DeleteTrainingPlan(std::shared_ptr<const Call> call,
                                         const v1::DeleteTrainingPlanRequest& request,
                                         Done<google::protobuf::Empty> done) {
  DeleteResource<TrainingPlanKind>(tools_, std::move(call), request, std::move(done));
}

void StaffingService::PlanTraining(std::shared_ptr<const Call> call,
                                   const v1::PlanTrainingRequest& request,
                                   Done<v1::Operation> done) {
  operations_.Begin(
      std::move(call), OperationRequest::Of(request), "PlanTraining",
      [](const ViewSnapshot&, uint32_t, TrainingPlan&) { return absl::OkStatus(); },
      [this](BegunPlan begun) {
        planning_.Run([this, begun = std::move(begun)] {
          MakePlanToEnd(operations_, begun, &drawing_);
        });
      },
      std::move(done));
}

void StaffingService::SimulateTraining(std::shared_ptr<const Call> call,
                                       const v1::SimulateTrainingRequest& request,
                                       Done<v1::Operation> done) {
  const auto simulation = std::make_shared<Simulation>();
  operations_.Begin(
      std::move(call), OperationRequest::Of(request), "SimulateTraining",
      [&request, simulation](const ViewSnapshot&, uint32_t, TrainingPlan& plan) -> absl::Status {
        TROUPE_ASSIGN_OR_RETURN(*simulation, ReadSimulation(request, plan));
        return absl::OkStatus();
      },
      [this, simulation](BegunPlan begun) {
        planning_.Run([this, simulation, begun = std::move(begun)] {
          SimulateToEnd(operations_, begun, *simulation, &drawing_);
        });
      },
      std::move(done));
}

void StaffingService::SuggestShadowing(std::shared_ptr<const Call> call,
                                       const v1::SuggestShadowingRequest& request,
                                       Done<v1::SuggestShadowingResponse> done) {
  crew_threads_.Run([this, call = std::move(call), &request, done = std::move(done)] {
    done(Suggest(*view_, *call, request));
  });
}

}  // namespace troupe
