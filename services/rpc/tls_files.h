#ifndef TROUPE_SERVICES_RPC_TLS_FILES_H_
#define TROUPE_SERVICES_RPC_TLS_FILES_H_

#include <string>

#include "absl/status/statusor.h"

namespace troupe {

// Where a process finds what it shows of itself and whom it trusts, as PEM.
// All empty: no TLS.
struct TlsFiles {
  std::string certificate;  // Its own, then those that lead to the authority's.
  std::string key;          // Of its certificate; without a passphrase.
  std::string authority;    // Who signed the certificates of the other side.

  bool IsEmpty() const { return certificate.empty() && key.empty() && authority.empty(); }
};

// What the files hold.
struct TlsKeys {
  std::string certificate, key, authority;
};

// Reads the files that are named, and checks that they are usable together.
// FAILED_PRECONDITION, reason TLS_FILES: a certificate without its key or the
// reverse; a file that cannot be read, or holds no certificate or key; a key of
// another certificate. The message names the file.
absl::StatusOr<TlsKeys> ReadTlsFiles(const TlsFiles& files);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_TLS_FILES_H_
