#include "services/rpc/tls_server_keys.h"

#include <grpc/grpc.h>
#include <grpc/grpc_security.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <utility>

#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"

namespace troupe {
namespace {

// What gRPC calls for each new connection, on the thread that accepted it.
grpc_ssl_certificate_config_reload_status Fetch(void* keys,
                                                grpc_ssl_server_certificate_config** config) {
  const std::optional<TlsKeys> changed = static_cast<TlsServerKeys*>(keys)->Changed();
  if (!changed.has_value()) return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
  const grpc_ssl_pem_key_cert_pair pair = {changed->key.c_str(), changed->certificate.c_str()};
  *config = grpc_ssl_server_certificate_config_create(changed->authority.c_str(), &pair, 1);
  return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
}

// gRPC's C++ credentials read their keys once, and those of its file watcher
// lose the old keys before they have tried the new ones; this is its C core,
// which keeps the old ones.
class FetchingCredentials final : public grpc::ServerCredentials {
 public:
  explicit FetchingCredentials(TlsServerKeys* keys)
      : credentials_(grpc_ssl_server_credentials_create_with_options(
            grpc_ssl_server_credentials_create_options_using_config_fetcher(
                GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY, Fetch, keys))) {}
  ~FetchingCredentials() override { grpc_server_credentials_release(credentials_); }

  void SetAuthMetadataProcessor(const std::shared_ptr<grpc::AuthMetadataProcessor>&) override {}

 private:
  int AddPortToServer(const std::string& address, grpc_server* server) override {
    return grpc_server_add_http2_port(server, address.c_str(), credentials_);
  }

  grpc_server_credentials* const credentials_;
};

}  // namespace

absl::Status TlsServerKeys::CheckNamed(const TlsFiles& files) {
  if (!files.certificate.empty() && !files.key.empty() && !files.authority.empty()) {
    return absl::OkStatus();
  }
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "TLS_FILES",
      "TLS needs --tls_cert, --tls_key and --tls_client_ca, by which callers are known");
}

absl::StatusOr<std::unique_ptr<TlsServerKeys>> TlsServerKeys::Open(TlsFiles files) {
  TROUPE_RETURN_IF_ERROR(CheckNamed(files));
  const Stamps stamps = StampsOf(files);
  TROUPE_ASSIGN_OR_RETURN(TlsKeys keys, ReadTlsFiles(files));
  return std::unique_ptr<TlsServerKeys>(
      new TlsServerKeys(std::move(files), stamps, std::move(keys)));
}

TlsServerKeys::TlsServerKeys(TlsFiles files, Stamps stamps, TlsKeys keys)
    : files_(std::move(files)), stamps_(stamps), first_(std::move(keys)) {}

std::shared_ptr<grpc::ServerCredentials> TlsServerKeys::Credentials() {
  return std::make_shared<FetchingCredentials>(this);
}

std::optional<TlsKeys> TlsServerKeys::Changed() {
  absl::MutexLock lock(&mutex_);
  if (first_.has_value()) return std::exchange(first_, std::nullopt);
  const Stamps stamps = StampsOf(files_);
  if (stamps == stamps_) return std::nullopt;
  stamps_ = stamps;  // Also of unusable files, which are then not read for each connection.
  absl::StatusOr<TlsKeys> keys = ReadTlsFiles(files_);
  if (!keys.ok()) {
    spdlog::error("TLS goes on with the keys before: {}",
                  std::string(keys.status().message()));
    return std::nullopt;
  }
  spdlog::info("TLS has new keys from {}", files_.certificate);
  return *std::move(keys);
}

TlsServerKeys::Stamp TlsServerKeys::StampOf(const std::string& file) {
  struct stat found;
  if (stat(file.c_str(), &found) != 0) return {};
  return {.modified_ns = int64_t{found.st_mtim.tv_sec} * 1'000'000'000 + found.st_mtim.tv_nsec,
          .size = found.st_size,
          .inode = found.st_ino};
}

TlsServerKeys::Stamps TlsServerKeys::StampsOf(const TlsFiles& files) {
  return {StampOf(files.certificate), StampOf(files.key), StampOf(files.authority)};
}

}  // namespace troupe
