#include "services/rpc/named_model.h"

#include <string>
#include <utility>

#include "matcher/base/status_macros.h"
#include "services/convert/scoring_model_conversion.h"
#include "services/records/scoring_model_record.h"
#include "services/rpc/resource_errors.h"
#include "services/rpc/write_identity.h"

namespace troupe {

EntityKey ModelEntity(const OrganizationId& owner, absl::string_view id) {
  return {EntityKind::kScoringModel, RecordIdOf(owner, "model", {"model id", std::string(id)})};
}

absl::StatusOr<std::optional<StoredModel>> FindModel(const ViewSnapshot& now,
                                                     const OrganizationId& owner,
                                                     absl::string_view id) {
  TROUPE_ASSIGN_OR_RETURN(const std::optional<StoredRecord> stored,
                          now.Get(ModelEntity(owner, id)));
  if (!stored.has_value()) return std::nullopt;
  TROUPE_ASSIGN_OR_RETURN(ModelHistory model, ParseModel(stored->bytes));
  return StoredModel{std::move(model), stored->version};
}

absl::StatusOr<ScoringModel> NamedModel(const ViewSnapshot& now, const OrganizationId& caller,
                                        absl::string_view name, absl::string_view field) {
  TROUPE_ASSIGN_OR_RETURN(const ModelName parsed, ParseModelName(name, field));
  TROUPE_ASSIGN_OR_RETURN(const auto stored, FindModel(now, caller, parsed.id));
  const ModelVersion* version =
      stored.has_value() ? stored->model.Find(parsed.version) : nullptr;
  if (version == nullptr) return RecordNotFound("model", name);
  return MakeScoringModel(*version);
}

}  // namespace troupe
