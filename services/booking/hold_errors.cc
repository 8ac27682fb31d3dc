#include "services/booking/hold_errors.h"

#include "absl/strings/str_cat.h"
#include "matcher/base/violation.h"
#include "services/convert/resource_names.h"
#include "services/rpc/resource_errors.h"

namespace troupe {

absl::Status HoldNotFound(HoldId hold) { return RecordNotFound("hold", FormatName(hold)); }

absl::Status WrongSide(absl::string_view who) {
  return ErrorWithReason(absl::StatusCode::kPermissionDenied, "WRONG_SIDE",
                         absl::StrCat("only ", who, " of the hold may do that"));
}

absl::Status OpeningNotOpen(absl::string_view why) {
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "OPENING_NOT_OPEN",
                         absl::StrCat("the opening ", why,
                                      ": hold days for one that is open and has an empty seat"));
}

}  // namespace troupe
