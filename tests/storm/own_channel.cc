#include "tests/storm/own_channel.h"

#include <grpcpp/create_channel.h>

#include <cstdlib>

#include "services/rpc/limits.h"

namespace troupe::testing {

std::shared_ptr<grpc::Channel> OwnChannel(const std::string& address) {
  // While all calls fail at once nobody waits for the connection that is made, and
  // gRPC looks at it only so often: every 5 s, unless told otherwise before it starts.
  setenv("GRPC_CLIENT_CHANNEL_BACKUP_POLL_INTERVAL_MS", "50", 0);
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 10);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 50);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

}  // namespace troupe::testing
