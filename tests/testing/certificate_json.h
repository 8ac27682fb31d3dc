#ifndef TROUPE_TESTS_TESTING_CERTIFICATE_JSON_H_
#define TROUPE_TESTS_TESTING_CERTIFICATE_JSON_H_

#include "matcher/placement/certificate.h"
#include "nlohmann/json.hpp"

namespace troupe::testing {

// The file of the certificate, read.
nlohmann::ordered_json ToJson(const Certificate& certificate);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_CERTIFICATE_JSON_H_
