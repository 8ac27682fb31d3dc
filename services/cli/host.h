#ifndef TROUPE_SERVICES_CLI_HOST_H_
#define TROUPE_SERVICES_CLI_HOST_H_

#include <grpcpp/channel.h>
#include <grpcpp/security/credentials.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "matcher/base/clock.h"
#include "services/cli/streams.h"

namespace troupe {

// What the client has of the world around it; a test gives it another one.
struct Host {
  Streams streams;
  const Clock& clock;
  // A channel to the server at an address, with what the caller shows it.
  std::function<std::shared_ptr<grpc::Channel>(
      const std::string& address, const std::shared_ptr<grpc::ChannelCredentials>& credentials)>
      open_channel;
  // Has a function called when the user wants the program to end, in place of
  // the one before; false if the user wants that already. See OnInterrupt.
  std::function<bool(std::function<void()> stop)> on_interrupt;
  // Waits before the server is tried again.
  std::function<void(absl::Duration)> pause;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_HOST_H_
