#include "services/rpc/caller.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"

namespace troupe {
namespace {

absl::Status Unauthenticated(absl::string_view reason, absl::string_view message) {
  return ErrorWithReason(absl::StatusCode::kUnauthenticated, reason, message);
}

absl::Status NoName(absl::string_view metadata, absl::string_view whose) {
  return Unauthenticated(
      "CALLER_UNKNOWN",
      absl::StrCat("the call does not say who makes it: send the metadata ", metadata,
                   " once, with ", whose, " (1 to 63 of a-z, 0-9 and '-', a letter first)"));
}

// The one name among the values of `metadata`; "" if it has none.
absl::StatusOr<std::string> OneName(const std::vector<absl::string_view>& values,
                                    absl::string_view metadata, absl::string_view whose) {
  if (values.empty()) return std::string();
  if (values.size() > 1 || !IsOrganizationSlug(values.front())) return NoName(metadata, whose);
  return std::string(values.front());
}

absl::StatusOr<Caller> NamedCaller(const CallerEvidence& evidence) {
  Caller caller;
  TROUPE_ASSIGN_OR_RETURN(
      caller.organization.slug,
      OneName(evidence.organizations, kOrganizationMetadata, "your organization's id"));
  TROUPE_ASSIGN_OR_RETURN(caller.service,
                          OneName(evidence.services, kServiceMetadata, "the service's name"));
  return caller;
}

absl::StatusOr<Caller> HolderOf(const std::vector<absl::string_view>& uris) {
  std::vector<Caller> holders;
  for (absl::string_view uri : uris) {
    if (absl::ConsumePrefix(&uri, kOrganizationUri)) {
      if (IsOrganizationSlug(uri)) holders.push_back({.organization = {std::string(uri)}});
    } else if (absl::ConsumePrefix(&uri, kServiceUri)) {
      if (IsOrganizationSlug(uri)) holders.push_back({.service = std::string(uri)});
    }
  }
  if (holders.size() == 1) return holders.front();
  return Unauthenticated(
      "CERTIFICATE_UNKNOWN",
      absl::StrCat("the client certificate must name its holder by one URI among its subject "
                   "alternative names, ",
                   kOrganizationUri, "<id> or ", kServiceUri, "<name>, and names ",
                   holders.size()));
}

absl::Status NotCertified(absl::string_view metadata, absl::string_view fix) {
  return Unauthenticated("NOT_CERTIFIED",
                         absl::StrCat("the metadata ", metadata,
                                      " names another than the client certificate: ", fix));
}

// The holder of a certificate, for whom it may speak.
absl::StatusOr<Caller> CertifiedCaller(const Caller& holder, const Caller& named) {
  if (!named.service.empty() && named.service != holder.service) {
    return NotCertified(kServiceMetadata, "leave it out, or call with the service's certificate");
  }
  if (!holder.service.empty()) {
    return Caller{.organization = named.organization, .service = holder.service};
  }
  if (!named.organization.slug.empty() && named.organization != holder.organization) {
    return NotCertified(kOrganizationMetadata,
                        "leave it out, or call with that organization's certificate");
  }
  return holder;
}

}  // namespace

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

absl::StatusOr<Caller> IdentifyCaller(const CallerEvidence& evidence) {
  if (!evidence.certificate_uris.has_value() && !IsLocalPeer(evidence.peer)) {
    return Unauthenticated("PEER_NOT_TRUSTED",
                           "callers are known by name on the server's own machine only: "
                           "connect over its loopback address, or with TLS");
  }
  TROUPE_ASSIGN_OR_RETURN(Caller caller, NamedCaller(evidence));
  if (evidence.certificate_uris.has_value()) {
    TROUPE_ASSIGN_OR_RETURN(const Caller holder, HolderOf(*evidence.certificate_uris));
    TROUPE_ASSIGN_OR_RETURN(caller, CertifiedCaller(holder, caller));
  }
  if (caller.organization.slug.empty() && caller.service.empty()) {
    return NoName(kOrganizationMetadata, "your organization's id");
  }
  return caller;
}

}  // namespace troupe
