#ifndef TROUPE_SERVICES_RPC_BIDI_STREAM_H_
#define TROUPE_SERVICES_RPC_BIDI_STREAM_H_

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <deque>
#include <functional>
#include <memory>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "services/rpc/call.h"
#include "services/rpc/stream_handler.h"

namespace troupe {

// The gRPC side of one bidirectional stream: reads a message when there is room
// for its answer, hands it to the handler, writes the answers in order, and
// ends when the client has ended and all is answered, or at the first error.
// Owns itself until gRPC is done with it.
class BidiStream final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  using Handler = StreamHandler<grpc::ByteBuffer, grpc::ByteBuffer>;
  using Conclude = std::function<grpc::Status(const absl::Status&)>;

  // Starts to read. `conclude` turns the end of the stream into what gRPC sends.
  static BidiStream* Start(std::shared_ptr<Call> call, std::unique_ptr<Handler> handler,
                           StreamOptions options, Conclude conclude);

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  // An answer, once there is one.
  using Slot = std::optional<absl::StatusOr<grpc::ByteBuffer>>;

  BidiStream(std::shared_ptr<Call> call, std::unique_ptr<Handler> handler, StreamOptions options,
             Conclude conclude);
  void Answer(Slot& slot, absl::StatusOr<grpc::ByteBuffer> answer);
  void EndWith(absl::Status status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Starts whatever the state allows: a write, a read, the end.
  void Proceed() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool HasEnded() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::shared_ptr<Call> call_;
  const StreamOptions options_;
  const Conclude conclude_;
  std::unique_ptr<Handler> handler_;  // Called by one thread at a time, see `handing_`.

  absl::Mutex mutex_;
  // Until gRPC is done. Each entry holds it too, to outlive its own unlocking.
  std::shared_ptr<BidiStream> self_ ABSL_GUARDED_BY(mutex_);
  grpc::ByteBuffer read_;  // gRPC's while `reading_`.
  // One for each message handed over whose answer is not on the wire yet.
  std::deque<Slot> slots_ ABSL_GUARDED_BY(mutex_);
  int unanswered_ ABSL_GUARDED_BY(mutex_) = 0;
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;
  bool handing_ ABSL_GUARDED_BY(mutex_) = false;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  // Set: nothing more is read. OK: the rest is still answered; else dropped.
  std::optional<absl::Status> end_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_BIDI_STREAM_H_
