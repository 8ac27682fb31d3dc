#ifndef TROUPE_SERVICES_MODEL_MODEL_SERVICE_H_
#define TROUPE_SERVICES_MODEL_MODEL_SERVICE_H_

#include <memory>

#include "google/protobuf/empty.pb.h"
#include "matcher/base/clock.h"
#include "matcher/base/executor.h"
#include "services/log/change_log.h"
#include "services/log/record_writer.h"
#include "services/log/view.h"
#include "services/model/learning.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/random_ids.h"
#include "services/rpc/resource_tools.h"
#include "services/rpc/response_sink.h"
#include "troupe/v1/model_service.pb.h"

namespace troupe {

// Keeps scoring models, as model_service.proto says: reads from the view, writes
// to the log, and answers a write once the view shows it. Works on the executor's
// threads, and learns on one of its own. Thread-safe.
class ModelService {
 public:
  // All of them outlive it, and it outlives its calls.
  ModelService(ChangeLog* log, View* view, Executor* executor, const Clock* clock,
               RandomIds* ids)
      : writer_(log, view, executor),
        tools_{&writer_, view, executor, clock, ids, log},
        learning_(tools_) {}

  void LearnScoringModel(std::shared_ptr<const Call> call,
                         const v1::LearnScoringModelRequest& request,
                         std::shared_ptr<ResponseSink<v1::LearnScoringModelResponse>> sink);
  void CreateScoringModel(std::shared_ptr<const Call> call,
                          const v1::CreateScoringModelRequest& request,
                          Done<v1::ScoringModel> done);
  void GetScoringModel(std::shared_ptr<const Call> call, const v1::GetScoringModelRequest& request,
                       Done<v1::ScoringModel> done);
  void ListScoringModels(std::shared_ptr<const Call> call,
                         const v1::ListScoringModelsRequest& request,
                         Done<v1::ListScoringModelsResponse> done);
  void DeleteScoringModel(std::shared_ptr<const Call> call,
                          const v1::DeleteScoringModelRequest& request,
                          Done<google::protobuf::Empty> done);

 private:
  RecordWriter writer_;
  const ResourceTools tools_;
  Learning learning_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_MODEL_MODEL_SERVICE_H_
