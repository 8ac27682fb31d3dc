#include "services/rpc/server_stream.h"

#include <grpc/grpc.h>
#include <grpc/support/time.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/violation.h"

namespace troupe {
namespace {

absl::Status SlowReader(absl::Duration patience) {
  return ErrorWithReason(
      absl::StatusCode::kResourceExhausted, "SLOW_READER",
      absl::StrCat("SLOW_READER: the client read nothing for ", absl::FormatDuration(patience),
                   ": read faster, and go on from where you were with a new call"));
}

absl::Status ClientGone() { return absl::CancelledError("the client went away"); }

gpr_timespec In(absl::Duration wait) {
  return gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                      gpr_time_from_millis(absl::ToInt64Milliseconds(wait), GPR_TIMESPAN));
}

}  // namespace

// What the method holds. Ends the stream when it lets go.
class ServerStream::StreamSink final : public Sink {
 public:
  explicit StreamSink(std::shared_ptr<ServerStream> stream) : stream_(std::move(stream)) {}
  ~StreamSink() override {
    stream_->End(ErrorWithReason(absl::StatusCode::kInternal, "UNANSWERED",
                                 "the handler dropped the stream without an end"));
  }
  void Write(grpc::ByteBuffer response, Written written) override {
    stream_->Write(std::move(response), std::move(written));
  }
  void End(absl::Status status) override { stream_->End(std::move(status)); }
  void OnStop(std::function<void()> stopped) override { stream_->CallOnStop(std::move(stopped)); }

 private:
  const std::shared_ptr<ServerStream> stream_;
};

ServerStream* ServerStream::Start(std::shared_ptr<Call> call, absl::Duration patience,
                                  Conclude conclude, grpc::CallbackServerContext* context,
                                  OpenStreams* open) {
  const std::shared_ptr<ServerStream> stream(
      new ServerStream(std::move(call), patience, std::move(conclude), context, open));
  {
    absl::MutexLock lock(&stream->mutex_);
    stream->self_ = stream;
  }
  open->Add(stream);
  return stream.get();
}

ServerStream::ServerStream(std::shared_ptr<Call> call, absl::Duration patience, Conclude conclude,
                           grpc::CallbackServerContext* context, OpenStreams* open)
    : call_(std::move(call)),
      patience_(patience),
      conclude_(std::move(conclude)),
      context_(context),
      open_(open) {}

std::shared_ptr<ServerStream::Sink> ServerStream::sink() {
  absl::MutexLock lock(&mutex_);
  return std::make_shared<StreamSink>(self_);
}

void ServerStream::Write(grpc::ByteBuffer response, Sink::Written written) {
  absl::Status refused;
  {
    absl::MutexLock lock(&mutex_);
    if (end_.has_value()) return;
    if (over_.has_value()) {
      refused = *over_;
    } else if (writing_) {
      refused = absl::InternalError("a response was written before the last one was on the wire");
    } else {
      writing_ = true;
      ++writes_;
      written_ = std::move(written);
      response_.Swap(&response);
      StartWrite(&response_);
      if (alarm_ == nullptr) WatchTheWrite();
      return;
    }
  }
  written(refused);
}

void ServerStream::OnWriteDone(bool ok) {
  std::shared_ptr<ServerStream> alive;
  Sink::Written written;
  absl::Status how;
  {
    absl::MutexLock lock(&mutex_);
    alive = self_;
    writing_ = false;
    response_.Clear();
    if (!ok && !over_.has_value()) over_ = ClientGone();
    if (over_.has_value()) how = *over_;
    if (end_.has_value()) return Proceed();
    written = std::exchange(written_, nullptr);
    ++calling_;
  }
  written(how);
  written = nullptr;
  Called();
}

void ServerStream::End(absl::Status status) {
  Sink::Written written;  // Outlive the lock: they may hold the last of the method.
  std::function<void()> stopped;
  absl::MutexLock lock(&mutex_);
  if (end_.has_value()) return;
  end_ = std::move(status);
  written = std::exchange(written_, nullptr);
  stopped = std::exchange(stopped_, nullptr);
  Proceed();
}

void ServerStream::CallOnStop(std::function<void()> stopped) {
  {
    absl::MutexLock lock(&mutex_);
    if (end_.has_value()) return;
    if (!over_.has_value()) return stopped_.swap(stopped);
  }
  stopped();
}

void ServerStream::Stop(absl::Status why) { StopWith(std::move(why), /*cut_off=*/false); }

void ServerStream::OnCancel() { Stop(ClientGone()); }

void ServerStream::StopWith(absl::Status why, bool cut_off) {
  std::shared_ptr<ServerStream> alive;
  std::function<void()> stopped;
  {
    absl::MutexLock lock(&mutex_);
    if (finished_) return;
    if (cut_off) {
      grpc_call_cancel_with_status(context_->c_call(),
                                   static_cast<grpc_status_code>(why.code()),
                                   std::string(why.message()).c_str(), nullptr);
    }
    if (over_.has_value()) return;
    alive = self_;
    over_ = std::move(why);
    stopped = std::exchange(stopped_, nullptr);
    ++calling_;
  }
  call_->Cancel();
  if (stopped != nullptr) stopped();
  stopped = nullptr;
  Called();
}

void ServerStream::Called() {
  absl::MutexLock lock(&mutex_);
  --calling_;
  Proceed();
}

void ServerStream::OnDone() {
  open_->Remove(this);
  std::shared_ptr<ServerStream> last;  // May be: it ends after the lock.
  std::unique_ptr<grpc::Alarm> alarm;  // What it would call takes the lock.
  absl::MutexLock lock(&mutex_);
  alarm = std::move(alarm_);
  last = std::move(self_);
}

// A second alarm within `patience` would find nothing new: one for many writes
// costs nothing where responses follow each other fast.
void ServerStream::WatchTheWrite() {
  alarm_ = std::make_unique<grpc::Alarm>();
  alarm_->Set(In(patience_), [stream = self_, write = writes_](bool in_time) {
    if (in_time) stream->OnPatienceOver(write);
  });
}

void ServerStream::OnPatienceOver(uint64_t write) {
  {
    std::unique_ptr<grpc::Alarm> gone_off;
    absl::MutexLock lock(&mutex_);
    gone_off = std::move(alarm_);
    if (finished_ || !writing_) return;
    if (write != writes_) return WatchTheWrite();
  }
  StopWith(SlowReader(patience_), /*cut_off=*/true);
}

void ServerStream::Proceed() {
  if (finished_ || !end_.has_value() || writing_ || calling_ > 0) return;
  finished_ = true;
  Finish(conclude_(over_.has_value() ? *over_ : *end_));
}

}  // namespace troupe
