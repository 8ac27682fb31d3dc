#ifndef TROUPE_SERVICES_RPC_CALLER_H_
#define TROUPE_SERVICES_RPC_CALLER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/base/ids.h"

namespace troupe {

// The metadata by which a caller on this machine says who it is, and by which a
// service says for whom it calls.
inline constexpr char kOrganizationMetadata[] = "troupe-organization";
// The metadata by which a service on this machine says that it is one.
inline constexpr char kServiceMetadata[] = "troupe-service";

// What the URIs in a client certificate begin with that name its holder.
inline constexpr char kOrganizationUri[] = "troupe://organizations/";
inline constexpr char kServiceUri[] = "troupe://services/";

// Who calls.
struct Caller {
  OrganizationId organization;  // Empty: a service for its own sake.
  std::string service;          // "troupe-matching". Empty: no service of ours.
};

// What a call shows of who makes it.
struct CallerEvidence {
  absl::string_view peer;  // As gRPC writes it.
  // The URIs among the subject alternative names of the client's certificate;
  // nullopt: the call came without TLS.
  std::optional<std::vector<absl::string_view>> certificate_uris = std::nullopt;
  std::vector<absl::string_view> organizations = {};  // Values of kOrganizationMetadata.
  std::vector<absl::string_view> services = {};       // Values of kServiceMetadata.
};

// True for a peer (as gRPC writes it) on this machine: the loopback addresses,
// unix sockets, channels within the process.
bool IsLocalPeer(absl::string_view peer);

// Who calls, by the certificate, or on this machine without TLS by the word of
// the caller. A service may call for any organization; an organization only for
// itself. UNAUTHENTICATED, by reason:
//   PEER_NOT_TRUSTED     another machine without TLS: its word counts for nothing.
//   CERTIFICATE_UNKNOWN  the certificate does not name one organization or service.
//   NOT_CERTIFIED        the metadata names another than the certificate does.
//   CALLER_UNKNOWN       neither says who calls, or a name is none, or comes twice.
absl::StatusOr<Caller> IdentifyCaller(const CallerEvidence& evidence);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_CALLER_H_
