#ifndef TROUPE_TESTS_TESTING_CERTIFICATES_H_
#define TROUPE_TESTS_TESTING_CERTIFICATES_H_

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

#include "services/rpc/tls_files.h"

namespace troupe::testing {

// Signs certificates of a day's validity, for tests. Thread-compatible.
//
//   CertificateAuthority authority;
//   const TlsFiles alpha = authority.Issue("URI:troupe://organizations/alpha", folder.Join("a"));
class CertificateAuthority {
 public:
  CertificateAuthority();

  // Writes a new key and a certificate with the alternative names `names`, in
  // OpenSSL's words, to `prefix`.crt and .key, and who signed it to `prefix`.ca.
  // Replaces what is there.
  TlsFiles Issue(const std::string& names, const std::string& prefix);

  // The same for a server on this machine.
  TlsFiles IssueServer(const std::string& prefix) {
    return Issue("DNS:localhost,IP:127.0.0.1,URI:troupe://services/server", prefix);
  }

 private:
  struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
  };
  using Key = std::unique_ptr<EVP_PKEY, Free>;
  using Certificate = std::unique_ptr<X509, Free>;

  // Signed by `issuer`, or by itself if that is null.
  Certificate Sign(EVP_PKEY* key, X509* issuer, const std::string& names);

  const Key key_;
  Certificate certificate_;
  long serial_ = 0;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_CERTIFICATES_H_
