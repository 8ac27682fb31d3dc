#ifndef TROUPE_SERVICES_RPC_RESOURCE_ERRORS_H_
#define TROUPE_SERVICES_RPC_RESOURCE_ERRORS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "matcher/base/violation.h"
#include "services/rpc/call.h"

// Every error that the standard methods of a resource answer with beside those
// of its fields, so that code, reason and wording live once. `noun` is what the
// resource is, and the field of requests that holds it: "profile", "training_plan".
namespace troupe {

// `noun` as reasons begin with it, "TRAINING_PLAN", and as texts have it: "training plan".
std::string ReasonWord(absl::string_view noun);
std::string Spoken(absl::string_view noun);

// The same whether it never was, was deleted, or does not exist for the caller.
// NOT_FOUND, reason PROFILE_NOT_FOUND.
absl::Status RecordNotFound(absl::string_view noun, absl::string_view name);

absl::Status NotOwner(absl::string_view noun);         // PERMISSION_DENIED
absl::Status StaleEtag(absl::string_view noun);        // ABORTED
absl::Status RequestIdReused();                        // ALREADY_EXISTS

// ALREADY_EXISTS, with the name of the record that has it; empty if it is not
// for the caller to know.
absl::Status ExternalIdTaken(absl::string_view name);

// OK if there are no `uses`, else FAILED_PRECONDITION that carries them all, as
// what is to be mended before the record can be deleted.
absl::Status StillInUse(absl::string_view reason, absl::string_view message,
                        const Violations& uses);
// What a reading of the log that failed is to whoever watches from a token:
// OUT_OF_RANGE, reason RESUME_TOKEN_TRIMMED, and DATA_LOSS, reason
// HISTORY_CHANGED, say to list again. Other errors stay as they are.
absl::Status WatchError(const absl::Status& read);

// CANCELLED once nobody waits for the answer any more.
absl::Status CheckWanted(const Call& call);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_RESOURCE_ERRORS_H_
