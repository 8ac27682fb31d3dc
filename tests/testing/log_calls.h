#ifndef TROUPE_TESTS_TESTING_LOG_CALLS_H_
#define TROUPE_TESTS_TESTING_LOG_CALLS_H_

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/log/change_log.h"

namespace troupe {

// How Google Test prints the values of a log.
void PrintTo(const LogPos& pos, std::ostream* out);
void PrintTo(const EntityKey& key, std::ostream* out);
void PrintTo(const ReadRecord& record, std::ostream* out);
void PrintTo(const BaseEntity& entity, std::ostream* out);

}  // namespace troupe

// Calls of a ChangeLog that wait for their answer, and requests in few words.
namespace troupe::testing {

// The profile that is number `n` of those on `shard`, counted from 0.
EntityKey ProfileOn(ShardId shard, int n = 0);

Mutation Put(EntityKey entity, uint64_t expected_version, std::string value);
Mutation Delete(EntityKey entity, uint64_t expected_version);

// To the shard of the first mutation.
AppendRequest Request(std::string request_id, std::vector<Mutation> mutations);

// Appends and waits for the answers.
std::vector<absl::StatusOr<LogPos>> AppendAll(ChangeLog& log, std::vector<AppendRequest> requests,
                                              absl::Time deadline = absl::InfiniteFuture());
absl::StatusOr<LogPos> AppendOne(ChangeLog& log, AppendRequest request);

// Reads what there is, without waiting for more.
absl::StatusOr<std::vector<ReadRecord>> ReadNow(ChangeLog& log, std::vector<Cursor> cursors,
                                                Limits limits = {});

// All entities of `shard`, as a BaseScan gives them.
absl::StatusOr<std::vector<BaseEntity>> BaseOf(ChangeLog& log, ShardId shard);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_LOG_CALLS_H_
