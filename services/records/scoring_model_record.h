#ifndef TROUPE_SERVICES_RECORDS_SCORING_MODEL_RECORD_H_
#define TROUPE_SERVICES_RECORDS_SCORING_MODEL_RECORD_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/rank/model_history.h"

namespace troupe {

// The bytes of a model as stored: the same for equal ones.
std::string SerializeModel(const ModelHistory& model);

// The model that `bytes` hold. Returns DATA_LOSS, reason RECORD_UNREADABLE.
absl::StatusOr<ModelHistory> ParseModel(absl::string_view bytes);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RECORDS_SCORING_MODEL_RECORD_H_
