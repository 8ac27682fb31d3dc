#include "services/rpc/tls_files.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <fstream>
#include <iterator>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"

namespace troupe {
namespace {

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

absl::Status Unusable(absl::string_view file, absl::string_view problem) {
  ERR_clear_error();  // Else the next to ask OpenSSL would find our errors.
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "TLS_FILES",
                         absl::StrCat(file, " ", problem));
}

Owned<BIO> Open(const std::string& pem) {
  return Owned<BIO>(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

// A key with a passphrase has none of ours; to ask a terminal would block.
int NoPassphrase(char*, int, int, void*) { return -1; }

absl::StatusOr<std::string> Contents(const std::string& file) {
  if (file.empty()) return std::string();
  std::ifstream in(file, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), {});
  if (!in.is_open() || in.bad()) return Unusable(file, "cannot be read: check name and rights");
  return text;
}

absl::StatusOr<Owned<X509>> FirstCertificate(const std::string& file, const std::string& pem) {
  Owned<X509> certificate(PEM_read_bio_X509(Open(pem).get(), nullptr, nullptr, nullptr));
  if (certificate == nullptr) return Unusable(file, "holds no certificate in PEM");
  return certificate;
}

absl::Status CheckPair(const TlsFiles& files, const TlsKeys& keys) {
  TROUPE_ASSIGN_OR_RETURN(const Owned<X509> certificate,
                          FirstCertificate(files.certificate, keys.certificate));
  const Owned<EVP_PKEY> key(
      PEM_read_bio_PrivateKey(Open(keys.key).get(), nullptr, NoPassphrase, nullptr));
  if (key == nullptr) {
    return Unusable(files.key, "holds no private key in PEM that needs no passphrase");
  }
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    return Unusable(files.key, absl::StrCat("is not the key of ", files.certificate));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<TlsKeys> ReadTlsFiles(const TlsFiles& files) {
  if (files.certificate.empty() != files.key.empty()) {
    return Unusable(files.certificate.empty() ? files.key : files.certificate,
                    "is of no use alone: name the certificate and its key");
  }
  TlsKeys keys;
  TROUPE_ASSIGN_OR_RETURN(keys.certificate, Contents(files.certificate));
  TROUPE_ASSIGN_OR_RETURN(keys.key, Contents(files.key));
  TROUPE_ASSIGN_OR_RETURN(keys.authority, Contents(files.authority));
  if (!files.certificate.empty()) TROUPE_RETURN_IF_ERROR(CheckPair(files, keys));
  if (!files.authority.empty()) {
    TROUPE_RETURN_IF_ERROR(FirstCertificate(files.authority, keys.authority).status());
  }
  return keys;
}

}  // namespace troupe
