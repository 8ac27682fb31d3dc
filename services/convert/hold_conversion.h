#ifndef TROUPE_SERVICES_CONVERT_HOLD_CONVERSION_H_
#define TROUPE_SERVICES_CONVERT_HOLD_CONVERSION_H_

#include "matcher/domain/field.h"
#include "matcher/hold/agenda.h"
#include "matcher/hold/hold.h"
#include "matcher/hold/hold_terms.h"
#include "troupe/v1/hold.pb.h"

namespace troupe {

// `hold` of `agenda` as both of its sides see it: with its places on the
// ladders, and nothing of whose the others are.
v1::Hold ToWire(const Agenda& agenda, const Hold& hold);

// What a side writes, with what is wrong with it reported to `field`.
HoldTerms FromWire(const v1::HoldTerms& wire, const Field& field);
v1::HoldTerms ToWire(const HoldTerms& terms);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_HOLD_CONVERSION_H_
