#ifndef TROUPE_SERVICES_CLI_SCORING_MODEL_VIEW_H_
#define TROUPE_SERVICES_CLI_SCORING_MODEL_VIEW_H_

#include "services/cli/streams.h"
#include "troupe/v1/scoring_model.pb.h"

namespace troupe {

// Writes what the model is and, for each role and regime that has weights, how
// many questions they were learned from and the weightiest features.
void PrintModel(const v1::ScoringModel& model, const Streams& streams);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_SCORING_MODEL_VIEW_H_
