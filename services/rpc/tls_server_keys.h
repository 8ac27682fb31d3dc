#ifndef TROUPE_SERVICES_RPC_TLS_SERVER_KEYS_H_
#define TROUPE_SERVICES_RPC_TLS_SERVER_KEYS_H_

#include <grpcpp/security/server_credentials.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "services/rpc/tls_files.h"

namespace troupe {

// The keys of a server, read again when their files change: each new connection
// looks at the files' times. Files that are unusable are named in the log, and
// the keys before them stay in force. Thread-safe.
class TlsServerKeys {
 public:
  // FAILED_PRECONDITION, reason TLS_FILES, if not all three are named: a server must
  // know who calls it.
  static absl::Status CheckNamed(const TlsFiles& files);

  // Errors as CheckNamed's and ReadTlsFiles's.
  static absl::StatusOr<std::unique_ptr<TlsServerKeys>> Open(TlsFiles files);

  // For a listening port, where every client must show a certificate that the
  // authority signed. This outlives the server.
  std::shared_ptr<grpc::ServerCredentials> Credentials();

  // The keys, if they are other than at the call before, or this is the first.
  std::optional<TlsKeys> Changed();

 private:
  // What a file looks like from outside; another stamp, another content.
  struct Stamp {
    int64_t modified_ns = 0;
    int64_t size = -1;
    uint64_t inode = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  using Stamps = std::array<Stamp, 3>;

  TlsServerKeys(TlsFiles files, Stamps stamps, TlsKeys keys);
  static Stamp StampOf(const std::string& file);
  static Stamps StampsOf(const TlsFiles& files);

  const TlsFiles files_;
  absl::Mutex mutex_;
  Stamps stamps_ ABSL_GUARDED_BY(mutex_);
  std::optional<TlsKeys> first_ ABSL_GUARDED_BY(mutex_);  // Until they are taken.
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_TLS_SERVER_KEYS_H_
