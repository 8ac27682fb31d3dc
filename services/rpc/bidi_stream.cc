#include "services/rpc/bidi_stream.h"

#include <utility>

namespace troupe {

BidiStream* BidiStream::Start(std::shared_ptr<Call> call, std::unique_ptr<Handler> handler,
                              StreamOptions options, Conclude conclude) {
  const std::shared_ptr<BidiStream> stream(
      new BidiStream(std::move(call), std::move(handler), options, std::move(conclude)));
  absl::MutexLock lock(&stream->mutex_);
  stream->self_ = stream;
  stream->Proceed();
  return stream.get();
}

BidiStream::BidiStream(std::shared_ptr<Call> call, std::unique_ptr<Handler> handler,
                       StreamOptions options, Conclude conclude)
    : call_(std::move(call)),
      options_(options),
      conclude_(std::move(conclude)),
      handler_(std::move(handler)) {}

void BidiStream::OnReadDone(bool ok) {
  std::shared_ptr<BidiStream> alive;
  const auto message = std::make_shared<grpc::ByteBuffer>();
  Slot* slot = nullptr;
  {
    absl::MutexLock lock(&mutex_);
    alive = self_;
    reading_ = false;
    if (!ok) EndWith(absl::OkStatus());
    if (end_.has_value()) return Proceed();
    message->Swap(&read_);
    slot = &slots_.emplace_back();
    ++unanswered_;
    handing_ = true;
  }
  handler_->OnMessage(
      message,
      ExactlyOnce<grpc::ByteBuffer>([alive, slot](absl::StatusOr<grpc::ByteBuffer> answer) {
        alive->Answer(*slot, std::move(answer));
      }));
  absl::MutexLock lock(&mutex_);
  handing_ = false;
  Proceed();
}

void BidiStream::Answer(Slot& slot, absl::StatusOr<grpc::ByteBuffer> answer) {
  absl::MutexLock lock(&mutex_);
  slot = std::move(answer);
  --unanswered_;
  Proceed();
}

void BidiStream::OnWriteDone(bool ok) {
  std::shared_ptr<BidiStream> alive;
  absl::MutexLock lock(&mutex_);
  alive = self_;
  writing_ = false;
  slots_.pop_front();
  if (!ok) EndWith(absl::CancelledError("the client went away"));
  Proceed();
}

void BidiStream::OnCancel() {
  call_->Cancel();
  std::shared_ptr<BidiStream> alive;
  absl::MutexLock lock(&mutex_);
  alive = self_;
  EndWith(absl::CancelledError("the client went away"));
  Proceed();
}

void BidiStream::OnDone() {
  handler_.reset();
  std::shared_ptr<BidiStream> last;  // May be: it ends after the lock.
  absl::MutexLock lock(&mutex_);
  last = std::move(self_);
}

void BidiStream::EndWith(absl::Status status) {
  if (!end_.has_value() || end_->ok()) end_ = std::move(status);
}

bool BidiStream::HasEnded() const {
  // Also a failed stream waits for its handler, so that after the server's
  // shutdown nothing works for it any more.
  return end_.has_value() && !writing_ && !handing_ && unanswered_ == 0 &&
         (slots_.empty() || !end_->ok());
}

void BidiStream::Proceed() {
  if (finished_) return;
  const bool dropped = end_.has_value() && !end_->ok();
  if (!dropped && !writing_ && !slots_.empty() && slots_.front().has_value()) {
    absl::StatusOr<grpc::ByteBuffer>& answer = **&slots_.front();
    if (answer.ok()) {
      writing_ = true;
      StartWrite(&*answer);
    } else {
      EndWith(answer.status());
    }
  }
  if (HasEnded()) {
    finished_ = true;
    Finish(conclude_(*end_));
    return;
  }
  if (!end_.has_value() && !reading_ && !handing_ &&
      slots_.size() < static_cast<size_t>(options_.in_flight)) {
    reading_ = true;
    StartRead(&read_);
  }
}

}  // namespace troupe
