#include "services/model/model_writer.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/convert/resource_names.h"
#include "services/convert/scoring_model_conversion.h"
#include "services/log/append_rules.h"
#include "services/log/log_errors.h"
#include "services/records/audience_record.h"
#include "services/records/scoring_model_record.h"
#include "services/rpc/named_model.h"
#include "services/rpc/resource_errors.h"
#include "services/rpc/write_identity.h"
#include "services/rpc/write_resource.h"

namespace troupe {
namespace {

constexpr absl::string_view kNoun = "model";

AppendRequest OneRecord(const EntityKey& entity, const std::string& log_request_id,
                        uint64_t body_hash, Replaced replaced, std::optional<std::string> value) {
  return {.shard = ShardOf(entity.id),
          .request_id = log_request_id,
          .mutations = {{.entity = entity,
                         .expected_version = replaced.version,
                         .value = std::move(value),
                         .audience_before = std::move(replaced.audience)}},
          .body_hash = body_hash};
}

Replaced ReplacingModel(const std::optional<StoredModel>& stored) {
  if (!stored.has_value()) return {};
  return {stored->version, SerializeAudience(stored->model.ownership())};
}

absl::StatusOr<RecordWriter::Planned> PlanVersion(const ResourceTools& tools,
                                                  const NewVersion& wanted,
                                                  const ViewSnapshot& now) {
  TROUPE_ASSIGN_OR_RETURN(const auto stored, FindModel(now, wanted.owner, wanted.model_id));
  ModelHistory next = stored.has_value() ? stored->model : ModelHistory();
  const absl::Time time = tools.Now();
  if (!stored.has_value()) {
    next.owner = wanted.owner;
    next.id = wanted.model_id;
    next.create_time = time;
  }
  next.update_time = time;
  ModelVersion version = wanted.version;
  version.create_time = time;
  version.request = StableHash(wanted.log_request_id);
  version.body_hash = wanted.body_hash;
  next.Add(std::move(version));
  AppendRequest append =
      OneRecord(ModelEntity(wanted.owner, wanted.model_id), wanted.log_request_id,
                wanted.body_hash, ReplacingModel(stored), SerializeModel(next));
  return RecordWriter::Planned{.append = std::move(append), .replan = true};
}

// What a deletion's plan leaves for its answer.
struct Deletion {
  std::string log_request_id;
  bool existed = false;
};

absl::StatusOr<RecordWriter::Planned> PlanDeletion(const Call& call,
                                                   const v1::DeleteScoringModelRequest& request,
                                                   const ViewSnapshot& now, Deletion& deletion) {
  TROUPE_RETURN_IF_ERROR(CheckWanted(call));
  Violations found;
  CheckRequestId(request.request_id(), found);
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  TROUPE_ASSIGN_OR_RETURN(const ModelName name, ParseModelName(request.name(), "name"));
  if (name.version != 0) {
    return InvalidField("name", "names a version", "name the model: all of it is deleted");
  }
  TROUPE_ASSIGN_OR_RETURN(const std::optional<uint64_t> expected,
                          ExpectedVersion(request.etag(), "etag"));
  TROUPE_ASSIGN_OR_RETURN(const auto stored, FindModel(now, call.organization(), name.id));
  // With a request id it may be a retry of what was done: the log knows.
  const bool may_be_retry = !request.request_id().empty();
  deletion.existed = stored.has_value();
  const bool is_stale = deletion.existed && expected.value_or(stored->version) != stored->version;
  if (!deletion.existed && !may_be_retry) return RecordNotFound(kNoun, request.name());
  if (is_stale && !may_be_retry) return StaleEtag(kNoun);
  const bool may_write = deletion.existed && !is_stale;
  RecordWriter::Planned planned{.replan = may_write && !expected.has_value()};
  planned.append =
      OneRecord(ModelEntity(call.organization(), name.id), deletion.log_request_id,
                BodyHashOf(request),
                may_write ? ReplacingModel(stored) : Replaced{kImpossibleVersion}, std::nullopt);
  return planned;
}

}  // namespace

absl::StatusOr<std::optional<v1::ScoringModel>> MadeBefore(const ViewSnapshot& now,
                                                           const NewVersion& wanted) {
  TROUPE_ASSIGN_OR_RETURN(const auto stored, FindModel(now, wanted.owner, wanted.model_id));
  if (!stored.has_value()) return std::nullopt;
  const ModelVersion* made = stored->model.MadeBy(StableHash(wanted.log_request_id));
  if (made == nullptr) return std::nullopt;
  if (made->body_hash != wanted.body_hash) return RequestIdReused();
  return ToWire(stored->model, *made, stored->version, ModelDetail::kWhole);
}

void AddVersion(const ResourceTools& tools, absl::Time deadline, NewVersion wanted,
                Done<v1::ScoringModel> done) {
  const auto shared = std::make_shared<const NewVersion>(std::move(wanted));
  tools.writer->Change(
      [tools, shared](const ViewSnapshot& now) { return PlanVersion(tools, *shared, now); },
      deadline, [tools, shared, done = std::move(done)](const auto& written) {
        if (!written.ok()) {
          const bool was_stale = StaleVersionOf(written.status()).has_value();
          return done(was_stale ? StaleEtag(kNoun) : written.status());
        }
        absl::StatusOr<std::optional<v1::ScoringModel>> made =
            MadeBefore(*tools.view->Now(), *shared);
        if (!made.ok()) return done(made.status());
        // A retry of what was deleted since, or is not kept any more.
        if (!made->has_value()) {
          return done(RecordNotFound(kNoun, FormatName(ModelName{shared->model_id})));
        }
        done(**std::move(made));
      });
}

void DeleteModel(const ResourceTools& tools, std::shared_ptr<const Call> call,
                 const v1::DeleteScoringModelRequest& request,
                 Done<google::protobuf::Empty> done) {
  const auto deletion = std::make_shared<Deletion>();
  deletion->log_request_id =
      request.request_id().empty()
          ? LogRequestId(call->organization(), kNoun, "delete-once", tools.ids->Next())
          : LogRequestId(call->organization(), kNoun, "delete", request.request_id());
  tools.writer->Change(
      [call, &request, deletion](const ViewSnapshot& now) {
        return PlanDeletion(*call, request, now, *deletion);
      },
      call->deadline(), [&request, deletion, done = std::move(done)](const auto& written) {
        if (written.ok()) return done(google::protobuf::Empty());
        const std::optional<StaleVersion> stale = StaleVersionOf(written.status());
        if (!stale.has_value()) return done(written.status());
        const bool is_gone = !deletion->existed || stale->actual_version == kNoVersion;
        done(is_gone ? RecordNotFound(kNoun, request.name()) : StaleEtag(kNoun));
      });
}

}  // namespace troupe
