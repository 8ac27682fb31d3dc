#ifndef TROUPE_SERVICES_CONVERT_TRAINING_PLAN_CONVERSION_H_
#define TROUPE_SERVICES_CONVERT_TRAINING_PLAN_CONVERSION_H_

#include <cstdint>

#include "google/protobuf/field_mask.pb.h"
#include "matcher/base/violation.h"
#include "matcher/domain/field.h"
#include "matcher/staffing/training_plan.h"
#include "services/convert/reader.h"
#include "troupe/v1/training_plan.pb.h"

namespace troupe {

// A new plan, or an update of one; what only the server gives is wrong in a new one.
TrainingPlan FromWire(const v1::TrainingPlan& wire, const Field& field);
TrainingPlan FromWire(const v1::TrainingPlan& wire, Violations& found);

v1::TrainingPlan ToWire(const TrainingPlan& plan, uint64_t version, const Reader& reader);

// `stored` with the fields of `mask` from `update`. What it came to is dropped if what it is
// made from changes.
TrainingPlan ApplyMask(const TrainingPlan& stored, const TrainingPlan& update,
                       const google::protobuf::FieldMask& mask, Violations& found);

v1::DemandRegime ToWire(staffing::Regime regime);
// UNSPECIFIED is `unset`.
staffing::Regime ReadRegime(v1::DemandRegime wire, const Field& field, staffing::Regime unset);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_TRAINING_PLAN_CONVERSION_H_
