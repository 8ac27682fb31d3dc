#ifndef TROUPE_SERVICES_CONVERT_OUTCOME_CONVERSION_H_
#define TROUPE_SERVICES_CONVERT_OUTCOME_CONVERSION_H_

#include "absl/time/time.h"
#include "matcher/domain/field.h"
#include "matcher/domain/outcome.h"
#include "matcher/rank/fairness.h"
#include "troupe/v1/outcome.pb.h"
#include "troupe/v1/outcome_service.pb.h"

namespace troupe {

v1::Outcome ToWire(const Outcome& outcome);

// The outcome that `wire` states, without the person; `now` if it states no time.
// Reports to fields of `message` what is wrong with it.
Outcome OutcomeFromWire(const v1::RecordOutcomeRequest& wire, const Field& message,
                        absl::Time now);

// Reports to `field` what is no attribute, unspecified included.
GroupAttribute GroupAttributeFromWire(v1::GroupAttribute wire, const Field& field);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_OUTCOME_CONVERSION_H_
