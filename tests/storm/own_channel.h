#ifndef TROUPE_TESTS_STORM_OWN_CHANNEL_H_
#define TROUPE_TESTS_STORM_OWN_CHANNEL_H_

#include <memory>
#include <string>

#include "grpcpp/channel.h"

namespace troupe::testing {

// A channel with a socket of its own, which looks again soon after the server at
// `address` is gone.
std::shared_ptr<grpc::Channel> OwnChannel(const std::string& address);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_OWN_CHANNEL_H_
