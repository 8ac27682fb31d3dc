#include "services/rpc/resource_errors.h"

#include "absl/strings/ascii.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "matcher/base/violation.h"
#include "services/log/log_errors.h"

namespace troupe {

std::string ReasonWord(absl::string_view noun) { return absl::AsciiStrToUpper(noun); }

std::string Spoken(absl::string_view noun) { return absl::StrReplaceAll(noun, {{"_", " "}}); }

absl::Status RecordNotFound(absl::string_view noun, absl::string_view name) {
  return ErrorWithReason(absl::StatusCode::kNotFound,
                         absl::StrCat(ReasonWord(noun), "_NOT_FOUND"),
                         absl::StrCat("there is no ", name, ": check its name"));
}

absl::Status NotOwner(absl::string_view noun) {
  return ErrorWithReason(
      absl::StatusCode::kPermissionDenied, "NOT_OWNER",
      absl::StrCat("another organization owns the ", Spoken(noun), ": only its owner may do this"));
}

absl::Status StaleEtag(absl::string_view noun) {
  return ErrorWithReason(
      absl::StatusCode::kAborted, "STALE_ETAG",
      absl::StrCat("the ", Spoken(noun), " was changed by somebody else: read it again and retry"));
}

absl::Status RequestIdReused() { return RequestIdReusedError(); }

absl::Status ExternalIdTaken(absl::string_view name) {
  return ErrorWithReason(
      absl::StatusCode::kAlreadyExists, "EXTERNAL_ID_TAKEN",
      name.empty() ? "the external id is taken: give another one"
                   : absl::StrCat("the external id is that of ", name, ": update that one"));
}

absl::Status StillInUse(absl::string_view reason, absl::string_view message,
                        const Violations& uses) {
  if (uses.empty()) return absl::OkStatus();
  absl::Status status = ErrorWithReason(absl::StatusCode::kFailedPrecondition, reason, message);
  uses.ToStatus().ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    if (!status.GetPayload(url).has_value()) status.SetPayload(url, payload);
  });
  return status;
}

absl::Status WatchError(const absl::Status& read) {
  constexpr absl::string_view kFix =
      ": start a watch without a token, list again, and go on with that watch";
  const std::string reason = ReasonOf(read);
  if (reason == "TRIMMED") {
    return ErrorWithReason(absl::StatusCode::kOutOfRange, "RESUME_TOKEN_TRIMMED",
                           absl::StrCat("changes after the resume token are no longer kept", kFix));
  }
  if (reason == "HISTORY_CHANGED") {
    return ErrorWithReason(
        absl::StatusCode::kDataLoss, "HISTORY_CHANGED",
        absl::StrCat("the resume token is of a history that this server does not have", kFix));
  }
  return read;
}

absl::Status CheckWanted(const Call& call) {
  if (!call.stop().StopRequested()) return absl::OkStatus();
  return ErrorWithReason(absl::StatusCode::kCancelled, "CANCELLED",
                         "nobody waits for the answer any more: ask again");
}

}  // namespace troupe
