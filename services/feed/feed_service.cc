#include "services/feed/feed_service.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/feed/feed_records.h"

namespace troupe {
namespace {

// A part of a scan ends here, well within the largest message.
constexpr size_t kPartBytes = 1u << 20;
// A response too: a record may be as large as this beyond it.
constexpr int64_t kMostReadBytes = 8 << 20;
constexpr int64_t kMostReadRecords = 100'000;

absl::Status CheckLog(absl::string_view named, const ChangeLog& log) {
  if (named == NameOf(log.name())) return absl::OkStatus();
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "OTHER_LOG",
      absl::StrCat("this server owns the log of ", NameOf(log.name()), ": give the address of "
                   "the one that owns the log asked for"));
}

absl::StatusOr<std::vector<Cursor>> CursorsOf(const feed::v1::ReadRecordsRequest& request) {
  if (request.after().empty()) {
    return InvalidField("after", "is empty", "give a position for each shard to be read");
  }
  if (request.after_size() > kShardCount) {
    return InvalidField("after", absl::StrCat("has ", request.after_size(), " entries"),
                        absl::StrCat("give at most ", kShardCount, ", one for each shard"));
  }
  std::vector<Cursor> cursors;
  std::vector<bool> seen(kShardCount);
  for (const feed::v1::Position& position : request.after()) {
    const std::optional<Cursor> cursor = FromFeed(position);
    if (!cursor.has_value() || seen[cursor->shard.value]) {
      return InvalidField(absl::StrCat("after[", cursors.size(), "].shard"),
                          "is no shard, or one named before", "name each of 0 to 255 once at most");
    }
    seen[cursor->shard.value] = true;
    cursors.push_back(*cursor);
  }
  return cursors;
}

absl::StatusOr<Limits> LimitsOf(const feed::v1::ReadRecordsRequest& request) {
  if (request.max_records() < 1) {
    return InvalidField("max_records", "is below 1", "give at least 1");
  }
  if (request.max_bytes() < 1) return InvalidField("max_bytes", "is below 1", "give at least 1");
  return Limits{std::min(request.max_records(), kMostReadRecords),
                std::min(request.max_bytes(), kMostReadBytes)};
}

absl::StatusOr<absl::Duration> WaitOf(const feed::v1::ReadRecordsRequest& request) {
  const absl::Duration wait = absl::Milliseconds(request.wait_millis());
  if (wait < absl::ZeroDuration() || wait > kMostFeedWait) {
    return InvalidField("wait_millis", "is out of range",
                        absl::StrCat("give 0 to ", absl::ToInt64Milliseconds(kMostFeedWait)));
  }
  return wait;
}

// One scan of one shard, a part at a time.
class BaseStream final : public FeedService::ScanHandler {
 public:
  BaseStream(ChangeLog* log, Executor* executor) : log_(log), executor_(executor) {}

  void OnMessage(std::shared_ptr<const feed::v1::ScanBaseRequest> request,
                 Done<feed::v1::ScanBaseResponse> next) override {
    executor_->Run([this, request = std::move(request), next = std::move(next)] {
      next(NextPart(*request));
    });
  }

 private:
  absl::StatusOr<feed::v1::ScanBaseResponse> NextPart(const feed::v1::ScanBaseRequest& request) {
    if (scan_ == nullptr) {
      TROUPE_RETURN_IF_ERROR(CheckLog(request.log(), *log_));
      if (request.shard() >= kShardCount) {
        return InvalidField("shard", "does not exist", "give 0 to 255");
      }
      TROUPE_ASSIGN_OR_RETURN(scan_, log_->OpenBase({static_cast<uint16_t>(request.shard())}));
    }
    feed::v1::ScanBaseResponse part;
    *part.mutable_position() = ToFeed(Cursor{{}, scan_->position()});
    for (size_t bytes = 0; bytes < kPartBytes;) {
      TROUPE_ASSIGN_OR_RETURN(std::optional<BaseEntity> entity, scan_->Next());
      if (!entity.has_value()) {
        part.set_is_last(true);
        break;
      }
      bytes += entity->value.size();
      *part.add_entities() = ToFeed(*std::move(entity));
    }
    return part;
  }

  ChangeLog* const log_;
  Executor* const executor_;
  std::unique_ptr<BaseScan> scan_;  // Null before the first message.
};

}  // namespace

void FeedService::ReadRecords(std::shared_ptr<const Call> /*call*/,
                              const feed::v1::ReadRecordsRequest& request,
                              Done<feed::v1::ReadRecordsResponse> done) {
  if (absl::Status checked = CheckLog(request.log(), *log_); !checked.ok()) return done(checked);
  const auto cursors = CursorsOf(request);
  if (!cursors.ok()) return done(cursors.status());
  const auto limits = LimitsOf(request);
  if (!limits.ok()) return done(limits.status());
  const auto wait = WaitOf(request);
  if (!wait.ok()) return done(wait.status());
  log_->Read(*cursors, *limits, clock_->Now() + *wait,
             [done = std::move(done)](absl::StatusOr<std::vector<ReadRecord>> records) {
               if (!records.ok()) return done(records.status());
               feed::v1::ReadRecordsResponse response;
               for (const ReadRecord& record : *records) *response.add_records() = ToFeed(record);
               done(std::move(response));
             });
}

void FeedService::GetHeads(std::shared_ptr<const Call> /*call*/,
                           const feed::v1::GetHeadsRequest& request,
                           Done<feed::v1::GetHeadsResponse> done) {
  if (absl::Status checked = CheckLog(request.log(), *log_); !checked.ok()) return done(checked);
  log_->Heads([done = std::move(done)](absl::StatusOr<std::vector<Cursor>> heads) {
    if (!heads.ok()) return done(heads.status());
    feed::v1::GetHeadsResponse response;
    for (const Cursor& head : *heads) *response.add_heads() = ToFeed(head);
    done(std::move(response));
  });
}

std::unique_ptr<FeedService::ScanHandler> FeedService::ScanBase(
    std::shared_ptr<const Call> /*call*/) {
  return std::make_unique<BaseStream>(log_, executor_);
}

}  // namespace troupe
