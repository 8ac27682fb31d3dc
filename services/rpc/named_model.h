#ifndef TROUPE_SERVICES_RPC_NAMED_MODEL_H_
#define TROUPE_SERVICES_RPC_NAMED_MODEL_H_

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/base/ids.h"
#include "matcher/rank/model_history.h"
#include "matcher/rank/scoring_model.h"
#include "services/log/entity.h"
#include "services/log/view.h"

namespace troupe {

// Where the model that `owner` calls `id` lies in the log.
EntityKey ModelEntity(const OrganizationId& owner, absl::string_view id);

struct StoredModel {
  ModelHistory model;
  uint64_t version = kNoVersion;  // Of the record.
};

// The model that `owner` calls `id`; nullopt if there is none. Blocks on disk.
absl::StatusOr<std::optional<StoredModel>> FindModel(const ViewSnapshot& now,
                                                     const OrganizationId& owner,
                                                     absl::string_view id);

// The weights that `name`, which stands in `field` of a request, is to `caller`:
// scoringModels/{id}, perhaps with a version. NOT_FOUND, reason MODEL_NOT_FOUND;
// FAILED_PRECONDITION, reason MODEL_OUTDATED; INVALID_ARGUMENT for what is no
// such name. Blocks on disk.
absl::StatusOr<ScoringModel> NamedModel(const ViewSnapshot& now, const OrganizationId& caller,
                                        absl::string_view name, absl::string_view field);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_NAMED_MODEL_H_
