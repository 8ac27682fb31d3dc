#include "services/rpc/channel_credentials.h"

#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"

namespace troupe {
namespace {

constexpr unsigned kSecondsBetweenLooks = 10;

absl::StatusOr<TlsKeys> ReadClientFiles(const TlsFiles& files) {
  if (files.authority.empty()) {
    return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "TLS_FILES",
                           absl::StrCat(files.certificate,
                                        " is of no use alone: name with --tls_ca who signed the "
                                        "server's certificate"));
  }
  return ReadTlsFiles(files);
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> ChannelCredentials(
    const TlsFiles& files) {
  if (files.IsEmpty()) return grpc::InsecureChannelCredentials();
  TROUPE_ASSIGN_OR_RETURN(TlsKeys keys, ReadClientFiles(files));
  return grpc::SslCredentials({.pem_root_certs = std::move(keys.authority),
                               .pem_private_key = std::move(keys.key),
                               .pem_cert_chain = std::move(keys.certificate)});
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> ReloadingChannelCredentials(
    const TlsFiles& files) {
  if (files.IsEmpty()) return grpc::InsecureChannelCredentials();
  TROUPE_RETURN_IF_ERROR(ReadClientFiles(files).status());
  grpc::experimental::TlsChannelCredentialsOptions options;
  options.set_certificate_provider(
      std::make_shared<grpc::experimental::FileWatcherCertificateProvider>(
          files.key, files.certificate, files.authority, kSecondsBetweenLooks));
  options.watch_root_certs();
  if (!files.certificate.empty()) options.watch_identity_key_cert_pairs();
  return grpc::experimental::TlsCredentials(options);
}

}  // namespace troupe
