#ifndef TROUPE_SERVICES_RPC_CALLER_H_
#define TROUPE_SERVICES_RPC_CALLER_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/base/ids.h"

namespace troupe {

// The metadata by which a caller on this machine says who it is.
inline constexpr char kOrganizationMetadata[] = "troupe-organization";

// True for a peer (as gRPC writes it) on this machine: the loopback addresses,
// unix sockets, channels within the process.
bool IsLocalPeer(absl::string_view peer);

// The organization that calls, from the values that the call has for
// kOrganizationMetadata. UNAUTHENTICATED, reason PEER_NOT_TRUSTED: the peer is
// not on this machine, so its word counts for nothing. UNAUTHENTICATED, reason
// CALLER_UNKNOWN: no value, more than one, or none that names an organization.
absl::StatusOr<OrganizationId> IdentifyCaller(absl::string_view peer,
                                              const std::vector<absl::string_view>& named);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_CALLER_H_
