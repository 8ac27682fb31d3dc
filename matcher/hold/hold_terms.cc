#include "matcher/hold/hold_terms.h"

namespace troupe {

Side OtherSide(Side side) { return side == Side::kPerson ? Side::kHolder : Side::kPerson; }

}  // namespace troupe
