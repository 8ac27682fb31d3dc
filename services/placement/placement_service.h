#ifndef TROUPE_SERVICES_PLACEMENT_PLACEMENT_SERVICE_H_
#define TROUPE_SERVICES_PLACEMENT_PLACEMENT_SERVICE_H_

#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "absl/synchronization/notification.h"
#include "google/protobuf/empty.pb.h"
#include "matcher/base/clock.h"
#include "matcher/base/executor.h"
#include "services/log/change_log.h"
#include "services/log/record_writer.h"
#include "services/log/view.h"
#include "services/placement/hold_directory.h"
#include "services/placement/round_operations.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/live_operations.h"
#include "services/rpc/random_ids.h"
#include "services/rpc/resource_tools.h"
#include "services/rpc/response_sink.h"
#include "services/rpc/stream_handler.h"
#include "services/rpc/thread_pool.h"
#include "troupe/v1/placement_service.pb.h"

namespace troupe {

// Places graduates, as placement_service.proto says: keeps cohorts, programs and rounds
// in the log, reads from the view, and runs and publishes rounds on threads of its own;
// what takes longer than a read has another. Thread-safe.
class PlacementService {
 public:
  // All of them outlive it, and it outlives its calls. `holds`: where rounds are
  // published. `caught_up`: whether the view shows what there is; what the last process
  // broke off is gone on with once it does.
  PlacementService(ChangeLog* log, View* view, Executor* executor, const Clock* clock,
                   RandomIds* ids, LiveOperations* live, HoldDirectory* holds,
                   std::function<absl::Status()> caught_up);
  ~PlacementService();

  // Has operations end soon: those that run are broken off.
  void Close();

  void CreateCohort(std::shared_ptr<const Call> call, const v1::CreateCohortRequest& request,
                    Done<v1::Cohort> done);
  void GetCohort(std::shared_ptr<const Call> call, const v1::GetCohortRequest& request,
                 Done<v1::Cohort> done);
  void ListCohorts(std::shared_ptr<const Call> call, const v1::ListCohortsRequest& request,
                   Done<v1::ListCohortsResponse> done);
  void UpdateCohort(std::shared_ptr<const Call> call, const v1::UpdateCohortRequest& request,
                    Done<v1::Cohort> done);
  void DeleteCohort(std::shared_ptr<const Call> call, const v1::DeleteCohortRequest& request,
                    Done<google::protobuf::Empty> done);

  void CreateProgram(std::shared_ptr<const Call> call, const v1::CreateProgramRequest& request,
                     Done<v1::Program> done);
  void GetProgram(std::shared_ptr<const Call> call, const v1::GetProgramRequest& request,
                  Done<v1::Program> done);
  void ListPrograms(std::shared_ptr<const Call> call, const v1::ListProgramsRequest& request,
                    Done<v1::ListProgramsResponse> done);
  void UpdateProgram(std::shared_ptr<const Call> call, const v1::UpdateProgramRequest& request,
                     Done<v1::Program> done);
  void DeleteProgram(std::shared_ptr<const Call> call, const v1::DeleteProgramRequest& request,
                     Done<google::protobuf::Empty> done);
  using ImportHandler = StreamHandler<v1::ImportProgramsRequest, v1::ImportProgramsResponse>;
  std::unique_ptr<ImportHandler> ImportPrograms(std::shared_ptr<const Call> call);

  void CreateRound(std::shared_ptr<const Call> call, const v1::CreateRoundRequest& request,
                   Done<v1::Round> done);
  void GetRound(std::shared_ptr<const Call> call, const v1::GetRoundRequest& request,
                Done<v1::Round> done);
  void ListRounds(std::shared_ptr<const Call> call, const v1::ListRoundsRequest& request,
                  Done<v1::ListRoundsResponse> done);
  void UpdateRound(std::shared_ptr<const Call> call, const v1::UpdateRoundRequest& request,
                   Done<v1::Round> done);
  void DeleteRound(std::shared_ptr<const Call> call, const v1::DeleteRoundRequest& request,
                   Done<google::protobuf::Empty> done);

  void RunRound(std::shared_ptr<const Call> call, const v1::RunRoundRequest& request,
                Done<v1::Operation> done);
  void ListPlacements(std::shared_ptr<const Call> call, const v1::ListPlacementsRequest& request,
                      Done<v1::ListPlacementsResponse> done);
  void VerifyRound(std::shared_ptr<const Call> call, const v1::VerifyRoundRequest& request,
                   Done<v1::VerifyRoundResponse> done);
  void ExplainPlacement(std::shared_ptr<const Call> call,
                        const v1::ExplainPlacementRequest& request,
                        Done<v1::ExplainPlacementResponse> done);
  void ReportRound(std::shared_ptr<const Call> call, const v1::ReportRoundRequest& request,
                   Done<v1::RoundReport> done);
  void PublishRound(std::shared_ptr<const Call> call, const v1::PublishRoundRequest& request,
                    Done<v1::Operation> done);
  void DownloadCertificate(std::shared_ptr<const Call> call,
                           const v1::DownloadCertificateRequest& request,
                           std::shared_ptr<ResponseSink<v1::DownloadCertificateResponse>> sink);

 private:
  void Publish(BegunRound begun);
  void GoOn(const std::function<absl::Status()>& caught_up);

  RecordWriter writer_;
  const ResourceTools tools_;
  LiveOperations* const live_;
  HoldDirectory* const holds_;
  RoundOperations operations_;
  absl::Notification closing_;
  // Last: what they run uses the rest. Rounds, publications, and long answers.
  ThreadPool running_{2};
  ThreadPool publishing_{2};
  ThreadPool answering_{2};
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_PLACEMENT_PLACEMENT_SERVICE_H_
