#include "services/rpc/stored_operations.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/records/audience_record.h"
#include "services/rpc/resource_errors.h"

namespace troupe {

absl::StatusOr<std::optional<StoredOperations>> FindOperations(const ViewSnapshot& now,
                                                               uint64_t id) {
  TROUPE_ASSIGN_OR_RETURN(const std::optional<StoredRecord> stored,
                          now.Get({EntityKind::kOperation, id}));
  if (!stored.has_value()) return std::nullopt;
  TROUPE_ASSIGN_OR_RETURN(Operations operations, ParseOperations(stored->bytes));
  return StoredOperations{std::move(operations), stored->version};
}

Mutation WriteOperations(const std::optional<StoredOperations>& stored, const Operations& next) {
  Mutation mutation{.entity = {EntityKind::kOperation, next.head.id},
                    .value = SerializeOperations(next)};
  if (stored.has_value()) {
    mutation.expected_version = stored->version;
    mutation.audience_before = SerializeAudience(stored->operations.head.ownership);
  }
  return mutation;
}

Mutation DeleteOperations(const StoredOperations& stored) {
  return {.entity = {EntityKind::kOperation, stored.operations.head.id},
          .expected_version = stored.version,
          .value = std::nullopt,
          .audience_before = SerializeAudience(stored.operations.head.ownership)};
}

absl::Status CheckIdle(const std::optional<StoredOperations>& stored, absl::string_view noun) {
  const Operation* running =
      stored.has_value() ? stored->operations.Running() : nullptr;
  if (running == nullptr) return absl::OkStatus();
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, absl::StrCat(ReasonWord(noun), "_BUSY"),
      absl::StrCat("operation ", running->number, " of the ", Spoken(noun), " (", running->method,
                   ") runs: wait until it has ended, or cancel it"));
}

}  // namespace troupe
