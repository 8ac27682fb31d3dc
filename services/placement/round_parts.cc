#include "services/placement/round_parts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/log/shard.h"
#include "services/records/audience_record.h"
#include "services/records/placed_round_record.h"
#include "services/rpc/write_identity.h"

namespace troupe {

namespace {
constexpr size_t kPartBytes = 1 << 20;
}

EntityKey PartEntity(RoundId round, uint32_t run, uint32_t number) {
  const ShardId shard = ShardOf(round.value());
  for (uint32_t salt = 0;; ++salt) {
    const uint64_t id = StableHash({"round part", absl::StrCat(absl::Hex(round.value())),
                                    absl::StrCat(run), absl::StrCat(number), absl::StrCat(salt)});
    if (id != 0 && ShardOf(id) == shard) return {EntityKind::kRoundPart, id};
  }
}

absl::StatusOr<std::vector<AppendRequest>> PartRequests(const ViewSnapshot& now,
                                                        const Round& round, uint32_t run,
                                                        const std::string& bytes,
                                                        absl::Time time) {
  std::vector<AppendRequest> requests;
  const auto count = static_cast<uint32_t>((bytes.size() + kPartBytes - 1) / kPartBytes);
  for (uint32_t number = 0; number < count; ++number) {
    const EntityKey entity = PartEntity(round.id, run, number);
    TROUPE_ASSIGN_OR_RETURN(const std::optional<StoredRecord> left, now.Get(entity));
    RoundPart part{.head = {.id = entity.id,
                            .ownership = round.ownership,
                            .create_time = time,
                            .update_time = time},
                   .round = round.id,
                   .piece = bytes.substr(number * kPartBytes, kPartBytes)};
    Mutation mutation{.entity = entity, .value = SerializeRoundPart(part)};
    if (left.has_value()) {
      mutation.expected_version = left->version;
      mutation.audience_before = SerializeAudience(round.ownership);
    }
    requests.push_back(
        {.shard = ShardOf(entity.id),
         .request_id = LogRequestId(
             round.ownership.owner, "round part", absl::StrCat(run, "-", number),
             absl::StrCat(absl::Hex(round.id.value()), "-", absl::ToUnixMicros(time))),
         .mutations = {std::move(mutation)}});
  }
  return requests;
}

absl::Status AddPartDeletions(const ViewSnapshot& now, RoundId round, uint32_t run,
                              const Ownership& ownership, std::vector<Mutation>& mutations) {
  for (uint32_t number = 0;; ++number) {
    const EntityKey entity = PartEntity(round, run, number);
    TROUPE_ASSIGN_OR_RETURN(const std::optional<StoredRecord> stored, now.Get(entity));
    if (!stored.has_value()) return absl::OkStatus();
    mutations.push_back({.entity = entity,
                         .expected_version = stored->version,
                         .value = std::nullopt,
                         .audience_before = SerializeAudience(ownership)});
  }
}

absl::StatusOr<PlacedRound> ReadPlacedRound(const ViewSnapshot& now, const Round& round) {
  const bool was_run = round.result.has_value() && round.state != Round::State::kDraft;
  if (!was_run) {
    return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "ROUND_NOT_RUN",
                           "the round was not run since it was made or changed: run it first");
  }
  std::string bytes;
  for (uint32_t number = 0; number < round.result->parts; ++number) {
    TROUPE_ASSIGN_OR_RETURN(const std::optional<StoredRecord> stored,
                            now.Get(PartEntity(round.id, round.result->run, number)));
    TROUPE_ASSIGN_OR_RETURN(const RoundPart part,
                            ParseRoundPart(stored.has_value() ? stored->bytes : std::string()));
    bytes.append(part.piece);
  }
  return ParsePlacedRound(bytes);
}

}  // namespace troupe
