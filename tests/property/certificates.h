#ifndef TROUPE_TESTS_PROPERTY_CERTIFICATES_H_
#define TROUPE_TESTS_PROPERTY_CERTIFICATES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "matcher/placement/certificate.h"

namespace troupe::testing {

// What can be wrong in a certificate.
inline constexpr std::array<absl::string_view, 10> kCorruptions = {
    "somebody at another program",  "somebody placed left out", "two swapped",
    "a cut-off off by one",         "a seat less",              "a seat more",
    "a program's list turned round", "a graduate's list turned round",
    "a breach more or less",        "somebody at no row"};

// How many certificates to write, and what of.
struct CertificateOptions {
  std::filesystem::path folder;
  size_t rounds = 100;  // By each mechanism.
  uint64_t seed = 1;
  size_t graduates = 5;  // At most, and programs:
  size_t programs = 4;
};

// Writes certificates of random rounds. Returns how many.
size_t WriteCertificates(const CertificateOptions& options);

// Writes corrupted certificates, each of which breaks a promise. Returns which
// corruption each file is of; `rounds` counts what it tries, which may do no harm.
std::map<std::string, absl::string_view> WriteCorruptions(const CertificateOptions& options);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_PROPERTY_CERTIFICATES_H_
