#include "services/rpc/caller.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "matcher/base/violation.h"

namespace troupe {

bool IsLocalPeer(absl::string_view peer) {
  // A socket always has an address; only a channel within the process has none.
  if (peer == "unknown" || absl::StartsWith(peer, "unix:")) return true;
  if (absl::ConsumePrefix(&peer, "ipv4:")) return absl::StartsWith(peer, "127.");
  if (!absl::ConsumePrefix(&peer, "ipv6:")) return false;
  // gRPC writes the brackets as such or percent-encoded, by version.
  if (!absl::ConsumePrefix(&peer, "[")) absl::ConsumePrefix(&peer, "%5B");
  return absl::StartsWith(peer, "::1]") || absl::StartsWith(peer, "::1%5D") ||
         absl::StartsWith(peer, "::ffff:127.");
}

absl::StatusOr<OrganizationId> IdentifyCaller(absl::string_view peer,
                                              const std::vector<absl::string_view>& named) {
  if (!IsLocalPeer(peer)) {
    return ErrorWithReason(absl::StatusCode::kUnauthenticated, "PEER_NOT_TRUSTED",
                           "callers are known by name on the server's own machine only: "
                           "connect over its loopback address");
  }
  if (named.size() == 1 && IsOrganizationSlug(named.front())) {
    return OrganizationId{std::string(named.front())};
  }
  return ErrorWithReason(
      absl::StatusCode::kUnauthenticated, "CALLER_UNKNOWN",
      absl::StrCat("the call does not say who makes it: send the metadata ",
                   kOrganizationMetadata,
                   " once, with your organization's id (1 to 63 of a-z, 0-9 and '-', "
                   "a letter first)"));
}

}  // namespace troupe
