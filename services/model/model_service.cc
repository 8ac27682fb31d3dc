#include "services/model/model_service.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/convert/page_token.h"
#include "services/convert/scoring_model_conversion.h"
#include "services/model/model_writer.h"
#include "services/records/scoring_model_record.h"
#include "services/rpc/named_model.h"
#include "services/rpc/read_resources.h"
#include "services/rpc/resource_errors.h"
#include "services/rpc/write_identity.h"

namespace troupe {
namespace {

constexpr int32_t kDefaultPageSize = 100;
constexpr int32_t kMostPageSize = 1'000;

absl::StatusOr<NewVersion> ReadNewVersion(const ResourceTools& tools, const Call& call,
                                          const v1::CreateScoringModelRequest& request) {
  NewVersion wanted{.owner = call.organization(),
                    .model_id = request.model_id(),
                    .body_hash = BodyHashOf(request)};
  Violations found;
  CheckModelId(request.model_id(), "model_id", found);
  CheckRequestId(request.request_id(), found);
  wanted.version = FromWire(request.model(), "model", found);
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  wanted.log_request_id =
      request.request_id().empty()
          ? LogRequestId(call.organization(), "model", "create-once", tools.ids->Next())
          : LogRequestId(call.organization(), "model", "create", request.request_id());
  return wanted;
}

absl::StatusOr<v1::ListScoringModelsResponse> List(const ViewSnapshot& now,
                                                   const OrganizationId& caller,
                                                   const v1::ListScoringModelsRequest& request) {
  if (request.page_size() < 0 || request.page_size() > kMostPageSize) {
    return InvalidField("page_size", absl::StrCat("is ", request.page_size()),
                        absl::StrCat("give 1 to ", kMostPageSize));
  }
  const uint64_t question = StableHash({"list models", caller.slug});
  ListQuery query{.kind = EntityKind::kScoringModel, .filter = {.reader = caller}};
  query.page_size = request.page_size() == 0 ? kDefaultPageSize : request.page_size();
  if (!request.page_token().empty()) {
    TROUPE_ASSIGN_OR_RETURN(query.after_key, ParsePageToken(request.page_token(), question));
  }
  TROUPE_ASSIGN_OR_RETURN(const ListPage page, now.List(query));
  v1::ListScoringModelsResponse response;
  for (const StoredRecord& stored : page.records) {
    TROUPE_ASSIGN_OR_RETURN(const ModelHistory model, ParseModel(stored.bytes));
    *response.add_models() =
        ToWire(model, model.versions.back(), stored.version, ModelDetail::kHead);
    response.mutable_models()->rbegin()->set_name(FormatName(ModelName{model.id}));
  }
  if (!page.next_key.empty()) {
    response.set_next_page_token(FormatPageToken(question, page.next_key));
  }
  return response;
}

absl::StatusOr<v1::ScoringModel> Get(const ViewSnapshot& now, const OrganizationId& caller,
                                     const std::string& name) {
  TROUPE_ASSIGN_OR_RETURN(const ModelName parsed, ParseModelName(name, "name"));
  TROUPE_ASSIGN_OR_RETURN(const auto stored, FindModel(now, caller, parsed.id));
  const ModelVersion* version =
      stored.has_value() ? stored->model.Find(parsed.version) : nullptr;
  if (version == nullptr) return RecordNotFound("model", name);
  return ToWire(stored->model, *version, stored->version, ModelDetail::kWhole);
}

}  // namespace

void ModelService::LearnScoringModel(
    std::shared_ptr<const Call> call, const v1::LearnScoringModelRequest& request,
    std::shared_ptr<ResponseSink<v1::LearnScoringModelResponse>> sink) {
  learning_.Start(std::move(call), request, std::move(sink));
}

void ModelService::CreateScoringModel(std::shared_ptr<const Call> call,
                                      const v1::CreateScoringModelRequest& request,
                                      Done<v1::ScoringModel> done) {
  absl::StatusOr<NewVersion> wanted = ReadNewVersion(tools_, *call, request);
  if (!wanted.ok()) return done(wanted.status());
  AddVersion(tools_, call->deadline(), *std::move(wanted), std::move(done));
}

void ModelService::GetScoringModel(std::shared_ptr<const Call> call,
                                   const v1::GetScoringModelRequest& request,
                                   Done<v1::ScoringModel> done) {
  read_resources_internal::AnswerOn<v1::ScoringModel>(
      tools_, std::move(call), std::move(done),
      [&request](const ViewSnapshot& now, const Reader& reader) {
        return Get(now, reader.organization, request.name());
      });
}

void ModelService::ListScoringModels(std::shared_ptr<const Call> call,
                                     const v1::ListScoringModelsRequest& request,
                                     Done<v1::ListScoringModelsResponse> done) {
  read_resources_internal::AnswerOn<v1::ListScoringModelsResponse>(
      tools_, std::move(call), std::move(done),
      [&request](const ViewSnapshot& now, const Reader& reader) {
        return List(now, reader.organization, request);
      });
}

void ModelService::DeleteScoringModel(std::shared_ptr<const Call> call,
                                      const v1::DeleteScoringModelRequest& request,
                                      Done<google::protobuf::Empty> done) {
  DeleteModel(tools_, std::move(call), request, std::move(done));
}

}  // namespace troupe
