#include "services/model/model_wiring.h"

#include "troupe/v1/model_service.grpc.pb.h"

namespace troupe {

std::unique_ptr<WiredService> WireModelService(ModelService* models, Admission* admission) {
  auto wired = std::make_unique<WiredService>(v1::ModelService::service_full_name(), admission);
  wired->ServerStream("LearnScoringModel", models, &ModelService::LearnScoringModel);
  wired->Unary("CreateScoringModel", models, &ModelService::CreateScoringModel);
  wired->Unary("GetScoringModel", models, &ModelService::GetScoringModel);
  wired->Unary("ListScoringModels", models, &ModelService::ListScoringModels);
  wired->Unary("DeleteScoringModel", models, &ModelService::DeleteScoringModel);
  return wired;
}

}  // namespace troupe
