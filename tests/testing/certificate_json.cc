#include "tests/testing/certificate_json.h"

#include <string>

#include "services/convert/certificate_text.h"

namespace troupe::testing {

nlohmann::ordered_json ToJson(const Certificate& certificate) {
  std::string text;
  WriteCertificate(certificate, [&](absl::string_view piece) { text.append(piece.data(), piece.size()); });
  return nlohmann::ordered_json::parse(text);
}

}  // namespace troupe::testing
