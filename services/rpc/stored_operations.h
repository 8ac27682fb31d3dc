#ifndef TROUPE_SERVICES_RPC_STORED_OPERATIONS_H_
#define TROUPE_SERVICES_RPC_STORED_OPERATIONS_H_

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "services/log/entity.h"
#include "services/log/view.h"
#include "services/records/operation_record.h"

namespace troupe {

struct StoredOperations {
  Operations operations;
  uint64_t version = kNoVersion;  // Of the record.
};

// Those of the resource `id`; nullopt if there never was one. Blocks on disk.
absl::StatusOr<std::optional<StoredOperations>> FindOperations(const ViewSnapshot& now,
                                                               uint64_t id);

// What writes `next` in the place of `stored`; with the resource's record, in one request.
Mutation WriteOperations(const std::optional<StoredOperations>& stored, const Operations& next);

// What deletes them with their resource.
Mutation DeleteOperations(const StoredOperations& stored);

// FAILED_PRECONDITION, reason ROUND_BUSY or so, if one of them runs.
absl::Status CheckIdle(const std::optional<StoredOperations>& stored, absl::string_view noun);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_STORED_OPERATIONS_H_
