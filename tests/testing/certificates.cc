#include "tests/testing/certificates.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>

namespace troupe::testing {
namespace {

constexpr long kDay = 24L * 60 * 60;

void Require(bool done) {
  if (!done) std::abort();
}

void AddExtension(X509* certificate, int kind, const std::string& value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
  Require(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1);
  X509_EXTENSION_free(extension);
}

// Writes a file whole, as those should who renew certificates.
template <typename Write>
std::string WriteFile(const std::string& path, Write write) {
  const std::string part = path + ".part";
  std::FILE* file = std::fopen(part.c_str(), "w");
  Require(file != nullptr && write(file) == 1 && std::fclose(file) == 0);
  Require(std::rename(part.c_str(), path.c_str()) == 0);
  return path;
}

}  // namespace

CertificateAuthority::CertificateAuthority() : key_(EVP_EC_gen("P-256")) {
  certificate_ = Sign(key_.get(), nullptr, "");
}

CertificateAuthority::Certificate CertificateAuthority::Sign(EVP_PKEY* key, X509* issuer,
                                                             const std::string& names) {
  Certificate made(X509_new());
  X509_set_version(made.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), ++serial_);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -kDay);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), kDay);
  X509_set_pubkey(made.get(), key);
  const std::string name = issuer == nullptr ? "authority" : "holder";
  X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(made.get(), X509_get_subject_name(issuer == nullptr ? made.get() : issuer));
  AddExtension(made.get(), NID_basic_constraints, issuer == nullptr ? "CA:TRUE" : "CA:FALSE");
  if (!names.empty()) AddExtension(made.get(), NID_subject_alt_name, names);
  Require(X509_sign(made.get(), key_.get(), EVP_sha256()) > 0);
  return made;
}

TlsFiles CertificateAuthority::Issue(const std::string& names, const std::string& prefix) {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate = Sign(key.get(), certificate_.get(), names);
  return {
      .certificate = WriteFile(prefix + ".crt",
                               [&](std::FILE* f) { return PEM_write_X509(f, certificate.get()); }),
      .key = WriteFile(prefix + ".key",
                       [&](std::FILE* f) {
                         return PEM_write_PrivateKey(f, key.get(), nullptr, nullptr, 0, nullptr,
                                                     nullptr);
                       }),
      .authority = WriteFile(prefix + ".ca", [&](std::FILE* f) {
        return PEM_write_X509(f, certificate_.get());
      })};
}

}  // namespace troupe::testing
