#ifndef TROUPE_SERVICES_RPC_STREAM_HANDLER_H_
#define TROUPE_SERVICES_RPC_STREAM_HANDLER_H_

#include <functional>
#include <memory>

#include "services/rpc/call.h"
#include "services/rpc/done.h"

namespace troupe {

// Answers the messages of one bidirectional stream, one answer for each, in
// their order. Made when the stream opens, destroyed when it has ended and
// every message was answered.
template <typename Request, typename Response>
class StreamHandler {
 public:
  virtual ~StreamHandler() = default;

  // Takes the next message, which lives as long as it is held. `next` takes its
  // answer, once, from any thread, also when the stream was cancelled (ask the
  // Call's StopToken); an error ends the stream with that error, after the answers
  // before it. Calls never overlap, and with StreamOptions::in_flight = 1 the one
  // before is answered and its answer is on the wire.
  virtual void OnMessage(std::shared_ptr<const Request> request, Done<Response> next) = 0;
};

// Makes the handler of a stream.
template <typename Request, typename Response>
using StreamHandlerFactory = std::function<std::unique_ptr<StreamHandler<Request, Response>>(
    std::shared_ptr<const Call>)>;

struct StreamOptions {
  // How many messages may be with the handler or wait to be written. More are
  // not read, which slows the client down. At least 1.
  int in_flight = 1;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_STREAM_HANDLER_H_
