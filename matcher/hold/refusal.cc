#include "matcher/hold/refusal.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"

namespace troupe {

absl::Status Refused(absl::string_view reason, absl::string_view message,
                     const Violations& in_the_way) {
  absl::Status status = ErrorWithReason(absl::StatusCode::kFailedPrecondition, reason, message);
  in_the_way.ToStatus().ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    if (!status.GetPayload(url).has_value()) status.SetPayload(url, payload);
  });
  return status;
}

absl::Status CheckLength(absl::string_view field, absl::string_view text, size_t most_bytes) {
  if (text.size() <= most_bytes) return absl::OkStatus();
  return InvalidField(field, absl::StrCat("has ", text.size(), " bytes"),
                      absl::StrCat("give at most ", most_bytes));
}

}  // namespace troupe
