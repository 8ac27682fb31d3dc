#ifndef TROUPE_SERVICES_RPC_CHANNEL_SOURCE_H_
#define TROUPE_SERVICES_RPC_CHANNEL_SOURCE_H_

#include <grpcpp/channel.h>

#include <functional>
#include <memory>

namespace troupe {

// Where a service is; null while that is not known yet, as that of a process
// that does not serve yet. From any thread.
using ChannelSource = std::function<std::shared_ptr<grpc::Channel>()>;

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_CHANNEL_SOURCE_H_
