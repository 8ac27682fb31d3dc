#ifndef TROUPE_SERVICES_LOG_CHANGE_LOG_H_
#define TROUPE_SERVICES_LOG_CHANGE_LOG_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/log/base_scan.h"
#include "services/log/entity.h"
#include "services/log/log_name.h"
#include "services/log/log_pos.h"
#include "services/log/shard.h"

namespace troupe {

// The largest record: the values of a request and its request id together.
inline constexpr int64_t kMaxRecordBytes = 4 << 20;

// One record to append: all its mutations take place, or none.
struct AppendRequest {
  ShardId shard;           // ShardOf(id) of every entity in `mutations`.
  std::string request_id;  // Not empty; unique over all organizations.
  std::vector<Mutation> mutations;  // At least one; each entity once.
  // What the client asked, for telling a retry from another request under the
  // same id. Give it when the mutations hold what a retry computes anew, such
  // as times or versions. 0: the log hashes the mutations.
  uint64_t body_hash = 0;
};

// One record as read.
struct ReadRecord {
  ShardId shard;
  LogPos pos;
  absl::Time appended;  // By the log's clock.
  std::vector<EntityChange> changes;

  friend bool operator==(const ReadRecord&, const ReadRecord&) = default;
};

// How much one Read returns at most; both at least 1. A single record may
// exceed max_bytes, so that every Read makes progress.
struct Limits {
  int64_t max_records = 1000;
  int64_t max_bytes = 8 << 20;  // Of the records as stored.
};

// Has one answer for each request, in the order of the requests. One callback
// for all of them, because a service appends one request, an import a batch of
// which it waits for all: neither wants to count callbacks.
using AppendDone = std::function<void(std::vector<absl::StatusOr<LogPos>>)>;
using ReadDone = std::function<void(absl::StatusOr<std::vector<ReadRecord>>)>;

// Has a cursor for each shard, in order.
using HeadsDone = std::function<void(absl::StatusOr<std::vector<Cursor>>)>;

// What can be read of a log, here or in another process: kShardCount ordered
// histories of changes, with the current value of every entity.
//
// Thread-safe. Read and Heads never block. Callbacks run on a thread of the
// log, or before the call returns: so hold no lock that the callback takes,
// and keep it short, since others wait for it. A callback may call everything
// but OpenBase, Trim and Close. Every call is answered exactly once, those
// under way at destruction included.
//
// Errors carry a reason (ReasonOf); log_errors.h tells the rest.
class LogReader {
 public:
  explicit LogReader(LogName name) : name_(name) {}
  virtual ~LogReader() = default;

  LogName name() const { return name_; }

  // Reads what follows `cursors`, one or more of different shards: as soon as
  // there is any record, or nothing at `wait_until`. Shards share the limits
  // fairly; the records of one shard come in order and without gaps.
  //   OUT_OF_RANGE TRIMMED: a cursor is before what is kept; use OpenBase.
  //   DATA_LOSS HISTORY_CHANGED: the record at a cursor is not the one that
  //     the reader has; its view of that shard must be rebuilt.
  //   DATA_LOSS RECORD_UNREADABLE, LOG_CORRUPT: the store is damaged.
  //   UNAVAILABLE LOG_CLOSED, LOG_IO, LOG_UNREACHABLE: later perhaps.
  // The messages of the first three name the shard.
  virtual void Read(absl::Span<const Cursor> cursors, Limits limits, absl::Time wait_until,
                    ReadDone done) = 0;

  // The last acknowledged record of every shard. UNAVAILABLE as for Read.
  virtual void Heads(HeadsDone done) = 0;

  // The entities of `shard` as they stand. Blocks on disk or the network.
  virtual absl::StatusOr<std::unique_ptr<BaseScan>> OpenBase(ShardId shard) = 0;

  // Takes no more calls, answers those under way, and returns when all are
  // answered. Not from a callback. The destructor does it too.
  virtual void Close() = 0;

 private:
  const LogName name_;
};

// Where the truth lies, with its only door for writers, and the only interface
// that knows the storage. What LogReader says of threads and callbacks holds
// for Append too.
class ChangeLog : public LogReader {
 public:
  using LogReader::LogReader;

  // Appends each request on its own: one that fails does not fail the others.
  // They are weighed in order, each seeing the effects of those before it. OK
  // means that the record is on disk and gives its position; the position's
  // seq is the new version of the entities written.
  //   ABORTED STALE_VERSION: an entity had another version than expected (also
  //     when it must not exist and does); see StaleVersionOf. Nothing written.
  //   ALREADY_EXISTS REQUEST_ID_REUSED: the id was used for another body.
  //   DEADLINE_EXCEEDED: `deadline` passed before the request's turn came.
  //   RESOURCE_EXHAUSTED LOG_OVERLOADED: too much waits already.
  //   UNAVAILABLE LOG_CLOSED, LOG_WRITE_FAILED: the outcome is unknown; retry
  //     later with the same request id.
  //   INVALID_ARGUMENT: see AppendRequest and kMaxRecordBytes.
  //   DATA_LOSS: what the request depends on is unreadable.
  // A request id that was used for the same body gives the position it gave
  // then and writes nothing, as long as that record is not trimmed.
  virtual void Append(std::vector<AppendRequest> requests, absl::Time deadline,
                      AppendDone done) = 0;

  // The last acknowledged record of `shard`. Never blocks on disk.
  virtual absl::StatusOr<LogPos> Head(ShardId shard) = 0;
  void Heads(HeadsDone done) override;

  // Forgets the records of `shard` before `before_seq` and their request ids;
  // a cursor at the last one forgotten can still be read from. Past the head
  // means up to the head. Blocks on disk.
  virtual absl::Status Trim(ShardId shard, uint64_t before_seq) = 0;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_CHANGE_LOG_H_
