#ifndef TROUPE_SERVICES_MODEL_MODEL_WRITER_H_
#define TROUPE_SERVICES_MODEL_MODEL_WRITER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "google/protobuf/empty.pb.h"
#include "matcher/rank/model_history.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/resource_tools.h"
#include "troupe/v1/model_service.pb.h"

namespace troupe {

// A version that a client asked for, and as whose what.
struct NewVersion {
  OrganizationId owner;
  std::string model_id;
  ModelVersion version;  // Without number, time and request.
  std::string log_request_id;
  uint64_t body_hash = 0;
};

// What an earlier try of the request made; nullopt if there was none, or it is
// forgotten. ALREADY_EXISTS if that asked for something else. Blocks on disk.
absl::StatusOr<std::optional<v1::ScoringModel>> MadeBefore(const ViewSnapshot& now,
                                                           const NewVersion& wanted);

// Adds the version to its model, after those that others add meanwhile. A retry is
// answered with what was made then.
void AddVersion(const ResourceTools& tools, absl::Time deadline, NewVersion wanted,
                Done<v1::ScoringModel> done);

// Deletes the model that `request` names; it lives until `done` is called.
void DeleteModel(const ResourceTools& tools, std::shared_ptr<const Call> call,
                 const v1::DeleteScoringModelRequest& request,
                 Done<google::protobuf::Empty> done);

}  // namespace troupe

#endif  // TROUPE_SERVICES_MODEL_MODEL_WRITER_H_
