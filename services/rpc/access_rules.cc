#include "services/rpc/access_rules.h"

#include <algorithm>

namespace troupe {
namespace {

constexpr AccessRule kRules[] = {
    // gRPC itself serves these two; they are here to be complete.
    {"grpc.health.v1.Health/Check", Access::kAnyone},
    {"grpc.health.v1.Health/Watch", Access::kAnyone},
    {"grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", Access::kAnyone},

    {"troupe.v1.ProfileService/GetProfile", Access::kOrganization},
    {"troupe.v1.ProfileService/ListProfiles", Access::kOrganization},
    {"troupe.v1.ProfileService/CreateProfile", Access::kOrganization},
    {"troupe.v1.ProfileService/UpdateProfile", Access::kOrganization},
    {"troupe.v1.ProfileService/DeleteProfile", Access::kOrganization},
    {"troupe.v1.ProfileService/BatchGetProfiles", Access::kOrganization},
    {"troupe.v1.ProfileService/ImportProfiles", Access::kOrganization},
    {"troupe.v1.ProfileService/WatchProfiles", Access::kOrganization},
    {"troupe.v1.ProfileService/ImportCalendar", Access::kOrganization},
    {"troupe.v1.ProfileService/ExportCalendar", Access::kOrganization},

    {"troupe.v1.ProjectService/GetProject", Access::kOrganization},
    {"troupe.v1.ProjectService/ListProjects", Access::kOrganization},
    {"troupe.v1.ProjectService/CreateProject", Access::kOrganization},
    {"troupe.v1.ProjectService/UpdateProject", Access::kOrganization},
    {"troupe.v1.ProjectService/DeleteProject", Access::kOrganization},
    {"troupe.v1.ProjectService/BatchGetProjects", Access::kOrganization},
    {"troupe.v1.ProjectService/ImportProjects", Access::kOrganization},
    {"troupe.v1.ProjectService/WatchProjects", Access::kOrganization},

    {"troupe.v1.BookingService/PlaceHold", Access::kOrganization},
    {"troupe.v1.BookingService/GetHold", Access::kOrganization},
    {"troupe.v1.BookingService/ListHolds", Access::kOrganization},
    {"troupe.v1.BookingService/AcceptHold", Access::kOrganization},
    {"troupe.v1.BookingService/DeclineHold", Access::kOrganization},
    {"troupe.v1.BookingService/ReleaseHold", Access::kOrganization},
    {"troupe.v1.BookingService/ChallengeHold", Access::kOrganization},
    {"troupe.v1.BookingService/CounterOffer", Access::kOrganization},
    {"troupe.v1.BookingService/ConfirmHold", Access::kOrganization},
    {"troupe.v1.BookingService/ConfirmCrew", Access::kOrganization},
    {"troupe.v1.BookingService/CancelBooking", Access::kOrganization},
    {"troupe.v1.BookingService/ReplaceDropout", Access::kOrganization},
    {"troupe.v1.BookingService/WatchHolds", Access::kOrganization},

    {"troupe.feed.v1.FeedService/ReadRecords", Access::kService},
    {"troupe.feed.v1.FeedService/GetHeads", Access::kService},
    {"troupe.feed.v1.FeedService/ScanBase", Access::kService},

    {"troupe.seat.v1.SeatService/DescribeProject", Access::kService},
    {"troupe.seat.v1.SeatService/Decide", Access::kService},
    {"troupe.seat.v1.SeatService/VacateSeat", Access::kService},

    {"troupe.v1.MatchService/FindProfiles", Access::kOrganization},
    {"troupe.v1.MatchService/FindOpenings", Access::kOrganization},
    {"troupe.v1.MatchService/ExplainMatch", Access::kOrganization},
    {"troupe.v1.MatchService/FindFreeWindows", Access::kOrganization},
    {"troupe.v1.MatchService/ListRoleSteps", Access::kOrganization},
    {"troupe.v1.MatchService/GetPoolStatistics", Access::kOperator},

    {"troupe.v1.ModelService/LearnScoringModel", Access::kOrganization},
    {"troupe.v1.ModelService/CreateScoringModel", Access::kOrganization},
    {"troupe.v1.ModelService/GetScoringModel", Access::kOrganization},
    {"troupe.v1.ModelService/ListScoringModels", Access::kOrganization},
    {"troupe.v1.ModelService/DeleteScoringModel", Access::kOrganization},

    {"troupe.v1.OutcomeService/RecordOutcome", Access::kOrganization},
    {"troupe.v1.OutcomeService/ListOutcomes", Access::kOrganization},
    {"troupe.v1.OutcomeService/DeleteOutcomes", Access::kOrganization},
    {"troupe.v1.OutcomeService/ReportFairness", Access::kOrganization},

    {"troupe.v1.PlacementService/CreateCohort", Access::kOrganization},
    {"troupe.v1.PlacementService/GetCohort", Access::kOrganization},
    {"troupe.v1.PlacementService/ListCohorts", Access::kOrganization},
    {"troupe.v1.PlacementService/UpdateCohort", Access::kOrganization},
    {"troupe.v1.PlacementService/DeleteCohort", Access::kOrganization},
    {"troupe.v1.PlacementService/CreateProgram", Access::kOrganization},
    {"troupe.v1.PlacementService/GetProgram", Access::kOrganization},
    {"troupe.v1.PlacementService/ListPrograms", Access::kOrganization},
    {"troupe.v1.PlacementService/UpdateProgram", Access::kOrganization},
    {"troupe.v1.PlacementService/DeleteProgram", Access::kOrganization},
    {"troupe.v1.PlacementService/ImportPrograms", Access::kOrganization},
    {"troupe.v1.PlacementService/CreateRound", Access::kOrganization},
    {"troupe.v1.PlacementService/GetRound", Access::kOrganization},
    {"troupe.v1.PlacementService/ListRounds", Access::kOrganization},
    {"troupe.v1.PlacementService/UpdateRound", Access::kOrganization},
    {"troupe.v1.PlacementService/DeleteRound", Access::kOrganization},
    {"troupe.v1.PlacementService/RunRound", Access::kOrganization},
    {"troupe.v1.PlacementService/ListPlacements", Access::kOrganization},
    {"troupe.v1.PlacementService/VerifyRound", Access::kOrganization},
    {"troupe.v1.PlacementService/ExplainPlacement", Access::kOrganization},
    {"troupe.v1.PlacementService/ReportRound", Access::kOrganization},
    {"troupe.v1.PlacementService/PublishRound", Access::kOrganization},
    {"troupe.v1.PlacementService/DownloadCertificate", Access::kOrganization},

    {"troupe.v1.StaffingService/AnalyzeGaps", Access::kOrganization},
    {"troupe.v1.StaffingService/WatchGaps", Access::kOrganization},
    {"troupe.v1.StaffingService/CreateTrainingPlan", Access::kOrganization},
    {"troupe.v1.StaffingService/GetTrainingPlan", Access::kOrganization},
    {"troupe.v1.StaffingService/ListTrainingPlans", Access::kOrganization},
    {"troupe.v1.StaffingService/UpdateTrainingPlan", Access::kOrganization},
    {"troupe.v1.StaffingService/DeleteTrainingPlan", Access::kOrganization},
    {"troupe.v1.StaffingService/PlanTraining", Access::kOrganization},
    {"troupe.v1.StaffingService/SimulateTraining", Access::kOrganization},
    {"troupe.v1.StaffingService/SuggestShadowing", Access::kOrganization},

    {"troupe.v1.OperationService/GetOperation", Access::kOrganization},
    {"troupe.v1.OperationService/ListOperations", Access::kOrganization},
    {"troupe.v1.OperationService/CancelOperation", Access::kOrganization},
    {"troupe.v1.OperationService/WaitOperation", Access::kOrganization},

    {"troupe.v1.BackupService/CreateBackup", Access::kOperator},
    {"troupe.v1.BackupService/ListBackups", Access::kOperator},
};

}  // namespace

absl::Span<const AccessRule> AccessRules() { return kRules; }

std::optional<Access> FindAccess(absl::Span<const AccessRule> rules, absl::string_view method) {
  const auto found = std::find_if(rules.begin(), rules.end(), [&](const AccessRule& rule) {
    return rule.method == method;
  });
  if (found == rules.end()) return std::nullopt;
  return found->access;
}

}  // namespace troupe
