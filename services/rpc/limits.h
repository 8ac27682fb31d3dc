#ifndef TROUPE_SERVICES_RPC_LIMITS_H_
#define TROUPE_SERVICES_RPC_LIMITS_H_

#include <cstddef>

#include "absl/time/time.h"

namespace troupe {

// What one client, or all of them, may ask of a server. Requests beyond them
// are answered with RESOURCE_EXHAUSTED.
inline constexpr int kMaxMessageBytes = 16 << 20;      // Either way.
inline constexpr int kMaxMetadataBytes = 16 << 10;     // Of one call.
inline constexpr int kMaxStreamsPerConnection = 1000;  // Calls at a time.
inline constexpr int kMaxCalls = 1000;                 // Of all connections, admitted.
inline constexpr size_t kTransportBytes = 512u << 20;  // gRPC's buffers, all connections.

// How long a call without a deadline may take; streams may stay.
inline constexpr absl::Duration kDefaultDeadline = absl::Seconds(60);

// How long a client may leave a response of a stream unread.
inline constexpr absl::Duration kStreamPatience = absl::Seconds(30);

// A silent connection is asked for a sign of life after the first, and closed
// after the second.
inline constexpr absl::Duration kKeepaliveTime = absl::Minutes(5);
inline constexpr absl::Duration kKeepaliveTimeout = absl::Seconds(20);

// What an error may hold, so that it fits into the 8 KiB of trailers that
// clients accept: on the wire the message's bytes may triple, and the details
// grow by a third.
inline constexpr size_t kMaxErrorMessageBytes = 700;
inline constexpr size_t kMaxErrorDetailsBytes = 4000;

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_LIMITS_H_
