#include "services/rpc/listen_address.h"

#include <arpa/inet.h>

#include <cstdint>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/violation.h"

namespace troupe {
namespace {

bool IsLoopbackHost(const std::string& host) {
  in_addr v4;
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return ntohl(v4.s_addr) >> 24 == 127;
  return host == "localhost" || host == "[::1]";
}

}  // namespace

absl::Status CheckListenAddress(absl::string_view address, bool tls) {
  if (absl::StartsWith(address, "unix:")) return absl::OkStatus();
  const size_t colon = address.rfind(':');
  uint32_t port = 0;
  if (colon == 0 || colon == absl::string_view::npos ||
      !absl::SimpleAtoi(address.substr(colon + 1), &port) || port > UINT16_MAX) {
    return ErrorWithReason(absl::StatusCode::kInvalidArgument, "INVALID_FIELD",
                           absl::StrCat("cannot listen on \"", address,
                                        "\": give HOST:PORT, as 127.0.0.1:7100"));
  }
  if (!tls && !IsLoopbackHost(std::string(address.substr(0, colon)))) {
    return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "TLS_REQUIRED",
                           absl::StrCat("will not listen on ", address,
                                        " without TLS, where other machines reach it: give "
                                        "--tls_cert, --tls_key and --tls_client_ca, or a "
                                        "loopback address, as 127.0.0.1:", port));
  }
  return absl::OkStatus();
}

}  // namespace troupe
