#include "services/feed/remote_log.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/feed/feed_records.h"
#include "services/log/log_errors.h"
#include "services/rpc/caller.h"
#include "services/rpc/status_details.h"
#include "troupe/feed/v1/feed_service.grpc.pb.h"

namespace troupe {
namespace {

// What an answer may take beyond what the server was asked to wait.
constexpr absl::Duration kPatience = absl::Seconds(5);

absl::Status Unreachable(LogName log, absl::string_view cause) {
  return ErrorWithReason(absl::StatusCode::kUnavailable, "LOG_UNREACHABLE",
                         absl::StrCat("the log of ", NameOf(log), " cannot be read: ", cause));
}

// Errors of the log itself stay what they are; all others are about the way.
absl::Status ErrorOf(LogName log, const grpc::Status& status) {
  const absl::Status error = FromGrpcStatus(status);
  const std::string reason = ReasonOf(error);
  const bool is_about_request = absl::IsInvalidArgument(error);
  if (is_about_request || reason == "TRIMMED" || reason == "HISTORY_CHANGED") return error;
  return Unreachable(log, error.message());
}

absl::Status Garbled(LogName log) { return Unreachable(log, "the answer makes no sense"); }

// The entities of one shard, a part at a time.
class RemoteBaseScan final : public BaseScan {
 public:
  // Whoever cancels `context` ends a wait for the other process.
  RemoteBaseScan(LogName log, ShardId shard, feed::v1::FeedService::Stub& stub,
                 std::shared_ptr<grpc::ClientContext> context)
      : log_(log),
        shard_(shard),
        context_(std::move(context)),
        stream_(stub.ScanBase(context_.get())) {}
  ~RemoteBaseScan() override {
    context_->TryCancel();
    stream_->Finish();  // How an abandoned scan ends tells nothing.
  }

  absl::Status ReadPart() {
    feed::v1::ScanBaseRequest request;
    request.set_log(std::string(NameOf(log_)));
    request.set_shard(shard_.value);
    part_.Clear();
    next_ = 0;
    if (!stream_->Write(request) || !stream_->Read(&part_)) {
      context_->TryCancel();
      return Unreachable(log_, "the scan broke off");
    }
    const std::optional<Cursor> cursor = FromFeed(part_.position());
    if (!cursor.has_value()) return Garbled(log_);
    position_ = cursor->after;
    return absl::OkStatus();
  }

  LogPos position() const override { return position_; }

  absl::StatusOr<std::optional<BaseEntity>> Next() override {
    while (next_ == part_.entities_size()) {
      if (part_.is_last()) return std::nullopt;
      TROUPE_RETURN_IF_ERROR(ReadPart());
    }
    std::optional<BaseEntity> entity = FromFeed(std::move(*part_.mutable_entities(next_++)));
    if (!entity.has_value()) return Garbled(log_);
    return entity;
  }

 private:
  const LogName log_;
  const ShardId shard_;
  const std::shared_ptr<grpc::ClientContext> context_;
  const std::unique_ptr<
      grpc::ClientReaderWriter<feed::v1::ScanBaseRequest, feed::v1::ScanBaseResponse>>
      stream_;
  feed::v1::ScanBaseResponse part_;
  int next_ = 0;  // In part_.
  LogPos position_;
};

class RemoteLog final : public LogReader {
 public:
  RemoteLog(LogName name, std::shared_ptr<grpc::Channel> channel, std::string service,
            const Clock* clock)
      : LogReader(name),
        clock_(clock),
        service_(std::move(service)),
        stub_(feed::v1::FeedService::NewStub(std::move(channel))) {}
  ~RemoteLog() override { Close(); }

  void Read(absl::Span<const Cursor> cursors, Limits limits, absl::Time wait_until,
            ReadDone done) override {
    const absl::Duration wait =
        std::clamp(wait_until - clock_->Now(), absl::ZeroDuration(), kMostFeedWait);
    feed::v1::ReadRecordsRequest request;
    request.set_log(std::string(NameOf(name())));
    for (const Cursor& cursor : cursors) *request.add_after() = ToFeed(cursor);
    request.set_max_records(limits.max_records);
    request.set_max_bytes(limits.max_bytes);
    request.set_wait_millis(absl::ToInt64Milliseconds(wait));
    Ask(&feed::v1::FeedService::Stub::async_interface::ReadRecords, std::move(request), wait,
        std::move(done), [this](feed::v1::ReadRecordsResponse& response) {
          return RecordsOf(response);
        });
  }

  void Heads(HeadsDone done) override {
    feed::v1::GetHeadsRequest request;
    request.set_log(std::string(NameOf(name())));
    Ask(&feed::v1::FeedService::Stub::async_interface::GetHeads, std::move(request),
        absl::ZeroDuration(), std::move(done), [this](feed::v1::GetHeadsResponse& response) {
          return HeadsOf(response);
        });
  }

  absl::StatusOr<std::unique_ptr<BaseScan>> OpenBase(ShardId shard) override {
    if (shard.value >= kShardCount) return NoSuchShardError(shard);
    const auto context = std::make_shared<grpc::ClientContext>();
    context->AddMetadata(kServiceMetadata, service_);
    {
      absl::MutexLock lock(&mutex_);
      if (closed_) return LogClosedError();
      std::erase_if(scans_, [](const auto& scan) { return scan.expired(); });
      scans_.push_back(context);
    }
    auto scan = std::make_unique<RemoteBaseScan>(name(), shard, *stub_, context);
    TROUPE_RETURN_IF_ERROR(scan->ReadPart());
    return scan;
  }

  void Close() override {
    std::set<std::shared_ptr<grpc::ClientContext>> calls;
    {
      absl::MutexLock lock(&mutex_);
      closed_ = true;
      calls = calls_;
      for (const auto& scan : scans_) {
        if (auto context = scan.lock()) calls.insert(std::move(context));
      }
    }
    // Cancelled, a call may end on this thread.
    for (const auto& call : calls) call->TryCancel();
    absl::MutexLock lock(&mutex_);
    const auto is_idle = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return calls_.empty(); };
    mutex_.Await(absl::Condition(&is_idle));
  }

 private:
  using Stub = feed::v1::FeedService::Stub::async_interface;

  // Sends `request` and gives `done` what `read` makes of the answer.
  template <typename Request, typename Response, typename Result, typename ReadAnswer>
  void Ask(void (Stub::*method)(grpc::ClientContext*, const Request*, Response*,
                                std::function<void(grpc::Status)>),
           Request request, absl::Duration wait,
           std::function<void(absl::StatusOr<Result>)> done, ReadAnswer read) {
    struct CallUnderWay {
      grpc::ClientContext context;
      Request request;
      Response response;
    };
    const auto call = std::make_shared<CallUnderWay>();
    const std::shared_ptr<grpc::ClientContext> context(call, &call->context);
    call->request = std::move(request);
    call->context.AddMetadata(kServiceMetadata, service_);
    // The transport's time, whatever clock the log goes by.
    call->context.set_deadline(std::chrono::system_clock::now() +
                               absl::ToChronoMicroseconds(wait + kPatience));
    {
      absl::MutexLock lock(&mutex_);
      if (!closed_) calls_.insert(context);
    }
    if (!IsUnderWay(context)) return done(LogClosedError());
    (stub_->async()->*method)(
        &call->context, &call->request, &call->response,
        [this, call, context, read, done = std::move(done)](grpc::Status status) {
          const bool was_closed = IsClosed();
          done(status.ok()   ? read(call->response)
               : was_closed ? absl::StatusOr<Result>(LogClosedError())
                            : absl::StatusOr<Result>(ErrorOf(name(), status)));
          absl::MutexLock lock(&mutex_);
          calls_.erase(context);
        });
  }

  bool IsUnderWay(const std::shared_ptr<grpc::ClientContext>& context) {
    absl::MutexLock lock(&mutex_);
    return calls_.count(context) > 0;
  }
  bool IsClosed() {
    absl::MutexLock lock(&mutex_);
    return closed_;
  }

  absl::StatusOr<std::vector<ReadRecord>> RecordsOf(feed::v1::ReadRecordsResponse& response) const {
    std::vector<ReadRecord> records;
    records.reserve(static_cast<size_t>(response.records_size()));
    for (feed::v1::Record& record : *response.mutable_records()) {
      std::optional<ReadRecord> read = FromFeed(std::move(record));
      if (!read.has_value()) return Garbled(name());
      records.push_back(*std::move(read));
    }
    return records;
  }

  absl::StatusOr<std::vector<Cursor>> HeadsOf(const feed::v1::GetHeadsResponse& response) const {
    std::vector<Cursor> heads;
    for (const feed::v1::Position& position : response.heads()) {
      const std::optional<Cursor> head = FromFeed(position);
      if (!head.has_value() || head->shard.value != heads.size()) return Garbled(name());
      heads.push_back(*head);
    }
    if (heads.size() != kShardCount) return Garbled(name());
    return heads;
  }

  const Clock* const clock_;
  const std::string service_;
  const std::unique_ptr<feed::v1::FeedService::Stub> stub_;
  absl::Mutex mutex_;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  std::set<std::shared_ptr<grpc::ClientContext>> calls_ ABSL_GUARDED_BY(mutex_);  // Unanswered.
  std::vector<std::weak_ptr<grpc::ClientContext>> scans_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

std::unique_ptr<LogReader> OpenRemoteLog(LogName name, std::shared_ptr<grpc::Channel> channel,
                                         std::string service, const Clock* clock) {
  return std::make_unique<RemoteLog>(name, std::move(channel), std::move(service), clock);
}

}  // namespace troupe
