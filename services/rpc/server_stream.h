#ifndef TROUPE_SERVICES_RPC_SERVER_STREAM_H_
#define TROUPE_SERVICES_RPC_SERVER_STREAM_H_

#include <grpcpp/alarm.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/rpc/call.h"
#include "services/rpc/open_streams.h"
#include "services/rpc/response_sink.h"

namespace troupe {

// The gRPC side of one stream of responses. Owns itself until gRPC is done with
// it. Thread-safe.
//
// A client that leaves a response unread for `patience` (at most twice that) is
// cut off. A status in order would queue behind the response, so the call is
// cancelled with a status of its own, which passes the flow control: the client
// gets its code and message, but no details.
class ServerStream final : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
                           public OpenStream {
 public:
  using Sink = ResponseSink<grpc::ByteBuffer>;
  using Conclude = std::function<grpc::Status(const absl::Status&)>;

  // A stream that `sink()` fills. `conclude` turns its end into what gRPC
  // sends. `context` and `open` outlive it.
  static ServerStream* Start(std::shared_ptr<Call> call, absl::Duration patience,
                             Conclude conclude, grpc::CallbackServerContext* context,
                             OpenStreams* open);

  // The one sink; for the method. Once.
  std::shared_ptr<Sink> sink();

  // Makes the stream over with `why`, unless it is already.
  void Stop(absl::Status why) override;

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  class StreamSink;

  ServerStream(std::shared_ptr<Call> call, absl::Duration patience, Conclude conclude,
               grpc::CallbackServerContext* context, OpenStreams* open);
  void Write(grpc::ByteBuffer response, Sink::Written written);
  void End(absl::Status status);
  void CallOnStop(std::function<void()> stopped);
  void StopWith(absl::Status why, bool cut_off);
  void Called();  // A function of the method has returned.
  void WatchTheWrite() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void OnPatienceOver(uint64_t write);
  void Proceed() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::shared_ptr<Call> call_;
  const absl::Duration patience_;
  const Conclude conclude_;
  grpc::CallbackServerContext* const context_;
  OpenStreams* const open_;

  absl::Mutex mutex_;
  std::shared_ptr<ServerStream> self_ ABSL_GUARDED_BY(mutex_);  // Until gRPC is done.
  grpc::ByteBuffer response_;                                   // gRPC's while `writing_`.
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  uint64_t writes_ ABSL_GUARDED_BY(mutex_) = 0;  // Begun.
  Sink::Written written_ ABSL_GUARDED_BY(mutex_);
  std::function<void()> stopped_ ABSL_GUARDED_BY(mutex_);
  // Goes off `patience_` after a write began; null when none is set.
  std::unique_ptr<grpc::Alarm> alarm_ ABSL_GUARDED_BY(mutex_);
  int calling_ ABSL_GUARDED_BY(mutex_) = 0;  // Functions of the method that run.
  std::optional<absl::Status> over_ ABSL_GUARDED_BY(mutex_);  // Why no more can be sent.
  std::optional<absl::Status> end_ ABSL_GUARDED_BY(mutex_);   // The method's word.
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_SERVER_STREAM_H_
