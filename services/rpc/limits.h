#ifndef TROUPE_SERVICES_RPC_LIMITS_H_
#define TROUPE_SERVICES_RPC_LIMITS_H_

#include <cstddef>

#include "absl/time/time.h"

namespace troupe {

// What one client, or all of them, may ask of a server. Requests beyond them
// are answered with RESOURCE_EXHAUSTED.
inline constexpr int kMaxMessageBytes = 16 << 20;      // Either way.
inline constexpr int kMaxMetadataBytes = 16 << 10;     // Of one call.
inline constexpr size_t kMaxDecodedBytes = 128u << 20;  // Of one request in memory, about.
inline constexpr size_t kDecodedBytes = 1u << 30;      // Of all of them together.
inline constexpr int kMaxCalls = 1000;                 // At a time, of all connections.
inline constexpr int kMaxStreams = 500;                // Among them.
inline constexpr int kMaxCallsPerConnection = 250;     // Polite clients hold back the rest.
inline constexpr size_t kTransportBytes = 512u << 20;  // gRPC's buffers, all connections.

// How long a call without a deadline may take; streams may stay.
inline constexpr absl::Duration kDefaultDeadline = absl::Seconds(60);

// How long a client may leave a response of a stream unread.
inline constexpr absl::Duration kStreamPatience = absl::Seconds(30);

// A silent connection is asked for a sign of life after the first, and closed
// after the second. Clients may ask as often as the third.
inline constexpr absl::Duration kKeepaliveTime = absl::Minutes(5);
inline constexpr absl::Duration kKeepaliveTimeout = absl::Seconds(20);
inline constexpr absl::Duration kLeastPingInterval = absl::Seconds(20);

// A connection without calls is closed after the first; one with calls is told
// to make no more of them after the second, so that certificates are shown again
// and load spreads, and closed after the third from then.
inline constexpr absl::Duration kIdleConnection = absl::Minutes(15);
inline constexpr absl::Duration kConnectionAge = absl::Hours(2);
inline constexpr absl::Duration kConnectionGrace = absl::Minutes(10);

// What an error may hold, so that it fits into the 8 KiB of trailers that
// clients accept: on the wire the message's bytes may triple, and the details
// grow by a third.
inline constexpr size_t kMaxErrorMessageBytes = 700;
inline constexpr size_t kMaxErrorDetailsBytes = 4000;

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_LIMITS_H_
