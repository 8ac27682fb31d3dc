#ifndef TROUPE_SERVICES_CONVERT_SCORING_MODEL_CONVERSION_H_
#define TROUPE_SERVICES_CONVERT_SCORING_MODEL_CONVERSION_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/base/violation.h"
#include "matcher/rank/model_history.h"
#include "troupe/v1/scoring_model.pb.h"

namespace troupe {

// scoringModels/{id}, or scoringModels/{id}@{version}. An organization's own.
struct ModelName {
  std::string id;
  uint32_t version = 0;  // 0: the newest.

  friend bool operator==(const ModelName&, const ModelName&) = default;
};

std::string FormatName(const ModelName& name);

// Returns INVALID_ARGUMENT about `field` that does not echo `name`.
absl::StatusOr<ModelName> ParseModelName(absl::string_view name, absl::string_view field);

// Reports to `field` unless `id` can be a ModelName's.
void CheckModelId(absl::string_view id, absl::string_view field, Violations& found);

// Whether a model is shown with its weights, which are thousands of numbers.
enum class ModelDetail { kWhole, kHead };

// `version` of `model`, which is stored as of `etag_version`.
v1::ScoringModel ToWire(const ModelHistory& model, const ModelVersion& version,
                        uint64_t etag_version, ModelDetail detail);

// The weights that `wire` states, as a version without number, time and request.
// Reports to fields of `field` what is wrong with them.
ModelVersion FromWire(const v1::ScoringModel& wire, const std::string& field, Violations& found);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_SCORING_MODEL_CONVERSION_H_
