#ifndef TROUPE_MATCHER_HOLD_AUDIT_H_
#define TROUPE_MATCHER_HOLD_AUDIT_H_

#include <string>
#include <vector>

#include "matcher/hold/agenda.h"

namespace troupe {

// The invariants of deploy/docs/holds.md that one agenda can break by itself,
// each as "name: what is wrong"; empty if it is sound. For tests and for the
// verification of stored data.
std::vector<std::string> BrokenInvariants(const Agenda& agenda);

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_AUDIT_H_
