#ifndef TROUPE_SERVICES_RPC_RESPONSE_SINK_H_
#define TROUPE_SERVICES_RPC_RESPONSE_SINK_H_

#include <functional>

#include "absl/status/status.h"

namespace troupe {

// Where a method with one request and a stream of responses puts these, one
// after another, each when the client has taken the one before. So a stream
// holds one response, however slow its client is. Thread-safe.
//
//   void SendNext(std::shared_ptr<Watch> watch) {
//     watch->sink->Write(watch->NextBatch(), [watch](const absl::Status& written) {
//       if (!written.ok()) return watch->sink->End(written);
//       SendNext(watch);
//     });
//   }
//
// A stream lives until End, also one whose client has gone: the method hears of
// that from Write, from OnStop, and from the StopToken of the Call. If the last
// reference to the sink is dropped without End, the stream ends with INTERNAL.
template <typename Response>
class ResponseSink {
 public:
  using Written = std::function<void(const absl::Status&)>;

  virtual ~ResponseSink() = default;

  // Sends `response`. `written` is called once, from any thread, perhaps before
  // Write returns: with OK when the response is on the wire and the next may be
  // written, else with what to End the stream with. CANCELLED: the client has
  // gone. RESOURCE_EXHAUSTED: reason SLOW_READER, the client did not read for
  // too long; reason RESPONSE_TOO_LARGE. UNAVAILABLE, reason SERVER_STOPPING.
  // INTERNAL: the response before is not on the wire yet.
  virtual void Write(Response response, Written written) = 0;

  // Ends the stream, after the response that is still being written. From then
  // on nothing of the method is called. OK: the client has had everything. Of a
  // stream that was over before, the client does not learn `status`.
  virtual void End(absl::Status status) = 0;

  // Has `stopped` called once, from any thread, when the stream is over without
  // the method's doing; now, if it is over already. Not called after End.
  virtual void OnStop(std::function<void()> stopped) = 0;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_RESPONSE_SINK_H_
