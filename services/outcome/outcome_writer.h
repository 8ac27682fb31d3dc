#ifndef TROUPE_SERVICES_OUTCOME_OUTCOME_WRITER_H_
#define TROUPE_SERVICES_OUTCOME_OUTCOME_WRITER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "google/protobuf/empty.pb.h"
#include "services/rpc/stored_outcomes.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/resource_tools.h"
#include "troupe/v1/outcome_service.pb.h"

namespace troupe {

// Adds what `request` says to what was recorded; it lives until `done` is called.
void RecordOutcome(const ResourceTools& tools, std::shared_ptr<const Call> call,
                   const v1::RecordOutcomeRequest& request,
                   Done<v1::RecordOutcomeResponse> done);

// Takes out what `request` says; it lives until `done` is called.
void DeleteOutcomes(const ResourceTools& tools, std::shared_ptr<const Call> call,
                    const v1::DeleteOutcomesRequest& request,
                    Done<google::protobuf::Empty> done);

// Whether the profile is there for `caller`.
bool Exists(const ViewSnapshot& now, const OrganizationId& caller, ProfileId profile);

// What writes `next` in the place of `stored`, and nothing if no outcome is left.
AppendRequest ReplaceOutcomes(const std::optional<StoredOutcomes>& stored,
                              const OutcomeHistory& next, std::string log_request_id,
                              uint64_t body_hash);

}  // namespace troupe

#endif  // TROUPE_SERVICES_OUTCOME_OUTCOME_WRITER_H_
